"""In which state a due stands, by its sums alone, and from which state it may go to which.

Money that came is never unsaid: whatever happens around it, a due that holds more than is owed says so.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a due stands."""

    DUE = "DUE"
    PENDING = "PENDING"
    PAID = "PAID"
    TO_GIVE_BACK = "TO_GIVE_BACK"
    WAIVED = "WAIVED"
    WITHDRAWN = "WITHDRAWN"


class Lifted(StrEnum):
    """Why nothing is owed any more: a person let it go, or the application was given up."""

    NO = ""
    WAIVED = "WAIVED"
    WITHDRAWN = "WITHDRAWN"


MOVES = frozenset(
    {
        (State.DUE, State.PENDING),  # a try at the gateway begins
        (State.PENDING, State.DUE),  # it was given up, or it failed
        (State.DUE, State.PAID),
        (State.PENDING, State.PAID),
        (State.DUE, State.TO_GIVE_BACK),  # more came than is owed
        (State.PENDING, State.TO_GIVE_BACK),
        (State.PAID, State.TO_GIVE_BACK),  # a second payment, or what was paid is no longer owed
        (State.TO_GIVE_BACK, State.PAID),  # the surplus was given back
        (State.TO_GIVE_BACK, State.WAIVED),
        (State.TO_GIVE_BACK, State.WITHDRAWN),
        (State.DUE, State.WAIVED),
        (State.PENDING, State.WAIVED),
        (State.DUE, State.WITHDRAWN),
        (State.PENDING, State.WITHDRAWN),
        (State.WAIVED, State.TO_GIVE_BACK),  # money came late
        (State.WITHDRAWN, State.TO_GIVE_BACK),
        (State.PAID, State.PENDING),
        (State.TO_GIVE_BACK, State.PENDING),
        (State.PAID, State.DUE),  # filed on a day of a higher rate
        (State.TO_GIVE_BACK, State.DUE),
        (State.WITHDRAWN, State.DUE),  # asked for again
        (State.WITHDRAWN, State.PAID),
    }
)


@dataclass(frozen=True)
class Sums:
    """What is owed, what came, what went back, and whether a try at the gateway is under way."""

    amount: int
    received: int = 0
    given_back: int = 0
    lifted: Lifted = Lifted.NO
    is_under_way: bool = False

    @property
    def owed(self) -> int:
        """What the office asks for."""
        return 0 if self.lifted else self.amount

    @property
    def held(self) -> int:
        """What the office has of it."""
        return self.received - self.given_back

    @property
    def missing(self) -> int:
        """What is still to be paid."""
        return max(0, self.owed - self.held)

    @property
    def surplus(self) -> int:
        """What is to be given back."""
        return max(0, self.held - self.owed)


def state_of(sums: Sums) -> State:
    """Return the state that the sums make."""
    if sums.surplus:
        return State.TO_GIVE_BACK
    if sums.lifted:
        return State(sums.lifted)
    if not sums.missing:
        return State.PAID
    return State.PENDING if sums.is_under_way else State.DUE


class Said(StrEnum):
    """What a gateway says of a try."""

    PAID = "PAID"
    CANCELLED = "CANCELLED"
    FAILED = "FAILED"
    BEGUN = "BEGUN"


TRY_MOVES = frozenset(
    {
        (Said.BEGUN, Said.PAID),
        (Said.BEGUN, Said.CANCELLED),
        (Said.BEGUN, Said.FAILED),
        (Said.CANCELLED, Said.PAID),  # late money is money
        (Said.FAILED, Said.PAID),
    }
)


def after(stands: Said, said: Said) -> Said:
    """Return where a try stands after a report, whatever the order: paid stays paid, over stays over."""
    return said if (stands, said) in TRY_MOVES else stands
