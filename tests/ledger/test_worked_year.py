"""A worked year by seed agrees with sums that are computed without the ledger's own queries."""

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.models import Sum

from starostwo.ledger import testing as ledger
from starostwo.ledger.models import FiscalYear, Line, PlanVersion, Voucher
from starostwo.ledger.queries.balances import broken_links, gaps, trial_balance
from starostwo.ledger.queries.reports import filled, form_for
from starostwo.ledger.rules.plain_text import COUNTER
from starostwo.ledger.testing import NOW
from starostwo.site.demo.finance import FEES, PLAN, close_and_carry, ground_of
from starostwo.site.demo.worked_year import INCOME, MORE, Heads, work_year
from tests.ledger.test_screens import BOOKS, client

VOUCHERS = 600
LINES = """
SELECT a.number, sum(l.debit), sum(l.credit) FROM ledger_line l
JOIN ledger_voucher v ON v.id = l.voucher_id JOIN ledger_account a ON a.id = l.account_id
WHERE v.fiscal_year_id = %s GROUP BY 1
"""
SPENT = """
SELECT 'W.' || c.division || '.' || c.chapter || '.' || c.paragraph, sum(l.credit) FROM ledger_line l
JOIN ledger_voucher v ON v.id = l.voucher_id JOIN ledger_account a ON a.id = l.account_id
JOIN ledger_classification c ON c.id = l.classification_id
WHERE v.fiscal_year_id = %s AND a.number = '130-2' GROUP BY 1
"""
PAID = (
    "SELECT position, paid FROM ledger_limit WHERE fiscal_year_id = %s AND position LIKE 'W%%' AND paid <> 0"
)
POSTING = re.compile(r"  Assets:K(\S+)  (-?)(\d+)\.(\d\d) PLN")
OTHER = re.compile(rf"  {COUNTER}  (-?)(\d+)\.(\d\d) PLN")
ABOUT = re.compile(r'    classification: "(.+)"')


@pytest.fixture
def year(db: None) -> FiscalYear:
    year = ledger.make_year()
    ground = ground_of(year, by=ledger.accountant(), now=NOW)
    told: list[str] = []
    work_year(ground, Heads(ledger.treasurer(), ledger.chief()), seed=7, vouchers=VOUCHERS, tell=told.append)
    assert len(told) == 12
    return year


def asked(sql: str, year: FiscalYear) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [year.pk])
        return cursor.fetchall()


def exported(year: FiscalYear) -> str:
    answer = client("k.saldo").get(f"{BOOKS}{year.pk}/zapisy.beancount")
    return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]


def read(text: str) -> Iterator[tuple[list[tuple[str, int, str]], int]]:
    """The entries of each transaction (account, net, classification), and what they sum up to."""
    for block in text.split("\n\n"):
        entries: list[tuple[str, int, str]] = []
        rest = 0
        for line in block.splitlines():
            if found := POSTING.fullmatch(line):
                entries.append((found[1], grosze(found[2], found[3], found[4]), ""))
            elif found := OTHER.fullmatch(line):
                rest += grosze(found[1], found[2], found[3])
            elif found := ABOUT.fullmatch(line):
                entries[-1] = (*entries[-1][:2], found[1])
        if entries:
            yield entries, rest + sum(net for _, net, _ in entries)


def grosze(sign: str, whole: str, hundredths: str) -> int:
    return int(f"{sign}{whole}{hundredths}")


@pytest.mark.law("u.o.r. art. 18 ust. 1", "u.o.r. art. 24 ust. 4")
def test_balances_and_spending_agree_with_plain_sums_and_with_the_exported_text(year: FiscalYear) -> None:
    assert 560 <= Voucher.objects.filter(fiscal_year=year).count() <= 680
    trial = {row.number: (row.total_debit, row.total_credit) for row in trial_balance(year, 13)}
    assert trial == {number: (debit, credit) for number, debit, credit in asked(LINES, year)}
    assert len(trial) > 18

    nets: dict[str, int] = defaultdict(int)
    spent: dict[str, int] = defaultdict(int)
    for entries, rest in read(exported(year)):
        assert rest == 0
        for number, net, classification in entries:
            nets[number] += net
            if number == "130-2" and net < 0:
                spent[f"W.{classification}"] -= net
    assert nets == {number: debit - credit for number, (debit, credit) in trial.items()}
    paid = dict(asked(PAID, year))
    assert paid == dict(asked(SPENT, year))
    assert paid == spent
    assert len(paid) > 9
    assert gaps(year) == []
    assert broken_links(year) == []


PLACE = "c.division || '.' || c.chapter || '.' || c.paragraph"
BY_PLACE = f"""
SELECT place, sum(amount) FROM (
    SELECT {PLACE} AS place, {{amount}} AS amount FROM ledger_line l
    JOIN ledger_voucher v ON v.id = l.voucher_id AND v.month <= 12
    JOIN ledger_account a ON a.id = l.account_id JOIN ledger_classification c ON c.id = l.classification_id
    LEFT JOIN ledger_settlement s ON s.id = l.settlement_id
    WHERE v.fiscal_year_id = %s AND {{where}} GROUP BY {PLACE}{{by}}
) parts WHERE amount > 0 GROUP BY place
"""


def plain(year: FiscalYear, amount: str, where: str, by: str = "") -> dict[str, int]:
    """Sums over entries by position; with `by`, of what is left of each counterparty or settlement."""
    return {
        str(place): int(value)  # type: ignore[call-overload]
        for place, value in asked(
            BY_PLACE.format(amount=f"sum({amount})", where=where, by=f", {by}" if by else ""), year
        )
    }


def column(year: FiscalYear, slug: str, key: str) -> dict[str, int]:
    rows = filled(form_for(slug, year.year, 12), year, 12)
    return {row.key: row.cells[key] for row in rows if row.cells.get(key)}


@pytest.mark.law("u.o.r. art. 24 ust. 2", "ufp art. 46 ust. 1")
def test_its_reports_agree_with_plain_sums(year: FiscalYear) -> None:
    planned = {where: PLAN[where] + MORE.get(where, 0) for where in PLAN}
    late = f"s.due_on < '{year.year}-12-31'"

    assert column(year, "rb-28s", "PL") == planned
    assert column(year, "rb-28s", "ZA") == plain(year, "l.credit", "a.number = '998'")
    assert set(column(year, "rb-28s", "ZA")) == set(PLAN)
    assert column(year, "rb-28s", "WW") == plain(year, "l.credit", "a.number = '130-2'")
    owed = plain(year, "l.credit - l.debit", "a.number = '201'", "l.counterparty_id")
    assert column(year, "rb-28s", "zobowiazania") == owed
    overdue = plain(year, "l.credit - l.debit", f"a.number = '201' AND {late}", "s.id")
    assert column(year, "rb-28s", "wymagalne_rok_biezacy") == overdue
    assert overdue

    assert column(year, "rb-27s", "PL") == dict.fromkeys(FEES, INCOME)
    assert column(year, "rb-27s", "NA") == plain(year, "l.debit", "a.number = '221'")
    assert column(year, "rb-27s", "DW") == plain(year, "l.debit", "a.number = '130-1'")
    left = plain(year, "l.debit - l.credit", "a.number = '221'", "l.counterparty_id")
    assert column(year, "rb-27s", "NO") == left
    unpaid = plain(year, "l.debit - l.credit", f"a.number = '221' AND {late}", "s.id")
    assert column(year, "rb-27s", "NZ") == unpaid
    assert unpaid


def test_its_plan_came_by_acts_and_its_purchases_fall_under_contracts(year: FiscalYear) -> None:
    acts = PlanVersion.objects.filter(fiscal_year=year).order_by("number")
    assert [(act.act, act.size) for act in acts] == [("COUNCIL", len(PLAN) + len(FEES)), ("COUNCIL", 2)]
    bills = Line.objects.filter(voucher__fiscal_year=year, voucher__kind="FZ", account__number="201")
    assert bills.count() > 100
    assert not bills.filter(contract=None).exists()
    noted = Line.objects.filter(voucher__fiscal_year=year, account__number="998", debit__gt=0)
    paid = Line.objects.filter(voucher__fiscal_year=year, account__number="130-2", contract__isnull=False)
    assert noted.aggregate(Sum("debit"))["debit__sum"] == paid.aggregate(Sum("credit"))["credit__sum"] > 0


@pytest.mark.law("u.o.r. art. 5 ust. 1")
def test_the_year_ends_and_its_balances_open_the_next(year: FiscalYear) -> None:
    after = ledger.make_year(year=year.year + 1)

    close_and_carry(year, chief=ledger.chief(), now=NOW)

    year.refresh_from_db()
    assert year.state == FiscalYear.State.CLOSED
    closing = {
        row.number: net
        for row in trial_balance(year, 13)
        if row.kind == "BALANCE" and (net := row.total_debit - row.total_credit)
    }
    opening = {row.number: row.opening_debit - row.opening_credit for row in trial_balance(after, 0)}
    assert {number: net for number, net in opening.items() if net} == closing
    assert {"011", "080", "201", "221", "800", "860"} <= set(closing)
    assert not {"130-0", "130-1", "130-2", "222", "223", "231", "401", "720"} & set(closing)
    assert asked(PAID, after) == []
