"""Posting: what balances and is allowed goes into the books, the rest is refused and changes nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper

from starostwo.ledger import testing as ledger
from starostwo.ledger.models import (
    Balance,
    FiscalYear,
    JournalHead,
    Limit,
    Line,
    SettlementBalance,
    SettlementSum,
    Voucher,
)
from starostwo.ledger.queries.balances import broken_links, gaps
from starostwo.ledger.rules.vouchers import BLACK, RED, Entry, NewVoucher
from starostwo.ledger.services import books, posting
from starostwo.ledger.testing import (
    NOW,
    TODAY,
    account,
    journal,
    note,
    owed,
    posted,
    spending,
    supplier,
    voucher,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> FiscalYear:
    return ledger.make_year()


def state() -> dict[str, object]:
    """Everything that posting may change."""
    return {
        "vouchers": list(Voucher.objects.order_by("id").values()),
        "lines": list(Line.objects.order_by("id").values()),
        "balances": list(Balance.objects.order_by("id").values()),
        "limits": list(Limit.objects.order_by("id").values("position", "plan", "committed", "paid")),
        "settled": list(SettlementSum.objects.order_by("pk").values()),
        "settled by month": list(SettlementBalance.objects.order_by("pk").values()),
        "heads": list(JournalHead.objects.order_by("pk").values()),
    }


@pytest.mark.law("u.o.r. art. 20 ust. 2")
@pytest.mark.law("u.o.r. art. 23 ust. 2")
def test_a_voucher_keeps_who_when_and_what(year: FiscalYear) -> None:
    [first] = posted(year, replace(note(year), external_number="PK/7", document="records.document:5"))

    row = Voucher.objects.get(pk=first.id)
    assert (row.number, row.month, row.total, row.turnover) == (1, 11, 100_00, 100_00)
    assert (row.posted_by_name, row.posted_at, row.operation_on) == ("Krystyna Saldo", NOW, TODAY)
    assert (row.external_number, row.document) == ("PK/7", "records.document:5")
    assert list(row.lines.order_by("position").values_list("account__number", "debit", "credit")) == [
        ("401", 100_00, 0),
        ("800", 0, 100_00),
    ]
    assert broken_links(year) == []
    assert gaps(year) == []


@pytest.mark.law("u.o.r. art. 14 ust. 2")
def test_numbers_follow_without_gaps_and_turnover_goes_on(year: FiscalYear) -> None:
    first = posted(year, note(year, 100), note(year, 200))
    with pytest.raises(posting.DoesNotBalance):
        posted(year, note(year), voucher([Entry(account(year, "401"), debit=1)]))
    then = posted(year, note(year, 400))

    assert [voucher.number for voucher in first + then] == [1, 2, 3]
    assert list(Voucher.objects.order_by("number").values_list("turnover", flat=True)) == [100, 300, 700]


def _two(year: FiscalYear, debit: str, credit: str, **extra: object) -> list[Entry]:
    said = {"classification": spending().pk, "counterparty": supplier().pk} | extra
    return [
        Entry(account(year, debit), debit=500, **said),  # type: ignore[arg-type]
        Entry(account(year, credit), credit=500, **said),  # type: ignore[arg-type]
    ]


REFUSED: list[tuple[str, type[posting.CannotPost], Callable[[FiscalYear], NewVoucher]]] = [
    ("debit differs from credit", posting.DoesNotBalance,
     lambda y: voucher([Entry(account(y, "401"), debit=7), Entry(account(y, "800"), credit=5)])),
    ("no lines", posting.NoLines, lambda y: voucher([])),
    ("a line of both sides", posting.NoLines,
     lambda y: voucher([Entry(account(y, "401"), debit=7, credit=7)])),
    ("an account that sums up others", posting.NotThatAccount, lambda y: voucher(_two(y, "401", "130"))),
    ("no such account", posting.NotThatAccount, lambda y: voucher([Entry(0, debit=5)])),
    ("an account of another year", posting.NotThatAccount,
     lambda y: note(ledger.make_year(year=2025))),
    ("no classification of spending", posting.DimensionIsMissing,
     lambda y: voucher(_two(y, "401", "130-2", classification=None))),
    ("income where spending is meant", posting.DimensionIsMissing,
     lambda y: voucher(_two(y, "401", "130-2", classification=ledger.income().pk))),
    ("no settlement", posting.DimensionIsMissing, lambda y: voucher(_two(y, "401", "201"))),
    ("a settlement of someone else", posting.DimensionIsMissing,
     lambda y: voucher(_two(y, "401", "201", settlement=owed(y, to=supplier("Inny", "1111111111")).pk))),
    ("a classification of another year", posting.NotThatClassification,
     lambda y: voucher(_two(y, "401", "800", classification=spending(year=2025).pk))),
    ("an operation after the month", posting.NotThatMonth, lambda y: replace(note(y), month=10)),
    ("an opening in November", posting.NotThatMonth, lambda y: replace(note(y), kind="BO")),
    ("paid without a plan", posting.AbovePlan, lambda y: voucher(_two(y, "800", "130-2"))),
    ("committed without a plan", posting.CommitmentAbovePlan,
     lambda y: voucher([Entry(account(y, "998"), credit=1, classification=spending().pk)])),
]  # fmt: skip


@pytest.mark.law("u.o.r. art. 24 ust. 2")
@pytest.mark.parametrize(("why", "refusal", "make"), REFUSED, ids=[why for why, *_ in REFUSED])
def test_the_books_refuse_and_nothing_changes(
    year: FiscalYear, why: str, refusal: type[posting.CannotPost], make: Callable[[FiscalYear], NewVoucher]
) -> None:
    posted(year, note(year))
    wrong = make(year)
    before = state()

    with pytest.raises(refusal):
        posted(year, note(year), wrong)

    assert state() == before


def test_a_refusal_names_the_voucher_the_line_and_the_difference(year: FiscalYear) -> None:
    with pytest.raises(posting.DoesNotBalance) as unbalanced:
        posted(year, note(year), voucher([Entry(account(year, "401"), debit=7)]))
    with pytest.raises(posting.DimensionIsMissing) as missing:
        posted(year, voucher(_two(year, "401", "201")))
    with pytest.raises(posting.AbovePlan) as above:
        posted(year, voucher(_two(year, "800", "130-2")))

    assert (unbalanced.value.voucher, unbalanced.value.difference) == (2, 7)
    assert (missing.value.line, missing.value.what) == (2, "SETTLEMENT")
    assert above.value.what == "W.750.75020.4300"


@pytest.mark.law("ufp art. 52 ust. 1 pkt 2")
def test_a_payment_above_the_plan_is_refused_by_the_database(year: FiscalYear) -> None:
    ledger.plan(year, amount=600)
    pay = voucher(_two(year, "800", "130-2"))
    posted(year, pay)

    with pytest.raises(posting.AbovePlan):
        posted(year, pay)

    limit = Limit.objects.get(fiscal_year=year)
    assert (limit.plan, limit.paid) == (600, 500)


def test_the_plan_is_not_cut_below_what_is_paid(year: FiscalYear) -> None:
    ledger.plan(year, amount=600)
    posted(year, voucher(_two(year, "800", "130-2")))

    with pytest.raises(posting.AbovePlan):
        ledger.plan(year, amount=-101)
    ledger.plan(year, amount=-100)

    assert Limit.objects.get(fiscal_year=year).plan == 500


@pytest.mark.law("u.o.r. art. 25 ust. 1 pkt 2")
@pytest.mark.parametrize(
    ("way", "turnover", "why"),
    [(RED, (0, 0), "red takes the turnover back"), (BLACK, (100_00, 100_00), "black leaves it")],
)
def test_storno_is_linked_and_takes_the_balance_back(
    year: FiscalYear, way: str, turnover: tuple[int, int], why: str
) -> None:
    [wrong] = posted(year, note(year))
    row = Voucher.objects.select_related("journal").get(pk=wrong.id)
    storno = posting.reverse(
        row, into=journal(year), way=way, text="Storno", operation_on=TODAY, month=11,
        actor=ledger.accountant(), now=NOW,
    )  # fmt: skip

    back = Voucher.objects.get(pk=storno.id)
    assert (back.corrects_id, back.correction) == (wrong.id, way)
    kept = Balance.objects.get(account=account(year, "401"))
    assert (kept.debit, kept.credit) == turnover, why
    assert kept.debit - kept.credit == 0
    with pytest.raises(posting.AlreadyReversed):
        posting.reverse(
            row, into=journal(year), way=way, text="Jeszcze raz", operation_on=TODAY, month=11,
            actor=ledger.accountant(), now=NOW,
        )  # fmt: skip


@pytest.mark.law("u.o.r. art. 25 ust. 1 pkt 2")
def test_a_correction_never_mixes_signs(year: FiscalYear) -> None:
    [wrong] = posted(year, note(year))
    mixed = [Entry(account(year, "401"), debit=-5), Entry(account(year, "401"), debit=5)]

    with pytest.raises(posting.MixedCorrection):
        posted(year, voucher(mixed, corrects=wrong.id, correction=RED))


def test_storno_of_a_closed_year_goes_into_an_open_one(year: FiscalYear) -> None:
    last_year = ledger.make_year(year=2025)
    earlier = replace(note(last_year), issued_on=date(2025, 6, 1), operation_on=date(2025, 6, 1), month=6)
    [wrong] = posted(last_year, earlier)

    storno = posting.reverse(
        Voucher.objects.select_related("journal").get(pk=wrong.id), into=journal(year), way=RED,
        text="Storno", operation_on=TODAY, month=11, actor=ledger.accountant(), now=NOW,
    )  # fmt: skip

    assert Voucher.objects.get(pk=storno.id).fiscal_year_id == year.pk
    assert {line.account.fiscal_year_id for line in Line.objects.filter(voucher=storno.id)} == {year.pk}


def test_the_same_origin_is_posted_once(year: FiscalYear) -> None:
    same = replace(note(year), origin="treasury.invoice:1")
    posted(year, same)

    with pytest.raises(posting.PostedBefore):
        posted(year, same)

    assert Voucher.objects.count() == 1


def test_settlements_add_up_without_what_is_carried_over(year: FiscalYear) -> None:
    debt = owed(year)
    entries = _two(year, "401", "201", settlement=debt.pk)
    posted(year, voucher(entries))
    carried = [
        Entry(account(year, "201"), credit=500, counterparty=supplier().pk, settlement=debt.pk,
              classification=spending().pk),
        Entry(account(year, "800"), debit=500),
    ]  # fmt: skip
    posted(year, voucher(carried, kind="BP", month=0), into="BO")

    kept = SettlementSum.objects.get(settlement=debt)
    assert (kept.debit, kept.credit, kept.moved_in) == (0, 500, 202611)
    by_month = SettlementBalance.objects.filter(settlement=debt).order_by("month")
    assert list(by_month.values_list("month", "debit", "credit")) == [(0, 0, 500), (11, 0, 500)]
    assert gaps(year) == []


@pytest.mark.law("u.o.r. art. 12 ust. 5")
def test_months_close_softly_then_for_good(year: FiscalYear) -> None:
    chief = ledger.chief()
    books.set_month(year, 11, state="SOFT", actor=chief, now=NOW)
    with pytest.raises(posting.MonthIsClosed):
        posted(year, note(year))
    posting.post(journal(year), [replace(note(year), into_soft=True)], actor=chief, now=NOW)
    with pytest.raises(posting.MayNotPost):
        posted(year, replace(note(year), into_soft=True))
    with pytest.raises(books.CannotClose):
        books.set_month(year, 11, state="CLOSED", actor=chief, now=NOW)
    for month in range(12):
        books.set_month(year, month, state="CLOSED", actor=chief, now=NOW)

    with pytest.raises(posting.MonthIsClosed):
        posting.post(journal(year), [replace(note(year), into_soft=True)], actor=chief, now=NOW)
    with pytest.raises(books.CannotClose):
        books.set_month(year, 11, state="OPEN", actor=chief, now=NOW)


@pytest.mark.law("u.o.r. art. 12 ust. 4")
def test_an_approved_year_never_opens_again(year: FiscalYear) -> None:
    chief = ledger.chief()
    with pytest.raises(books.YearNotClosed):
        books.close_year(year, actor=chief, now=NOW)
    for month in range(14):
        books.set_month(year, month, state="CLOSED", actor=chief, now=NOW)
    with pytest.raises(books.YearNotClosed):
        books.approve_year(year, approved_on=TODAY, actor=chief, now=NOW)
    books.close_year(year, actor=chief, now=NOW)
    books.approve_year(year, approved_on=TODAY, actor=chief, now=NOW)

    for change in ({"state": "OPEN", "approved_on": None}, {"year": 2027}):
        with pytest.raises(DatabaseError), transaction.atomic():
            FiscalYear.objects.filter(pk=year.pk).update(**change)


WRITES = [
    "UPDATE ledger_voucher SET text = 'inny'",
    "DELETE FROM ledger_voucher",
    "UPDATE ledger_line SET debit = debit + 1 WHERE debit > 0",
    "DELETE FROM ledger_line",
    "TRUNCATE ledger_line",
    "INSERT INTO ledger_line SELECT * FROM ledger_line",
    "INSERT INTO ledger_voucher SELECT * FROM ledger_voucher",
    "UPDATE ledger_balance SET debit = 0",
    "DELETE FROM ledger_balance",
    "UPDATE ledger_limit SET plan = plan + 1",
    "UPDATE ledger_journalhead SET number = 0",
    "UPDATE ledger_settlementsum SET debit = 0",
    "UPDATE ledger_settlementbalance SET debit = 0",
    "UPDATE ledger_period SET state = 'OPEN'",
    "DELETE FROM ledger_journal",
    "ALTER TABLE ledger_line DISABLE TRIGGER ALL",
]


@pytest.mark.law("u.o.r. art. 23 ust. 1")
@pytest.mark.parametrize("sql", WRITES)
def test_the_role_of_the_application_cannot_touch_what_is_posted(year: FiscalYear, sql: str) -> None:
    posted(year, note(year))
    before = state()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)

    assert state() == before


WHOLE_TABLES = """
SELECT relname, seq_scan FROM pg_stat_xact_user_tables
WHERE seq_scan > 0 AND relname IN (
    'ledger_line', 'ledger_voucher', 'ledger_balance', 'ledger_settlementbalance', 'ledger_settlementsum',
    'ledger_settlement', 'ledger_counterparty')
"""


def test_posting_reads_no_table_whole_even_when_the_books_were_empty(year: FiscalYear) -> None:
    """A connection keeps the plans that it made while the books were empty and whole tables were cheapest."""
    debt = owed(year)
    bill = voucher(_two(year, "401", "201", settlement=debt.pk))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL random_page_cost = 100000")
        for _ in range(3):
            before = _read_whole(cursor)
            posting.post(journal(year), [bill], actor=ledger.accountant(), now=NOW)
            assert _read_whole(cursor) == before


def _read_whole(cursor: CursorWrapper) -> dict[str, int]:
    cursor.execute(WHOLE_TABLES)
    return dict(cursor.fetchall())
