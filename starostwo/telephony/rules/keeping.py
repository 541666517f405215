"""How long a call record names the number of somebody outside, and how long it stands at all.

Law: RODO art. 5 ust. 1 lit. e: no longer than the purpose needs. No act sets the days for an office's own
exchange; the controller does, by a dated decision. What holds before the first decision is from memory.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

HIDDEN = 3
STARS = "*" * HIDDEN


@dataclass(frozen=True)
class Keeping:
    """Days after which numbers are masked and records deleted, from a day on."""

    since: date
    masked_after: int
    deleted_after: int
    reason: str


AT_FIRST = Keeping(date(2026, 1, 1), 90, 365, "wartość początkowa, z pamięci; nie sprawdzono z prawem")


def keeping_on(rows: Iterable[Keeping], day: date) -> Keeping:
    """The decision that holds on a day."""
    return max((row for row in rows if row.since <= day), key=lambda row: row.since, default=AT_FIRST)


def last_day(today: date, after: int) -> date:
    """The day of the youngest calls that are so old today."""
    return today - timedelta(days=after + 1)


def masked(number: str, own: Iterable[str] = ()) -> str:
    """The last three digits of a number outside are hidden; numbers of the county and inner ones stay."""
    if not number.startswith("+") or number in own or number.endswith(STARS):
        return number
    return number[:-HIDDEN] + STARS
