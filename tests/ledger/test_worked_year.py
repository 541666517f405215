"""A worked year by seed agrees with sums that are computed without the ledger's own queries."""

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest
from django.db import connection

from starostwo.ledger import testing as ledger
from starostwo.ledger.models import FiscalYear, Voucher
from starostwo.ledger.queries.balances import broken_links, gaps, trial_balance
from starostwo.ledger.rules.plain_text import COUNTER
from starostwo.ledger.testing import NOW
from starostwo.site.demo.finance import close_and_carry, ground_of
from starostwo.site.demo.worked_year import work_year
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
    work_year(ground, ledger.chief(), seed=7, vouchers=VOUCHERS, tell=told.append)
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
