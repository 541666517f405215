"""Who accepts a document in which order, and what may happen to it in which state.

Law: instrukcja kancelaryjna par. 35-39: acceptance in one step or many, the final one is the signature of a
letter that leaves electronically; remarks stay in the file.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby


class DocumentState(StrEnum):
    """How far a document of the office has come."""

    DRAFT = "DRAFT"
    IN_ACCEPTANCE = "IN_ACCEPTANCE"
    RETURNED = "RETURNED"
    SIGNED = "SIGNED"


class Move(StrEnum):
    """What a person may do to a document."""

    EDIT = "EDIT"
    SUBMIT = "SUBMIT"
    WITHDRAW = "WITHDRAW"
    ACCEPT = "ACCEPT"
    RETURN = "RETURN"
    SIGN = "SIGN"


class NotInThisState(Exception):
    """The document is in a state in which this may not be done."""


MOVES: dict[DocumentState, dict[Move, DocumentState]] = {
    DocumentState.DRAFT: {Move.EDIT: DocumentState.DRAFT, Move.SUBMIT: DocumentState.IN_ACCEPTANCE},
    DocumentState.RETURNED: {Move.EDIT: DocumentState.RETURNED, Move.SUBMIT: DocumentState.IN_ACCEPTANCE},
    DocumentState.IN_ACCEPTANCE: {
        Move.WITHDRAW: DocumentState.DRAFT,
        Move.ACCEPT: DocumentState.IN_ACCEPTANCE,
        Move.RETURN: DocumentState.RETURNED,
        Move.SIGN: DocumentState.SIGNED,
    },
    DocumentState.SIGNED: {},
}
REFUSALS = {
    DocumentState.DRAFT: "Dokument jest projektem i nie został przekazany do akceptacji.",
    DocumentState.RETURNED: "Dokument został zwrócony do poprawy.",
    DocumentState.IN_ACCEPTANCE: "Dokument jest w akceptacji; prowadzący może go najpierw wycofać.",
    DocumentState.SIGNED: "Dokument jest podpisany i nie może się już zmienić.",
}


def after(state: DocumentState, move: Move) -> DocumentState:
    """Return the state that a move leads to, or refuse it."""
    moves = MOVES[state]
    if move not in moves:
        raise NotInThisState(REFUSALS[state])
    return moves[move]


@dataclass(frozen=True)
class Step:
    """One person's turn; the last step of a round is the signature."""

    order: int
    acceptor_id: int
    is_final: bool
    is_done: bool


def current_step(steps: Iterable[Step]) -> Step | None:
    """Return the first step that is not done."""
    waiting = (step for step in sorted(steps, key=lambda step: step.order) if not step.is_done)
    return next(waiting, None)


def plan(acceptors: Iterable[int]) -> list[Step]:
    """Return the steps for people in their order; nobody stands twice in a row, the last one signs."""
    people = [person for person, _ in groupby(acceptors)]
    return [
        Step(order=order, acceptor_id=person, is_final=order == len(people), is_done=False)
        for order, person in enumerate(people, start=1)
    ]
