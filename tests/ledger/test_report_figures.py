"""The figures of Rb-27S and Rb-28S against plain SQL over the entries, for years made up by seed."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from starostwo.ledger import testing as ledger
from starostwo.ledger.models import FiscalYear, Settlement
from starostwo.ledger.queries.reports import filled, form_for
from starostwo.ledger.queries.reports_entries import entries_of
from starostwo.ledger.rules.vouchers import Entry, purity

pytestmark = pytest.mark.django_db

SPENT = ("750.75020.4300", "750.75020.4210", "600.60014.6050")
EARNED = ("756.75618.0420", "700.70005.0750")


@pytest.fixture
def year() -> FiscalYear:
    found = ledger.make_year()
    for typed in SPENT:
        ledger.plan(found, typed, amount=10_000_00)
    for typed in EARNED:
        ledger.change_limit(found, ledger.income(typed), plan_by=5_000_00)
    return found


def settlement(year: FiscalYear, side: str, who: str, nip: str, due_on: date) -> Settlement:
    return Settlement.objects.create(
        book=year.book, counterparty=ledger.supplier(who, nip), side=side, document_number=f"{side} {due_on}",
        issued_on=due_on - timedelta(days=14), due_on=due_on,
    )  # fmt: skip


def _bought(year: FiscalYear, chance: random.Random, month: int, at: date) -> None:
    place = ledger.spending(chance.choice(SPENT)).pk
    owed = settlement(year, "PAYABLE", *chance.choice([("Bzura", "5260250274"), ("Ner", "1132191233")]),
                      at + timedelta(days=chance.randint(-400, 60)))  # fmt: skip
    said = {"classification": place, "counterparty": owed.counterparty_id, "settlement": owed.pk}
    amount = chance.randint(1, 400_00)
    cost = Entry(ledger.account(year, "402"), debit=amount)
    ledger.posted(year, ledger.voucher([cost, Entry(ledger.account(year, "201"), credit=amount, **said)],
                                       month=month, operation_on=at))  # fmt: skip
    committed = [Entry(ledger.account(year, "998"), credit=amount, classification=place)]
    ledger.posted(year, ledger.voucher(committed, month=month, operation_on=at))
    paid = chance.choice([0, amount, amount // 2])
    if paid:
        _paid(year, paid, said, chance.randint(month, 12), returned=chance.choice([0, paid // 3]))


def _paid(year: FiscalYear, paid: int, said: dict[str, int], month: int, *, returned: int) -> None:
    place = said["classification"]
    bank, debts = ledger.account(year, "130-2"), ledger.account(year, "201")
    at = date(2026, month, 28)
    pay = [Entry(debts, debit=paid, **said), Entry(bank, credit=paid, classification=place)]
    ledger.posted(year, ledger.voucher(pay, month=month, operation_on=at))
    if returned:
        back = [Entry(bank, debit=returned, classification=place), Entry(debts, credit=returned, **said)]
        pure = purity(bank, debit=returned, classification=place)
        ledger.posted(year, ledger.voucher([*back, *pure], month=month, operation_on=at))


def _assessed(year: FiscalYear, chance: random.Random, month: int, at: date) -> None:
    place = ledger.income(chance.choice(EARNED)).pk
    claim = settlement(year, "RECEIVABLE", *chance.choice([("Nowak", "7740001454"), ("Wrona", "5213017228")]),
                       at + timedelta(days=chance.randint(-30, 60)))  # fmt: skip
    said = {"classification": place, "counterparty": claim.counterparty_id, "settlement": claim.pk}
    amount = chance.randint(1, 300_00)
    claims, bank = ledger.account(year, "221"), ledger.account(year, "130-1")
    income = Entry(ledger.account(year, "720"), credit=amount, classification=place)
    ledger.posted(
        year, ledger.voucher([Entry(claims, debit=amount, **said), income], month=month, operation_on=at)
    )
    received = chance.choice([0, amount, amount + 5_00, amount // 2])
    if received:
        later = chance.randint(month, 12)
        got = [Entry(bank, debit=received, classification=place), Entry(claims, credit=received, **said)]
        ledger.posted(year, ledger.voucher(got, month=later, operation_on=date(2026, later, 28)))


PLAIN = """
SELECT {shown}, sum({amount}) FROM ledger_line l JOIN ledger_voucher v ON v.id = l.voucher_id
JOIN ledger_account a ON a.id = l.account_id JOIN ledger_classification c ON c.id = l.classification_id
LEFT JOIN ledger_settlement s ON s.id = l.settlement_id
WHERE v.fiscal_year_id = %s AND v.month <= %s AND {where} GROUP BY {keys}
"""
PLACE = "c.division || '.' || c.chapter || '.' || c.paragraph"


def plain(year: FiscalYear, month: int, amount: str, where: str, by: str = "") -> dict[str, int]:
    """Sums of entries by position; with `by` only positive remainders of each are added up."""
    keys = f"{PLACE}, {by}" if by else PLACE
    sql = PLAIN.format(shown=PLACE, amount=amount, where=where, keys=keys)
    found: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, [year.pk, month])
        for place, value in cursor.fetchall():
            found[place] = found.get(place, 0) + (max(int(value), 0) if by else int(value))
    return {place: value for place, value in found.items() if value}


def shown(year: FiscalYear, month: int, slug: str) -> dict[str, dict[str, int]]:
    form = form_for(slug, 2026, month)
    rows = filled(form, year, month)
    return {c.key: {r.key: r.cells[c.key] for r in rows if c.key in r.cells} for c in form.columns}


@pytest.mark.law("u.o.r. art. 24 ust. 2")
@pytest.mark.parametrize("seed", [7, 23])
def test_reports_agree_with_plain_sql_over_entries(year: FiscalYear, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(12):
        month = chance.randint(1, 11)
        at = date(2026, month, chance.randint(1, 28))
        chance.choice([_bought, _assessed])(year, chance, month, at)

    for month, day in ((6, "2026-06-30"), (11, "2026-11-30")):
        late = f"s.due_on < '{day}'"
        spent, earned = shown(year, month, "rb-28s"), shown(year, month, "rb-27s")

        assert spent["WW"] == plain(year, month, "l.credit", "a.number = '130-2'")
        assert spent["ZA"] == plain(year, month, "l.credit", "a.number = '998'")
        owed = plain(year, month, "l.credit - l.debit", "a.number = '201'", "a.id, l.counterparty_id")
        assert spent["zobowiazania"] == owed
        debts = f"a.number = '201' AND {late} AND s.due_on"
        old = plain(year, month, "l.credit - l.debit", f"{debts} < '2026-01-01'", "s.id")
        new = plain(year, month, "l.credit - l.debit", f"{debts} >= '2026-01-01'", "s.id")
        assert (spent["wymagalne_lata_ubiegle"], spent["wymagalne_rok_biezacy"]) == (old, new)
        assert spent["PL"] == dict.fromkeys(SPENT, 10_000_00)

        assert earned["DW"] == plain(year, month, "l.debit", "a.number = '130-1'")
        assert earned["NO"] == plain(year, month, "l.debit - l.credit", "a.number = '221'",
                                     "l.counterparty_id")  # fmt: skip
        assert earned["NP"] == plain(year, month, "l.credit - l.debit", "a.number = '221'",
                                     "l.counterparty_id")  # fmt: skip
        assert earned["NZ"] == plain(
            year, month, "l.debit - l.credit", f"a.number = '221' AND {late}", "s.id"
        )
        assessed = plain(year, month, "l.credit", "a.number = '720'")
        assert earned["NA"] == assessed
        assert earned["PL"] == dict.fromkeys(EARNED, 5_000_00)


@pytest.mark.parametrize("month", [3, 12])
def test_a_report_reads_running_balances_and_no_entries(year: FiscalYear, month: int) -> None:
    _bought(year, random.Random(1), 2, date(2026, 2, 3))
    _bought(year, random.Random(2), 11, date(2026, 11, 3))
    with CaptureQueriesContext(connection) as asked:
        for slug in ("rb-28s", "rb-27s"):
            assert filled(form_for(slug, 2026, month), year, month)

    read = " ".join(query["sql"] for query in asked.captured_queries)
    assert "ledger_settlementbalance" in read
    assert "ledger_line" not in read
    assert "ledger_voucher" not in read


def test_a_debt_paid_under_another_position_is_not_overdue_on_any_day(year: FiscalYear) -> None:
    owed = settlement(year, "PAYABLE", "Bzura", "5260250274", date(2026, 1, 20))
    said = {"counterparty": owed.counterparty_id, "settlement": owed.pk}
    bank, debts, cost = (ledger.account(year, number) for number in ("130-2", "201", "402"))
    bought, paid = ledger.spending(SPENT[0]).pk, ledger.spending(SPENT[1]).pk
    bill = [Entry(cost, debit=100), Entry(debts, credit=100, classification=bought, **said)]
    pay = [Entry(debts, debit=100, classification=paid, **said), Entry(bank, credit=100, classification=paid)]
    for month, entries in ((1, bill), (2, pay), (4, bill), (5, pay)):
        ledger.posted(year, ledger.voucher(entries, month=month, operation_on=date(2026, month, 5)))

    overdue = {month: shown(year, month, "rb-28s")["wymagalne_rok_biezacy"] for month in (1, 2, 4, 5)}

    assert overdue[2] == overdue[5] == {}
    assert overdue[1] == {SPENT[0]: 100}
    assert overdue[4][SPENT[0]] == 200


@pytest.mark.law("u.o.r. art. 24 ust. 4")
def test_a_cell_opens_to_the_entries_that_make_it(year: FiscalYear) -> None:
    chance = random.Random(5)
    for month in range(1, 11):
        _bought(year, chance, month, date(2026, month, 10))
        _assessed(year, chance, month, date(2026, month, 11))
    for slug, column, side in (
        ("rb-28s", "WW", "credit"), ("rb-28s", "ZA", "credit"), ("rb-27s", "DW", "debit"),
    ):  # fmt: skip
        form = form_for(slug, 2026, 11)
        for row in filled(form, year, 11):
            if row.cells.get(column):
                found = entries_of(form, year, 11, row.key, form.column(column))  # type: ignore[arg-type]
                assert sum(getattr(line, side) for line in found) == row.cells[column]

    form = form_for("rb-28s", 2026, 11)
    column = form.column("wymagalne_rok_biezacy")
    late = [row for row in filled(form, year, 11) if column and row.cells.get(column.key)]
    assert late
    for row in late:
        lines = list(entries_of(form, year, 11, row.key, column))  # type: ignore[arg-type]
        assert sum(line.credit - line.debit for line in lines) == row.cells[column.key]  # type: ignore[union-attr]


@pytest.mark.law("ufp art. 263 ust. 2")
def test_spending_that_does_not_lapse_stands_beside_what_was_spent(db: None) -> None:

    year = ledger.make_year()
    row = ledger.spending().pk
    kept = [Entry(ledger.account(year, "981"), debit=700_00, classification=row)]
    ledger.posted(
        year,
        ledger.voucher(kept, month=12, operation_on=date(2026, 12, 31), issued_on=date(2026, 12, 31)),
    )
    [found] = filled(form_for("rb-28s", 2026, 12), year, 12)
    assert (found.key, dict(found.cells)) == ("750.75020.4300", {"niewygasajace": 700_00})
