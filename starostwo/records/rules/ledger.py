"""The ledger of a case: each of its days counted or not, with the provision that says so.

Law: k.p.a. art. 35 par. 5 (days that do not count), art. 36 (extended), art. 57 par. 1 and 4;
for requests for public information the act on access to it, art. 13-15.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from starostwo.records.rules.clock import (
    BASES,
    Clock,
    Term,
    TermUnit,
    counts,
    days_after,
    days_to_count,
    due_on,
    settle_by,
)


@dataclass(frozen=True)
class Provisions:
    """By which law a day is the first one, lies in an extended term, or is late."""

    start: str
    extended: str
    late: str


CODE = Provisions("k.p.a. art. 57 par. 1", "k.p.a. art. 36 par. 1", "k.p.a. art. 36 par. 1")
INFORMATION = Provisions(
    "ustawa o dostępie do informacji publicznej art. 13 ust. 1",
    "ustawa o dostępie do informacji publicznej art. 13 ust. 2, art. 14 ust. 2, art. 15 ust. 2",
    "ustawa o dostępie do informacji publicznej art. 13 ust. 1",
)


class DayKind(StrEnum):
    """What a day of the case is to its term."""

    START = "START"
    COUNTED = "COUNTED"
    EXCLUDED = "EXCLUDED"
    DAY_OFF = "DAY_OFF"
    MOVED = "MOVED"
    EXTENDED = "EXTENDED"
    LATE = "LATE"


@dataclass(frozen=True)
class LedgerDay:
    """One day of the case and why it counts or not."""

    day: date
    kind: DayKind
    law: str
    why: str


@dataclass(frozen=True)
class Span:
    """Days in a row with the same meaning, the last one included."""

    first: date
    last: date
    kind: DayKind
    law: str
    why: str

    @property
    def length(self) -> int:
        """How many days the span has."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Ledger:
    """The days of a case, its term by law, and the day that binds now."""

    days: tuple[LedgerDay, ...]
    statutory_on: date | None
    due_on: date | None
    counted: int
    not_counted: int
    late: int

    @property
    def spans(self) -> list[Span]:
        """The same days joined into spans, as they are drawn."""
        groups = groupby(self.days, key=lambda one: (one.kind, one.law, one.why))
        return [_span(list(days)) for _, days in groups]


def ledger(clock: Clock, *, today: date) -> Ledger:
    """Return each day of the case up to its end: settled, due, or today, whichever is the last."""
    by_law, due = settle_by(clock.started_on, clock.term, clock.excluded), due_on(clock)
    last = clock.settled_on or max(day for day in (today, due, clock.started_on) if day)
    target = days_to_count(clock.started_on, clock.term)
    days = tuple(_walk(clock, by_law=by_law, due=due, last=last, target=target))
    amount = {kind: sum(one.kind == kind for one in days) for kind in DayKind}
    return Ledger(
        days=days,
        statutory_on=by_law,
        due_on=due,
        counted=amount[DayKind.COUNTED],
        not_counted=amount[DayKind.EXCLUDED],
        late=amount[DayKind.LATE],
    )


def _walk(
    clock: Clock, *, by_law: date | None, due: date | None, last: date, target: int
) -> Iterator[LedgerDay]:
    laws = _provisions(clock.term)
    yield LedgerDay(clock.started_on, DayKind.START, laws.start, "dzień wszczęcia nie jest liczony")
    counted = 0
    for day in days_after(clock.started_on):
        if day > last:
            return
        cover = next((one for one in clock.excluded if one.covers(day)), None)
        if cover is not None and (by_law is None or day < by_law):
            text = BASES[cover.basis]
            yield LedgerDay(day, DayKind.EXCLUDED, text.law, text.label)
        elif counted < target and not counts(day, clock.term):
            yield LedgerDay(day, DayKind.DAY_OFF, clock.term.law, "dzień wolny: termin w dniach roboczych")
        elif counted < target:
            counted += 1
            yield LedgerDay(day, DayKind.COUNTED, clock.term.law, "dzień liczony")
        else:
            yield _after_the_term(day, by_law=by_law, due=due, laws=laws)


def _provisions(term: Term) -> Provisions:
    return INFORMATION if term.unit is TermUnit.CALENDAR_DAY else CODE


def _after_the_term(day: date, *, by_law: date | None, due: date | None, laws: Provisions) -> LedgerDay:
    if by_law is None or day <= by_law:
        return LedgerDay(
            day, DayKind.MOVED, "k.p.a. art. 57 par. 4", "koniec terminu przesunięty na dzień roboczy"
        )
    if due is not None and day <= due:
        return LedgerDay(day, DayKind.EXTENDED, laws.extended, "nowy termin z zawiadomienia")
    return LedgerDay(day, DayKind.LATE, laws.late, "po terminie")


def _span(days: Sequence[LedgerDay]) -> Span:
    first = days[0]
    return Span(first=first.day, last=days[-1].day, kind=first.kind, law=first.law, why=first.why)
