"""When a case must be settled, and which of its days count.

Law: k.p.a. art. 35 (terms; par. 5: what is not counted), art. 36 (a miss: notice with a new day),
art. 57 par. 1-4 (how a term is counted; its end moves past days off and Saturdays).
The wording of art. 35 par. 5 was read in part only, so each basis says whether it was checked.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from starostwo.platform.workdays import is_working_day

DAY = timedelta(days=1)
WARN_WORKING_DAYS = 3
LONGEST = 3660


class TermUnit(StrEnum):
    """What a term is counted in; a term in calendar days is no term of the code and may end on a day off."""

    DAY = "DAY"
    CALENDAR_DAY = "CALENDAR_DAY"
    WORKING_DAY = "WORKING_DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    AT_ONCE = "AT_ONCE"


@dataclass(frozen=True)
class Term:
    """How long a case may take, and the provision that says so."""

    amount: int
    unit: TermUnit
    law: str


class Basis(StrEnum):
    """Why days of a case are not counted."""

    STATUTORY = "STATUTORY"
    HYBRID = "HYBRID"
    SUSPENDED = "SUSPENDED"
    MEDIATION = "MEDIATION"
    PARTY = "PARTY"
    BEYOND = "BEYOND"


@dataclass(frozen=True)
class BasisText:
    """How a basis is shown, the provision, and since when it is the law."""

    label: str
    law: str
    since: date
    verified: bool


BASES = {
    Basis.STATUTORY: BasisText(
        "termin przewidziany w prawie dla czynności", "k.p.a. art. 35 par. 5", date(1980, 9, 1), True
    ),
    Basis.HYBRID: BasisText(
        "doręczanie publiczną usługą hybrydową", "k.p.a. art. 35 par. 5", date(2021, 10, 5), False
    ),
    Basis.SUSPENDED: BasisText(
        "zawieszenie postępowania", "k.p.a. art. 35 par. 5, art. 97-103", date(1980, 9, 1), True
    ),
    Basis.MEDIATION: BasisText("mediacja", "k.p.a. art. 35 par. 5, art. 96a", date(2017, 6, 1), False),
    Basis.PARTY: BasisText("opóźnienie z winy strony", "k.p.a. art. 35 par. 5", date(1980, 9, 1), True),
    Basis.BEYOND: BasisText(
        "przyczyna niezależna od organu", "k.p.a. art. 35 par. 5", date(1980, 9, 1), True
    ),
}


@dataclass(frozen=True)
class Excluded:
    """Days that do not count: from one day on, to the day when counting goes on (None: still open)."""

    basis: Basis
    from_on: date
    to_on: date | None
    evidence: str = ""

    def covers(self, day: date) -> bool:
        """Say if the day lies in the excluded time."""
        return self.from_on <= day and (self.to_on is None or day < self.to_on)


@dataclass(frozen=True)
class Clock:
    """All that decides the term of one case."""

    started_on: date
    term: Term
    excluded: tuple[Excluded, ...] = ()
    extended_to: tuple[date, ...] = ()
    settled_on: date | None = None


def settle_by(started_on: date, term: Term, excluded: Sequence[Excluded] = ()) -> date | None:
    """Return the last day that is still in time, None while an open exclusion holds the clock.

    Law: k.p.a. art. 35 par. 5: excluded days are added, art. 57 par. 4: the end is a working day.
    """
    target = days_to_count(started_on, term)
    counted = 0
    for day in days_after(started_on):
        if any(one.covers(day) for one in excluded):
            continue
        counted += counts(day, term)
        if counted >= target and may_end_on(day, term):
            return day
    return None


def due_on(clock: Clock) -> date | None:
    """Return the day that binds the office: the term by law or the later day of a notice.

    Law: k.p.a. art. 36 par. 1 (the notice names the new day).
    """
    by_law = settle_by(clock.started_on, clock.term, clock.excluded)
    return None if by_law is None else max([by_law, *clock.extended_to])


def warn_on(due: date) -> date:
    """Return the day from which a notice of delay must be thought of: three working days before."""
    day, left = due, WARN_WORKING_DAYS
    while left:
        day -= DAY
        left -= is_working_day(day)
    return day


class ExtensionTooShort(ValueError):
    """The new day does not lie after the day that binds now, or the clock stands."""


def check_extension(*, due: date | None, new_due: date) -> None:
    """Refuse a new day that is not later than the present one. Law: k.p.a. art. 36 par. 1."""
    if due is None or new_due <= due:
        raise ExtensionTooShort(f"{new_due:%d.%m.%Y}")


class NotAnExclusion(ValueError):
    """The excluded time ends before it begins, begins before the case, or its basis was not law then."""


def check_exclusion(one: Excluded, *, started_on: date) -> None:
    """Refuse an excluded time that cannot be. Law: k.p.a. art. 35 par. 5."""
    if one.to_on is not None and one.to_on <= one.from_on:
        raise NotAnExclusion("Koniec okresu musi być późniejszy niż jego początek.")
    if one.from_on < started_on:
        raise NotAnExclusion("Okres nie może zaczynać się przed wszczęciem sprawy.")
    if one.from_on < BASES[one.basis].since:
        raise NotAnExclusion("W tym dniu ta podstawa jeszcze nie obowiązywała.")


def days_to_count(started_on: date, term: Term) -> int:
    """Return how many days of the case must be counted until its term is over."""
    if term.unit is TermUnit.WORKING_DAY:
        return term.amount
    return (end_without_days_off(started_on, term) - started_on).days


def may_end_on(day: date, term: Term) -> bool:
    """Say if the term may end on the day. Law: k.p.a. art. 57 par. 4, which binds terms of the code."""
    return term.unit is TermUnit.CALENDAR_DAY or is_working_day(day)


def counts(day: date, term: Term) -> bool:
    """Say if a day that is not excluded counts: each does, unless the term is in working days."""
    return term.unit is not TermUnit.WORKING_DAY or is_working_day(day)


def end_without_days_off(started_on: date, term: Term) -> date:
    """Art. 57 par. 1-3: days after the event, the same weekday, the same day of the month or its last.

    A term in working days has no such end: `settle_by` counts its days.
    """
    if term.unit is TermUnit.MONTH:
        year, month0 = divmod(started_on.year * 12 + started_on.month - 1 + term.amount, 12)
        return date(year, month0 + 1, min(started_on.day, monthrange(year, month0 + 1)[1]))
    # 'At once' has no day in the law; the first working day after is what the office aims at.
    days = {TermUnit.WEEK: 7 * term.amount, TermUnit.AT_ONCE: 1}.get(term.unit, term.amount)
    return started_on + timedelta(days=days)


def days_after(day: date) -> Iterator[date]:
    """Yield the days after the day, as far as any case may last."""
    return (day + timedelta(days=n) for n in range(1, LONGEST))
