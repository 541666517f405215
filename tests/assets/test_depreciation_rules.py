"""Straight-line depreciation as a table: from the next month, to the grosz, never above the value."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starostwo.assets.rules import kinds
from starostwo.assets.rules.depreciation import Change, by_year, counts_from, due, next_month, plan, share

D = date
OPENING = Change(D(2026, 1, 1), 12_000_00)


@pytest.mark.law("u.p.d.o.p. art. 16h ust. 1 pkt 1")
@pytest.mark.parametrize(
    ("on", "is_opening", "taken_on", "since", "why"),
    [
        (D(2026, 3, 31), False, D(2026, 3, 31), D(2026, 4, 1), "the month after taking into use"),
        (D(2026, 3, 1), False, D(2026, 3, 1), D(2026, 4, 1), "the same from the first day of a month"),
        (D(2026, 12, 15), False, D(2026, 12, 15), D(2027, 1, 1), "over the turn of the year"),
        (D(2026, 1, 1), True, D(2020, 5, 7), D(2026, 1, 1), "an opening balance counts its own month"),
        (D(2026, 1, 1), True, D(2025, 12, 7), D(2026, 1, 1), "in use since last month"),
    ],
)
def test_the_first_month(on: date, is_opening: bool, taken_on: date, since: date, why: str) -> None:
    assert counts_from(on, is_opening=is_opening, taken_on=taken_on) == since, why


@pytest.mark.law("u.p.d.o.p. art. 16i ust. 1")
@pytest.mark.parametrize(
    ("changes", "rate", "through", "total", "why"),
    [
        ([], 2000, D(2026, 12, 31), 0, "nothing is written off of nothing"),
        ([OPENING], 2000, D(2025, 12, 31), 0, "not begun"),
        ([OPENING], 2000, D(2026, 1, 31), 200_00, "12 000 at 20 % a year is 200 a month"),
        ([OPENING], 2000, D(2026, 12, 31), 2_400_00, "a year"),
        ([OPENING], 2000, D(2030, 12, 31), 12_000_00, "five years"),
        ([OPENING], 2000, D(2040, 12, 31), 12_000_00, "never above the value"),
        ([Change(D(2026, 1, 1), 1_000_01)], 3000, D(2026, 1, 31), 25_00, "rounded to the grosz"),
        ([Change(D(2026, 1, 1), 100)], 250, D(2026, 12, 31), 3, "2,5 grosza is three"),
        ([OPENING, Change(D(2026, 7, 1), 6_000_00)], 2000, D(2026, 7, 31), 1_500_00, "improved: 300 a month"),
        ([OPENING, Change(D(2026, 7, 1), -6_000_00, -600_00)], 2000, D(2026, 7, 31), 700_00, "half is gone"),
        ([Change(D(2026, 1, 1), 12_000_00, 11_900_00)], 2000, D(2026, 2, 28), 12_000_00, "the rest of it"),
        ([OPENING, Change(D(2033, 1, 1), 1_200_00)], 2000, D(2033, 1, 31), 12_220_00,
         "an improvement long after the end is begun anew"),
        ([OPENING, Change(D(2026, 4, 1), -12_000_00, -600_00)], 2000, D(2027, 1, 31), 0, "all of it is gone"),
    ],
)  # fmt: skip
def test_what_is_written_off(changes: list[Change], rate: int, through: date, total: int, why: str) -> None:
    assert due(changes, rate=rate, through=through) == total, why


def test_a_plan_ends_with_the_value() -> None:
    instalments = plan([OPENING], rate=2000, since=D(2026, 1, 1))
    assert (len(instalments), instalments[-1].total) == (60, 12_000_00)
    assert by_year(instalments)[:2] == [(2026, 2_400_00, 2_400_00), (2027, 2_400_00, 4_800_00)]


def test_a_plan_of_land_is_empty() -> None:
    assert plan([OPENING], rate=0, since=D(2026, 1, 1)) == []


@given(
    st.lists(st.tuples(st.integers(0, 240), st.integers(1, 10_000_000)), min_size=1, max_size=6),
    st.integers(1, 10_000),
)
def test_instalments_add_up_and_stay_within_the_value(events: list[tuple[int, int]], rate: int) -> None:
    changes = [Change(D(2010 + at // 12, at % 12 + 1, 1), value) for at, value in events]
    month, last = D(2010, 1, 1), 0
    for _ in range(300):
        total = due(changes, rate=rate, through=month)
        assert last <= total <= sum(one.value for one in changes if one.since <= month)
        last, month = total, next_month(month)


@pytest.mark.parametrize(
    ("amount", "part", "whole", "goes"),
    [(1000, 1, 2, 500), (1000, 1, 3, 333), (1001, 1, 2, 501), (0, 1, 2, 0), (5, 0, 0, 0)],
)
def test_the_share_of_a_part(amount: int, part: int, whole: int, goes: int) -> None:
    assert share(amount, part=part, whole=whole) == goes


@pytest.mark.law("u.p.d.o.p. art. 16f ust. 3")
@pytest.mark.parametrize(
    ("kind", "value", "rate", "method", "why"),
    [
        ("LOW", 10_000_00, 2000, "AT_ONCE", "up to the limit all at once"),
        ("LOW", 10_000_01, 2000, None, "above it it is a fixed asset"),
        ("FIXED", 10_000_01, 2000, "LINEAR", "above the limit by months"),
        ("FIXED", 5_000_00, 2000, "LINEAR", "below it the office may choose"),
        ("FIXED", 90_000_00, 0, "NEVER", "land is not depreciated"),
        ("INTANGIBLE", 900_00, 5000, "AT_ONCE", "a cheap licence"),
        ("INTANGIBLE", 90_000_00, 5000, "LINEAR", "a dear one"),
        ("QUANTITY", 50_00, 0, "NEVER", "counted in pieces"),
        ("FOREIGN", 90_000_00, 2000, "NEVER", "somebody else's"),
    ],
)
def test_how_a_kind_is_written_off(kind: str, value: int, rate: int, method: str | None, why: str) -> None:
    if method is None:
        with pytest.raises(kinds.DoesNotFit):
            kinds.method(kind, value=value, threshold=10_000_00, rate=rate)
    else:
        assert kinds.method(kind, value=value, threshold=10_000_00, rate=rate) == method, why


def test_a_number_names_register_year_and_place() -> None:
    assert kinds.inventory_number("LOW", 2026, 7) == "PST/2026/0007"
