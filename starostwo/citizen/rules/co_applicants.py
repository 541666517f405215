"""Who applies together with a resident: the states of each from being named to a signature.

Law: k.p.a. art. 62 (several parties in one case), art. 63 par. 3 (an application is signed by who files it).
"""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

LINK_LASTS = timedelta(days=14)


class State(StrEnum):
    """How far a co-applicant has come."""

    NAMED = "NAMED"
    INVITED = "INVITED"
    TO_ACCEPT = "TO_ACCEPT"
    SIGNED = "SIGNED"
    REFUSED = "REFUSED"


STATE_LABELS = {
    State.NAMED: "jeszcze nie zaproszono",
    State.INVITED: "zaproszono, czekamy na podpis",
    State.TO_ACCEPT: "podpisano, potwierdź, że to ta osoba",
    State.SIGNED: "podpisano",
    State.REFUSED: "odmowa podpisu",
}


class Move(StrEnum):
    """What can happen to a co-applicant."""

    INVITE = "INVITE"
    WITHDRAW = "WITHDRAW"
    SIGN_KNOWN = "SIGN_KNOWN"
    SIGN_UNKNOWN = "SIGN_UNKNOWN"
    ACCEPT = "ACCEPT"
    REJECT = "REJECT"
    REFUSE = "REFUSE"
    CANCEL = "CANCEL"


class CannotMove(Exception):
    """This cannot happen to a co-applicant in his state."""


MOVES = {
    (State.NAMED, Move.INVITE): State.INVITED,
    (State.INVITED, Move.INVITE): State.INVITED,
    (State.REFUSED, Move.INVITE): State.INVITED,
    (State.INVITED, Move.WITHDRAW): State.NAMED,
    (State.INVITED, Move.SIGN_KNOWN): State.SIGNED,
    (State.INVITED, Move.SIGN_UNKNOWN): State.TO_ACCEPT,
    (State.INVITED, Move.REFUSE): State.REFUSED,
    (State.TO_ACCEPT, Move.ACCEPT): State.SIGNED,
    (State.TO_ACCEPT, Move.REJECT): State.NAMED,
    **{(state, Move.CANCEL): State.NAMED for state in State},
}


def after(state: State, move: Move) -> State:
    """Return the state after the move; refuse a move that cannot happen."""
    if (state, move) not in MOVES:
        raise CannotMove(f"{state} {move}")
    return MOVES[state, move]


def may_send(states: Iterable[State]) -> bool:
    """Say if the application may be sent: everybody has signed."""
    return all(state is State.SIGNED for state in states)


class WrongPerson(Exception):
    """The invitation names somebody else."""


def signing_move(*, named_pesel: str, own_pesel: str, is_applicant: bool) -> Move:
    """Return how a signature counts by who gives it: known by his PESEL, else to be accepted.

    The applicant signs as himself, never as one who applies with him.
    """
    if is_applicant or (named_pesel and named_pesel != own_pesel):
        raise WrongPerson
    return Move.SIGN_KNOWN if named_pesel else Move.SIGN_UNKNOWN
