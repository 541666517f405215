"""When a contract brings a claim: the periods of a year, their terms, the amount that holds on their day.

Law: u.g.n. art. 71 ust. 4 (perpetual usufruct: by 31 March, nothing for the year of its establishment),
k.c. art. 669 (rent by the tenth day of the month), both from memory.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Rhythm(StrEnum):
    """How often it is due."""

    YEAR = "YEAR"
    MONTH = "MONTH"


@dataclass(frozen=True)
class Period:
    """One period: its name (2026 or 2026-03), its first day and the term of payment."""

    name: str
    first: date
    due_on: date


@dataclass(frozen=True)
class Terms:
    """What a contract says of its periods."""

    rhythm: Rhythm
    due_month: int | None
    due_day: int
    starts_on: date
    ends_on: date | None
    is_usufruct: bool = False


def period_of(terms: Terms, year: int, month: int | None = None) -> Period | None:
    """The period of the year, or of its month; None when the contract does not bring it."""
    if terms.rhythm is Rhythm.YEAR:
        return None if month is not None else _year(terms, year)
    if month is None:
        return None
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    if terms.starts_on > last or (terms.ends_on is not None and terms.ends_on < first):
        return None
    return Period(f"{year}-{month:02d}", first, _day(year, month, terms.due_day))


def _year(terms: Terms, year: int) -> Period | None:
    begins = terms.starts_on.year + (1 if terms.is_usufruct else 0)
    if year < begins or (terms.ends_on is not None and terms.ends_on < date(year, 1, 1)):
        return None
    return Period(str(year), date(year, 1, 1), _day(year, terms.due_month or 12, terms.due_day))


def _day(year: int, month: int, day: int) -> date:
    """That day, or the last one of a shorter month."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def amount_on(rates: Sequence[tuple[date, int]], day: date) -> int | None:
    """The amount that holds on a day: the latest rate that began by then, else the first of that year."""
    begun = [(since, amount) for since, amount in sorted(rates) if since <= day]
    if begun:
        return begun[-1][1]
    sooner = sorted(rate for rate in rates if rate[0].year == day.year)
    return sooner[0][1] if sooner else None
