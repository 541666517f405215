"""The states of a transfer order, and the two people who approve it.

Law: ufp art. 54 ust. 1 pkt 3 (the chief accountant's check of each operation).
"""

from enum import StrEnum


class State(StrEnum):
    """Where an order stands."""

    PROPOSED = "PROPOSED"
    APPROVED = "APPROVED"
    READY = "READY"
    EXPORTED = "EXPORTED"
    PAID = "PAID"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


MOVES: list[tuple[str, str]] = [
    (State.PROPOSED, State.APPROVED),
    (State.APPROVED, State.READY),
    (State.READY, State.EXPORTED),
    (State.EXPORTED, State.PAID),
    (State.EXPORTED, State.REFUSED),
    (State.PROPOSED, State.WITHDRAWN),
    (State.APPROVED, State.WITHDRAWN),
    (State.READY, State.WITHDRAWN),
]
LIVE = (State.PROPOSED, State.APPROVED, State.READY, State.EXPORTED)
MAY_WITHDRAW = (State.PROPOSED, State.APPROVED, State.READY)


class Role(StrEnum):
    """In which capacity a person approves."""

    CHIEF = "CHIEF"
    TREASURER = "TREASURER"


def next_role(
    roles: frozenset[Role], person: int, *, first_role: str, first_person: int | None, any_two: bool
) -> Role | None:
    """The capacity in which the person would approve now; None when somebody else has to.

    Nobody approves twice. Where both are wanted, the second approves in the capacity that the first did not.
    """
    if person == first_person:
        return None
    wanted = [role for role in Role if role in roles and (any_two or role != first_role)]
    return wanted[0] if wanted else None
