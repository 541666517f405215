"""Whatever is done to the books, in whatever order: they balance, agree with their entries, have no gap."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from starostwo.ledger import testing as ledger
from starostwo.ledger.models import Balance, FiscalYear, Journal, Limit, Line, Voucher
from starostwo.ledger.queries.balances import broken_links, gaps, trial_balance
from starostwo.ledger.rules.vouchers import BLACK, RED, Entry
from starostwo.ledger.services import books, posting
from starostwo.ledger.services.plan import change_limit
from starostwo.ledger.testing import NOW, TODAY, account, journal, owed, posted, spending, supplier, voucher
from tests.ledger.test_posting import state

pytestmark = pytest.mark.django_db

POSITIONS = ("750.75020.4300", "750.75020.4210", "600.60014.4270")
AMOUNTS = st.integers(1, 500_00)
OPERATIONS = st.lists(
    st.one_of(
        st.tuples(st.just("cost"), st.sampled_from(POSITIONS), AMOUNTS, st.integers(1, 12)),
        st.tuples(st.just("pay"), st.sampled_from(POSITIONS), AMOUNTS, st.integers(1, 12)),
        st.tuples(st.just("commit"), st.sampled_from(POSITIONS), AMOUNTS, st.integers(1, 12)),
        st.tuples(st.just("plan"), st.sampled_from(POSITIONS), st.integers(-300_00, 900_00)),
        st.tuples(st.just("storno"), st.integers(0, 9), st.sampled_from([RED, BLACK])),
        st.tuples(st.just("wrong"), AMOUNTS),
        st.tuples(st.just("close"), st.integers(0, 12), st.sampled_from(["SOFT", "OPEN", "CLOSED"])),
    ),
    min_size=4, max_size=25,
)  # fmt: skip
REFUSALS = (posting.CannotPost, posting.AlreadyReversed, books.CannotClose)


class RolledBack(Exception):
    """The example is over."""


@contextmanager
def on_a_clean_year() -> Iterator[FiscalYear]:
    try:
        with transaction.atomic():
            yield ledger.make_year()
            raise RolledBack
    except RolledBack:
        pass


def carry_out(year: FiscalYear, operation: tuple[Any, ...], suppliers: dict[str, int]) -> None:
    match operation:
        case ("cost", position, amount, month):
            said = {"classification": spending(position).pk, "counterparty": suppliers["id"]}
            entries = [
                Entry(account(year, "401"), debit=amount, **said),
                Entry(account(year, "201"), credit=amount, settlement=suppliers["debt"], **said),
            ]
            posted(year, _in(month, entries), into="FZ")
        case ("pay", position, amount, month):
            said = {"classification": spending(position).pk, "counterparty": suppliers["id"]}
            entries = [
                Entry(account(year, "201"), debit=amount, settlement=suppliers["debt"], **said),
                Entry(account(year, "130-2"), credit=amount, **said),
            ]
            posted(year, _in(month, entries), into="WB")
        case ("commit", position, amount, month):
            entries = [Entry(account(year, "998"), credit=amount, classification=spending(position).pk)]
            posted(year, _in(month, entries))
        case ("plan", position, by):
            change_limit(year, spending(position), plan_by=by)
        case ("storno", which, way):
            _take_back(year, which, way)
        case ("wrong", amount):
            posted(year, ledger.note(year), voucher([Entry(account(year, "401"), debit=amount)]))
        case ("close", month, to):
            books.set_month(year, month, state=to, actor=ledger.chief(), now=NOW)


def _in(month: int, entries: list[Entry]) -> Any:
    return replace(voucher(entries), month=month, operation_on=TODAY.replace(month=month))


def _take_back(year: FiscalYear, which: int, way: str) -> None:
    rows = list(
        Voucher.objects.select_related("journal__fiscal_year__book").filter(corrects=None).order_by("id")
    )
    if rows:
        wrong = rows[which % len(rows)]
        posting.reverse(
            wrong, into=wrong.journal, way=way, text="Storno",
            operation_on=TODAY.replace(month=12), month=12, actor=ledger.accountant(), now=NOW,
        )  # fmt: skip


@pytest.mark.law("u.o.r. art. 24 ust. 4")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(operations=OPERATIONS)
def test_the_books_hold_after_any_sequence(operations: list[tuple[Any, ...]]) -> None:
    with on_a_clean_year() as year:
        debt = owed(year)
        suppliers = {"id": supplier().pk, "debt": debt.pk}
        for operation in operations:
            before = state()
            try:
                with transaction.atomic():
                    carry_out(year, operation, suppliers)
            except REFUSALS:
                assert state() == before, operation
        assert_they_hold(year)


def assert_they_hold(year: FiscalYear) -> None:
    """What is true of the books at any time."""
    on_balance = {"account__fiscal_year": year, "account__kind": "BALANCE"}
    for sums in (
        Balance.objects.filter(**on_balance).values("month").annotate(d=Sum("debit"), c=Sum("credit"))
    ):
        assert sums["d"] == sums["c"], sums
    assert gaps(year) == []
    assert broken_links(year) == []
    for row in Journal.objects.filter(fiscal_year=year).order_by("id"):
        numbers = list(
            Voucher.objects.filter(journal=row).order_by("number").values_list("number", flat=True)
        )
        assert numbers == list(range(1, len(numbers) + 1))
    for limit in Limit.objects.filter(fiscal_year=year, position__startswith="W"):
        assert limit.paid <= limit.plan
        assert limit.committed <= limit.plan + limit.overcommitted
    lines = Line.objects.filter(account__fiscal_year=year, account__number="130-2").aggregate(s=Sum("credit"))
    paid = Limit.objects.filter(fiscal_year=year).aggregate(s=Sum("paid"))
    assert (lines["s"] or 0) == (paid["s"] or 0)
    trial = trial_balance(year, 13)
    assert sum(row.total_debit for row in trial if row.kind == "BALANCE") == sum(
        row.total_credit for row in trial if row.kind == "BALANCE"
    )


def test_numbers_of_another_journal_are_its_own() -> None:
    year = ledger.make_year()
    posted(year, ledger.note(year), into="PK")
    [other] = posted(year, ledger.note(year), into="FZ")

    assert other.number == 1
    assert journal(year, "FZ").pk != journal(year, "PK").pk
