"""Working days and days off by law.

Law: act of 18 January 1951 on days off work (Dz.U. 2020 poz. 1920; 24 December added from 2025 by
Dz.U. 2024 poz. 1965). The list rests on memory of the act and is marked so.
"""

from datetime import date, timedelta
from functools import cache

SOURCE = "ustawa z 18.01.1951 o dniach wolnych od pracy"
VERIFIED = False

SATURDAY = 5
SUNDAY = 6
FIXED = ((1, 1), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26))
EPIPHANY_SINCE = 2011
CHRISTMAS_EVE_SINCE = 2025


@cache
def days_off(year: int) -> frozenset[date]:
    """Return the days off of the year that the act names, Sundays as such not among them."""
    days = {date(year, month, day) for month, day in FIXED}
    if year >= EPIPHANY_SINCE:
        days.add(date(year, 1, 6))
    if year >= CHRISTMAS_EVE_SINCE:
        days.add(date(year, 12, 24))
    easter = easter_sunday(year)
    days |= {easter + timedelta(days=after) for after in (0, 1, 49, 60)}
    return frozenset(days)


def easter_sunday(year: int) -> date:
    """Return Easter Sunday by the Gregorian computus."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    epact -= (epact // 28) * (1 - (epact // 28) * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    offset = epact - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))


def is_day_off(day: date) -> bool:
    """Whether the day is a Sunday or a day off by the act; a Saturday is not one."""
    return day.weekday() == SUNDAY or day in days_off(day.year)


def is_working_day(day: date) -> bool:
    """Whether the office works: neither a day off nor a Saturday."""
    return day.weekday() != SATURDAY and not is_day_off(day)


def next_working_day(day: date) -> date:
    """Return the day itself when it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
