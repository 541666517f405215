"""Declining, by use and from the exact day as tables; tax beside the balance sheet, year by year."""

from datetime import date
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starostwo.assets.rules.depreciation import Change, due, next_month
from starostwo.assets.rules.kinds import AT_ONCE, BY_USE, DECLINING, EXACT_DAY, NEVER
from starostwo.assets.rules.methods import (
    Choice,
    NotAllowed,
    Terms,
    Use,
    ahead,
    check_choice,
    through,
    totals,
    used_up,
)
from starostwo.assets.rules.tax import WrongTerms, by_year, check_terms, compared, tax_course

D = date
JANUARY = Change(D(2026, 1, 1), 10_000_00)
TWICE = Terms(D(2026, 1, 1), 2000, DECLINING, 200)
YEARLY = [4_000_00, 2_400_00, 2_000_00, 1_600_00]  # 40 % of the net, then 20 % of the value, which is more


def sums(changes: list[Change], terms: list[Terms], years: int, *, shares: bool = False) -> list[int]:
    found: dict[int, int] = {}
    for one in islice(totals(changes, terms, shares=shares), years * 12):
        found[one.month.year] = found.get(one.month.year, 0) + one.amount
    return list(found.values())[:years]


@pytest.mark.law("u.p.d.o.p. art. 16k ust. 1")
@pytest.mark.parametrize(
    ("changes", "terms", "yearly", "why"),
    [
        ([JANUARY], TWICE, YEARLY, "twice the rate of what is left, straight from the year it gives more"),
        ([JANUARY], Terms(D(2026, 1, 1), 2000, DECLINING, 100), [2_000_00] * 5, "once is straight line"),
        ([Change(D(2026, 7, 1), 10_000_00)], TWICE, [2_000_00, 3_200_00, 2_000_00, 2_000_00, 800_00],
         "half a year of the value, then of what is left"),
        ([JANUARY, Change(D(2026, 7, 1), 2_000_00)], TWICE, [4_400_00, 3_040_00, 2_400_00, 2_160_00],
         "an improvement counts from its month"),
        ([JANUARY], Terms(D(2026, 1, 1), 0, NEVER), [0, 0], "land is not written off"),
        ([JANUARY], Terms(D(2026, 1, 1), 0, AT_ONCE), [10_000_00, 0], "at once"),
    ],
)  # fmt: skip
def test_the_declining_balance(changes: list[Change], terms: Terms, yearly: list[int], why: str) -> None:
    assert sums(changes, [terms], len(yearly)) == yearly, why


@pytest.mark.law("u.o.r. art. 32 ust. 1")
@pytest.mark.parametrize(
    ("since", "first", "second", "why"),
    [
        (D(2026, 4, 16), 100_00, 200_00, "15 of 30 days"),
        (D(2026, 1, 31), 6_45, 200_00, "one of 31 days"),
        (D(2028, 2, 29), 6_90, 200_00, "one of 29"),
        (D(2026, 4, 1), 200_00, 200_00, "the whole month"),
    ],
)
def test_from_the_exact_day(since: date, first: int, second: int, why: str) -> None:
    course = totals([Change(since, 12_000_00)], [Terms(since, 2000)])
    assert [one.amount for one in islice(course, 2)] == [first, second], why
    assert (
        ahead(totals([Change(since, 12_000_00)], [Terms(since, 2000)]), since=since, value=12_000_00)[
            -1
        ].total
        == 12_000_00
    )


@pytest.mark.law("u.o.r. art. 32 ust. 2 pkt 3")
@pytest.mark.parametrize(
    ("changes", "uses", "total", "why"),
    [
        ([JANUARY], [], 0, "not used"),
        ([JANUARY], [Use(D(2026, 1, 20), 100)], 1_000_00, "a tenth of the work, a tenth of the value"),
        ([JANUARY], [Use(D(2026, 1, 20), 100), Use(D(2026, 3, 2), 100)], 1_000_00, "March is not yet over"),
        ([JANUARY], [Use(D(2026, 1, 5), 900), Use(D(2026, 2, 1), 900)], 10_000_00, "never above the value"),
        ([JANUARY, Change(D(2026, 2, 1), 900_00)], [Use(D(2026, 1, 5), 100), Use(D(2026, 2, 2), 100)],
         2_100_00, "an improvement goes with the work that is left"),
        ([Change(D(2026, 1, 1), 10_000_00, 4_000_00)], [Use(D(2026, 1, 5), 500)], 7_000_00, "opened so"),
    ],
)  # fmt: skip
def test_by_use(changes: list[Change], uses: list[Use], total: int, why: str) -> None:
    assert used_up(changes, uses, capacity=1000, until=D(2026, 2, 28)) == total, why


CHOSEN = {"ground": "polityka rachunkowości par. 12"}


@pytest.mark.law("u.o.r. art. 32 ust. 3")
@pytest.mark.parametrize(
    ("choice", "code", "field", "why"),
    [
        (Choice(), "105", "", "the usual one needs no ground"),
        (Choice(DECLINING, factor=200), "581", "ground", "another one does"),
        (Choice(DECLINING, factor=200, **CHOSEN), "581", "", "a machine"),
        (Choice(DECLINING, factor=200, **CHOSEN), "742", "", "a truck"),
        (Choice(DECLINING, factor=200, **CHOSEN), "741", "method", "no passenger car"),
        (Choice(DECLINING, factor=200, **CHOSEN), "105", "method", "no building"),
        (Choice(DECLINING, factor=250, **CHOSEN), "581", "factor", "at most twice"),
        (Choice(BY_USE, **CHOSEN), "581", "capacity", "how much work it will do"),
        (Choice(BY_USE, capacity=10, unit="km", **CHOSEN), "741", "", "by use"),
        (Choice(BY_USE, EXACT_DAY, capacity=10, unit="km", **CHOSEN), "741", "start", "use has no day"),
        (Choice(start=EXACT_DAY), "105", "ground", "the exact day needs a ground"),
    ],
)
def test_which_choice_is_allowed(choice: Choice, code: str, field: str, why: str) -> None:
    refused = ""
    try:
        check_choice(choice, kst_code=code)
    except NotAllowed as error:
        refused = error.field
    assert refused == field, why


@pytest.mark.law("u.p.d.o.p. art. 16i ust. 5", "u.p.d.o.p. art. 16h ust. 2")
@pytest.mark.parametrize(
    ("new", "before", "field", "why"),
    [
        (Terms(D(2026, 3, 1), 2000), [], "", "the first terms from any month"),
        (Terms(D(2026, 3, 2), 2000), [], "since", "from the first of a month"),
        (Terms(D(2027, 1, 1), 1000), [Terms(D(2026, 3, 1), 2000)], "", "another rate from January"),
        (Terms(D(2026, 7, 1), 1000), [Terms(D(2026, 3, 1), 2000)], "since", "not within a year"),
        (Terms(D(2026, 1, 1), 1000), [Terms(D(2026, 3, 1), 2000)], "since", "not backwards"),
        (Terms(D(2027, 1, 1), 1000, DECLINING), [Terms(D(2026, 3, 1), 2000)], "method", "it stays"),
        (Terms(D(2026, 3, 1), 2000, BY_USE), [], "method", "no tax by use"),
    ],
)
def test_terms_of_tax_follow_one_another(new: Terms, before: list[Terms], field: str, why: str) -> None:
    refused = ""
    try:
        check_terms(new, before)
    except WrongTerms as error:
        refused = error.field
    assert refused == field, why


def test_a_rate_of_tax_changes_from_its_year() -> None:
    terms = [Terms(D(2026, 1, 1), 2000), Terms(D(2027, 1, 1), 1000)]
    assert sums([JANUARY], terms, 3) == [2_000_00, 1_000_00, 1_000_00]


def test_both_ways_side_by_side() -> None:
    balance = by_year(totals([JANUARY], [Terms(D(2026, 1, 1), 5000)]), until=2026, value=10_000_00)
    half_sold = [JANUARY, Change(D(2028, 1, 1), -5_000_00, -5_000_00)]
    tax = tax_course(half_sold, [Terms(D(2026, 1, 1), 2000)], written_off=1_000_00)
    rows = compared(balance, by_year(tax, until=2028, value=5_000_00))
    assert [
        (one.year, one.balance, one.balance_total, one.tax, one.tax_total, one.difference) for one in rows
    ] == [
        (2026, 5_000_00, 5_000_00, 2_000_00, 3_000_00, -3_000_00),
        (2027, 5_000_00, 10_000_00, 2_000_00, 5_000_00, -3_000_00),
        (2028, 0, 10_000_00, 1_000_00, 3_500_00, 1_000_00),
        (2029, 0, 10_000_00, 1_000_00, 4_500_00, 1_000_00),
        (2030, 0, 10_000_00, 500_00, 5_000_00, 500_00),
    ]  # fmt: skip


@given(
    st.lists(st.tuples(st.integers(0, 100), st.integers(1, 10_000_000)), min_size=1, max_size=5),
    st.integers(1, 10_000),
    st.integers(0, 160),
)
def test_month_by_month_is_the_same_straight_line(events: list[tuple[int, int]], rate: int, at: int) -> None:
    changes = [Change(D(2010 + on // 12, on % 12 + 1, 1), value) for on, value in events]
    day = D(2010 + at // 12, at % 12 + 1, 1)
    assert through(totals(changes, [Terms(D(2000, 1, 1), rate)]), day) == due(changes, rate=rate, through=day)


@given(
    st.integers(1, 10_000_000),
    st.integers(1, 9_999),
    st.sampled_from([100, 120, 150, 200]),
    st.integers(1, 28),
)
def test_instalments_grow_up_to_the_value(value: int, rate: int, factor: int, day: int) -> None:
    changes, month, last = [Change(D(2026, 5, day), value)], D(2026, 5, 1), 0
    for one in islice(totals(changes, [Terms(D(2026, 5, day), rate, DECLINING, factor)]), 120):
        assert one.month == month
        assert last <= one.total <= value
        assert one.amount == one.total - last
        last, month = one.total, next_month(month)
