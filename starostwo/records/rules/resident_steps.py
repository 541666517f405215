"""The six plain steps by which a resident follows his case.

Law: k.p.a. art. 9 (the office informs the parties), art. 64 par. 2 (a call halts the case at the party),
art. 104 and 217 (what settles a case), art. 109 and 110 (service ends the way of a decision).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class StepName(StrEnum):
    """Where a case can be, in its order."""

    RECEIVED = "RECEIVED"
    ASSIGNED = "ASSIGNED"
    IN_PROGRESS = "IN_PROGRESS"
    WAITS_FOR_YOU = "WAITS_FOR_YOU"
    SETTLED = "SETTLED"
    SERVED = "SERVED"


LABELS = {
    StepName.RECEIVED: "otrzymane",
    StepName.ASSIGNED: "przydzielone",
    StepName.IN_PROGRESS: "w toku",
    StepName.WAITS_FOR_YOU: "czeka na Ciebie",
    StepName.SETTLED: "rozstrzygnięte",
    StepName.SERVED: "doręczone",
}


@dataclass(frozen=True)
class Progress:
    """What happened so far and when; None is 'not yet'. A call counts until it is answered."""

    received_on: date
    assigned_on: date | None = None
    opened_on: date | None = None
    called_on: date | None = None
    is_call_open: bool = False
    settled_on: date | None = None
    served_on: date | None = None


@dataclass(frozen=True)
class PlainStep:
    """One of the six steps as it is shown."""

    name: StepName
    label: str
    on: date | None
    state: str

    @property
    def is_current(self) -> bool:
        return self.state == "current"


def current_step_name(progress: Progress) -> StepName:
    """Return the step at which the case stands."""
    if progress.settled_on is not None:
        return StepName.SERVED if progress.served_on is not None else StepName.SETTLED
    if progress.is_call_open:
        return StepName.WAITS_FOR_YOU
    if progress.opened_on is not None:
        return StepName.IN_PROGRESS
    return StepName.ASSIGNED if progress.assigned_on is not None else StepName.RECEIVED


def plain_steps(progress: Progress) -> list[PlainStep]:
    """Return the six steps, each done, current, still to come, or left out (a call that never was)."""
    now = current_step_name(progress)
    dates = {
        StepName.RECEIVED: progress.received_on,
        StepName.ASSIGNED: progress.assigned_on,
        StepName.IN_PROGRESS: progress.opened_on,
        StepName.WAITS_FOR_YOU: progress.called_on,
        StepName.SETTLED: progress.settled_on,
        StepName.SERVED: progress.served_on if progress.settled_on else None,
    }
    return [PlainStep(name, LABELS[name], dates[name], _state(name, now, dates[name])) for name in StepName]


def _state(name: StepName, now: StepName, on: date | None) -> str:
    order = list(StepName)
    if name is now:
        return "current"
    if name is StepName.WAITS_FOR_YOU:
        return "done" if on is not None else "skipped" if order.index(now) > order.index(name) else "to_come"
    return "done" if order.index(name) < order.index(now) else "to_come"
