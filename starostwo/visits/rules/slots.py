"""Which times of a day are free: from opening hours, what is taken, and how long the visit lasts.

Everything is counted in UTC, so that a day on which the clocks change has no lost and no doubled minute.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")


@dataclass(frozen=True)
class Span:
    """A piece of time between two aware moments, the second one not in it."""

    starts_at: datetime
    ends_at: datetime

    def meets(self, other: "Span") -> bool:
        """Tell whether the two have a moment in common."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def opening(day: date, opens: time, closes: time) -> Span:
    """Return the hours of a day, given as the clock on the wall shows them, as moments."""
    first, last = (datetime.combine(day, hour, tzinfo=WARSAW).astimezone(UTC) for hour in (opens, closes))
    return Span(first, last)


def free_starts(
    hours: Iterable[Span], taken: Sequence[Span], *, minutes: int, grid: int, not_before: datetime
) -> list[datetime]:
    """Return when a visit of so many minutes can start: in the hours, on the grid, beside what is taken."""
    found = []
    for span in hours:
        start = span.starts_at
        while (wanted := Span(start, start + timedelta(minutes=minutes))).ends_at <= span.ends_at:
            if start >= not_before and not any(wanted.meets(each) for each in taken):
                found.append(start)
            start += timedelta(minutes=grid)
    return found


def nearest(free: Iterable[datetime], wanted: datetime, *, count: int) -> list[datetime]:
    """Return the free times that lie nearest to the wanted one, in the order of time."""
    return sorted(sorted(free, key=lambda start: (abs(start - wanted), start))[:count])
