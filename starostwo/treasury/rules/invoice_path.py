"""The way of a purchase invoice: received, checked twice, approved, posted; each step may send it back.

Law: ufp art. 54 ust. 1 pkt 3 (prior control by the chief accountant);
u.o.r. art. 21 ust. 1 pkt 6 (a voucher is checked before it is posted).
"""

from enum import StrEnum


class State(StrEnum):
    """Where an invoice stands."""

    QUEUE = "QUEUE"
    BROKEN = "BROKEN"
    NEW = "NEW"
    SUBSTANCE = "SUBSTANCE"
    FORMAL = "FORMAL"
    CHIEF = "CHIEF"
    APPROVED = "APPROVED"
    POSTED = "POSTED"
    REJECTED = "REJECTED"


ACCEPTED = {State.SUBSTANCE: State.FORMAL, State.FORMAL: State.CHIEF, State.CHIEF: State.APPROVED}
RETURNED = {
    State.SUBSTANCE: State.NEW,
    State.FORMAL: State.SUBSTANCE,
    State.CHIEF: State.FORMAL,
    State.APPROVED: State.CHIEF,
}
OPEN = (State.QUEUE, State.BROKEN, State.NEW, State.SUBSTANCE, State.FORMAL, State.CHIEF)
MOVES = frozenset(
    {(before.value, after.value) for before, after in {*ACCEPTED.items(), *RETURNED.items()}}
    | {(State.QUEUE.value, State.NEW.value), (State.NEW.value, State.QUEUE.value)}
    | {(State.NEW.value, State.SUBSTANCE.value), (State.APPROVED.value, State.POSTED.value)}
    | {(state.value, State.REJECTED.value) for state in OPEN}
)


def after_accepting(state: str) -> State | None:
    """Where an accepted invoice goes; None where nothing is accepted."""
    return ACCEPTED.get(State(state))


def after_returning(state: str) -> State | None:
    """Where a returned invoice goes back to; None where nothing is returned."""
    return RETURNED.get(State(state))


def needs_another_person(state: str, *, formal_by: str, asks: str) -> bool:
    """The chief accountant does not approve what he checked himself (four eyes)."""
    return State(state) is State.CHIEF and formal_by == asks
