"""Days off by the act and the counting of working days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starostwo.platform import workdays

DAYS = st.dates(date(2011, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2024, date(2024, 3, 31)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
        (2049, date(2049, 4, 18)),
    ],
)
def test_easter_sunday(year: int, day: date) -> None:
    assert workdays.easter_sunday(year) == day


@pytest.mark.law("ustawa z 18.01.1951 o dniach wolnych od pracy art. 1")
@pytest.mark.parametrize(
    ("day", "works", "why"),
    [
        (date(2026, 11, 11), False, "Independence Day, a Wednesday"),
        (date(2026, 12, 24), False, "Christmas Eve since 2025"),
        (date(2024, 12, 24), True, "Christmas Eve before 2025"),
        (date(2026, 4, 6), False, "Easter Monday"),
        (date(2026, 6, 4), False, "Corpus Christi"),
        (date(2026, 11, 21), False, "a Saturday"),
        (date(2026, 11, 22), False, "a Sunday"),
        (date(2026, 11, 23), True, "an ordinary Monday"),
        (date(2010, 1, 6), True, "Epiphany before 2011"),
    ],
)
def test_whether_the_office_works(day: date, works: bool, why: str) -> None:
    assert workdays.is_working_day(day) is works, why


def test_a_year_has_fourteen_days_off_since_2025() -> None:
    assert len(workdays.days_off(2026)) == 14


@given(DAYS)
def test_next_working_day_is_the_nearest(day: date) -> None:
    found = workdays.next_working_day(day)

    assert found >= day
    assert workdays.is_working_day(found)
    assert not any(
        workdays.is_working_day(date.fromordinal(n)) for n in range(day.toordinal(), found.toordinal())
    )


@pytest.mark.law("ustawa z 18.01.1951 o dniach wolnych od pracy art. 1")
@pytest.mark.parametrize(
    ("year", "more", "easter", "why"),
    [
        (2010, set(), ["4-4", "4-5", "5-23", "6-3"], "before Epiphany was added"),
        (2011, {"1-6"}, ["4-24", "4-25", "6-12", "6-23"], "the first year of Epiphany"),
        (2024, {"1-6"}, ["3-31", "4-1", "5-19", "5-30"], "the last year in which Christmas Eve was worked"),
        (2025, {"1-6", "12-24"}, ["4-20", "4-21", "6-8", "6-19"], "the first year of Christmas Eve off"),
    ],
)
def test_all_days_off_of_a_year(year: int, more: set[str], easter: list[str], why: str) -> None:
    always = {"1-1", "5-1", "5-3", "8-15", "11-1", "11-11", "12-25", "12-26"}
    found = {f"{day.month}-{day.day}" for day in workdays.days_off(year) if day.year == year}
    assert found == always | more | set(easter), why


def test_the_list_of_days_off_says_that_it_rests_on_memory() -> None:
    assert not workdays.VERIFIED


def test_easter_by_another_computus() -> None:
    """The anonymous algorithm of 1876 (Butcher, Meeus), for every year of the calendar."""
    for year in range(1583, 10_000):
        a, (b, c) = year % 19, divmod(year, 100)
        d, e = divmod(b, 4)
        h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
        i, k = divmod(c, 4)
        left = (32 + 2 * e + 2 * i - h - k) % 7
        m = (a + 11 * h + 22 * left) // 451
        month, day0 = divmod(h + left - 7 * m + 114, 31)
        assert workdays.easter_sunday(year) == date(year, month, day0 + 1)
