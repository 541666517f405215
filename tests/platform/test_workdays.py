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

    assert workdays.is_working_day(found)
    assert not any(
        workdays.is_working_day(date.fromordinal(n)) for n in range(day.toordinal(), found.toordinal())
    )
