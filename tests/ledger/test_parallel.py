"""Eight clerks post at once: no gap, no double, no serialization error, never above the plan."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from starostwo.audit import api as audit
from starostwo.ledger import testing as ledger
from starostwo.ledger.models import FiscalYear, Limit, Voucher
from starostwo.ledger.rules.vouchers import Entry, NewVoucher
from starostwo.ledger.services import books, posting
from starostwo.ledger.testing import NOW, account, journal, note, spending, supplier, voucher
from tests.ledger.test_books_hold import POSITIONS, assert_they_hold

CLERKS, EACH = 8, 15
PRICE = 100_00
T = TypeVar("T")


@pytest.fixture
def year(committed_database: str) -> FiscalYear:
    return ledger.make_year()


def at_once(act: Callable[[int], T], times: int = CLERKS) -> list[T]:
    def one(number: int) -> T:
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def _payments(year: FiscalYear) -> list[NewVoucher]:
    """One payment under each position, and one that pays under two at once, in either order."""
    of = {position: spending(position).pk for position in POSITIONS}
    to = supplier().pk
    bank, fund = account(year, "130-2"), account(year, "800")

    def pays(*positions: str) -> NewVoucher:
        credits = [Entry(bank, credit=PRICE, classification=of[p], counterparty=to) for p in positions]
        return voucher([Entry(fund, debit=PRICE * len(positions)), *credits])

    return [*(pays(p) for p in POSITIONS), pays(POSITIONS[0], POSITIONS[1]), pays(POSITIONS[1], POSITIONS[0])]


@pytest.mark.law("u.o.r. art. 14 ust. 2")
def test_eight_clerks_leave_no_gap_and_never_pay_above_the_plan(year: FiscalYear) -> None:
    actor, into = ledger.accountant(), [journal(year, "WB"), journal(year, "PK")]
    allowed = 20 * PRICE
    for position in POSITIONS:
        ledger.plan(year, position, amount=allowed)
    payments = _payments(year)

    def clerk(number: int) -> tuple[int, int]:
        done = refused = 0
        for turn in range(EACH):
            one = payments[(number + turn) % len(payments)]
            try:
                posting.post(into[number % 2], [one, note(year, 1)], actor=actor, now=NOW)
                done += 1
            except posting.AbovePlan:
                refused += 1
        return done, refused

    results = at_once(clerk)

    assert sum(done + refused for done, refused in results) == CLERKS * EACH
    assert sum(refused for _, refused in results) > 0
    assert Voucher.objects.count() == 2 * sum(done for done, _ in results)
    assert {limit.paid for limit in Limit.objects.all()} == {allowed}
    assert_they_hold(year)


@pytest.mark.law("u.o.r. art. 12 ust. 5")
def test_a_month_closes_before_or_after_a_voucher_never_beside_it(year: FiscalYear) -> None:
    actor, chief, into = ledger.accountant(), ledger.chief(), journal(year)
    closed_at: list[int] = []

    def clerk(number: int) -> int:
        if number == 0:
            while Voucher.objects.count() < 10:
                pass
            books.set_month(year, 11, state="SOFT", actor=chief, now=NOW)
            closed_at.append(Voucher.objects.count())
            return 0
        posted = 0
        for _ in range(EACH):
            try:
                posting.post(into, [note(year)], actor=actor, now=NOW)
                posted += 1
            except posting.MonthIsClosed:
                break
        return posted

    posted = at_once(clerk)

    assert Voucher.objects.count() == sum(posted)
    assert closed_at == [sum(posted)]
    assert_they_hold(year)


def test_the_same_origin_from_eight_processes_is_one_voucher(year: FiscalYear) -> None:
    actor, into = ledger.accountant(), journal(year)
    same = replace(note(year), origin="import:7")

    def clerk(number: int) -> str:
        try:
            posting.post(into, [same], actor=actor, now=NOW)
        except posting.PostedBefore:
            return "before"
        return "posted"

    assert sorted(at_once(clerk)) == ["before"] * (CLERKS - 1) + ["posted"]
    assert_they_hold(year)


def test_a_voucher_is_posted_in_one_statement_with_its_line_of_history(year: FiscalYear) -> None:
    said, into = note(year), journal(year)
    into.fiscal_year.book  # noqa: B018  read before
    actor = ledger.accountant()
    with CaptureQueriesContext(connection) as asked:
        posting.post(into, [said], actor=actor, now=NOW)
    assert len(asked.captured_queries) == 1
    assert [line.verb for line in audit.history(f"ledger.journal:{into.pk}")] == ["post"]

    with CaptureQueriesContext(connection) as asked, pytest.raises(posting.NoLines):
        posting.post(into, [voucher([])], actor=actor, now=NOW)
    assert len(asked.captured_queries) == 1
    assert len(list(audit.history(f"ledger.journal:{into.pk}"))) == 1
