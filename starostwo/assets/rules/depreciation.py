"""Straight-line depreciation: by months, to the grosz, never above the value.

Law: u.p.d.o.p. art. 16h ust. 1 pkt 1 (from the month after taking into use), art. 16f ust. 3 (small values at
once), art. 16i ust. 1 (rates of the annex). From memory, to be checked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MONTHS = 12
PERCENT = 100  # a rate is kept in hundredths of a per cent: 2,5 % is 250
FAR = date(2500, 1, 1)
PARTS = MONTHS * PERCENT * PERCENT  # of a grosz, in which instalments are added up without loss


@dataclass(frozen=True)
class Change:
    """What a document other than depreciation did to the value and to what is written off."""

    since: date  # the first day of the month from which the value is depreciated
    value: int
    written_off: int = 0


@dataclass(frozen=True)
class Instalment:
    """What is written off in a month, and all that is written off at its end."""

    month: date
    amount: int
    total: int


def next_month(day: date) -> date:
    """The first day of the month after the day."""
    return date(day.year + day.month // MONTHS, day.month % MONTHS + 1, 1)


def counts_from(on: date, *, is_opening: bool, taken_on: date, is_exact: bool = False) -> date:
    """The day from which a change of the value is depreciated: the first of the month after it.

    An opening balance says how things stood before its day, so its own month counts, once in use.
    Where the exact day was chosen, it counts from that day on.
    Law: u.p.d.o.p. art. 16h ust. 1 pkt 1; u.o.r. art. 32 ust. 1 (not before it is taken into use).
    """
    if is_exact:
        return on
    return max(on.replace(day=1), next_month(taken_on)) if is_opening else next_month(on)


def due(changes: Sequence[Change], *, rate: int, through: date) -> int:
    """All that is written off at the end of the month of `through`."""
    end = next_month(through)
    value = base = opening = grown = 0
    since: date | None = None
    for change in sorted(changes, key=lambda one: one.since):
        if change.since >= end:
            break
        if since is not None:
            grown = _grown(grown, base, rate, _months(since, change.since), value - opening)
        since = change.since
        value, base = value + change.value, base + change.value
        opening += change.written_off
    if since is None:
        return 0
    grown = _grown(grown, base, rate, _months(since, end), value - opening)
    return min(value, opening + (grown + PARTS // 2) // PARTS)


def _grown(grown: int, base: int, rate: int, months: int, left: int) -> int:
    return max(0, min(grown + base * rate * months, left * PARTS))


def _months(since: date, until: date) -> int:
    return (until.year - since.year) * MONTHS + until.month - since.month


def plan(changes: Sequence[Change], *, rate: int, since: date, most: int = 50 * MONTHS) -> list[Instalment]:
    """The instalments from the month of `since` until everything is written off."""
    last = due(changes, rate=rate, through=month_before(since))
    goal = due(changes, rate=rate, through=FAR)
    found: list[Instalment] = []
    month = since.replace(day=1)
    while last != goal and len(found) < most:
        total = due(changes, rate=rate, through=month)
        found.append(Instalment(month, total - last, total))
        last, month = total, next_month(month)
    return found


def month_before(day: date) -> date:
    """The first day of the month before the day."""
    return date(day.year - (day.month == 1), (day.month - 2) % MONTHS + 1, 1)


def share(amount: int, *, part: int, whole: int) -> int:
    """What of an amount goes with a part of the whole, to the grosz."""
    return (2 * amount * part + whole) // (2 * whole) if whole else 0


def by_year(instalments: Sequence[Instalment]) -> list[tuple[int, int, int]]:
    """The year, what is written off in it, all at its end."""
    years: dict[int, tuple[int, int]] = {}
    for one in instalments:
        amount, _ = years.get(one.month.year, (0, 0))
        years[one.month.year] = (amount + one.amount, one.total)
    return [(year, *sums) for year, sums in years.items()]
