"""Which claims are reminded of, how, and when again; what a reminder costs.

Law: u.p.e.a. art. 15 par. 1 (reminder of public claims, once, 7 days), k.c. art. 455 (call to pay), art. 481
(interest), all from memory. The cost is dated data.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from starostwo.platform.dated import Dated, Row
from starostwo.treasury.rules.interest import Kind as Interest


class Kind(StrEnum):
    """How a debtor is reminded."""

    REMINDER = "REMINDER"  # upomnienie: opens the way to enforcement
    CALL = "CALL"  # wezwanie do zapłaty: civil claims
    NOTE = "NOTE"  # nota odsetkowa: assesses interest


COST = Dated(
    [
        Row(date(2015, 9, 17), 11_60, "rozp. MF 11.09.2015 w sprawie kosztów upomnienia, z pamięci"),
        Row(date(2021, 2, 20), 16_00, "rozp. MFFiPR 11.01.2021 w sprawie kosztów upomnienia, z pamięci"),
    ]
)
AGAIN_AFTER = {Kind.CALL: timedelta(days=30), Kind.NOTE: timedelta(days=90)}
DAYS_TO_PAY = {Kind.REMINDER: 7, Kind.CALL: 14, Kind.NOTE: 14}
OF_INTEREST = {
    Kind.REMINDER: (Interest.TAX,),
    Kind.CALL: (Interest.DELAY, Interest.COMMERCE, Interest.NONE),
    Kind.NOTE: (Interest.DELAY, Interest.COMMERCE),
}
NOT_REMINDED = {Kind.REMINDER: ("COSTS",), Kind.CALL: ("COSTS",), Kind.NOTE: ("COSTS", "INTEREST")}


def may_again(kind: Kind, last_on: date | None, today: date) -> bool:
    """Whether a claim may be reminded of: a reminder comes once, a call or a note again after some time."""
    if last_on is None:
        return True
    wait = AGAIN_AFTER.get(kind)
    return wait is not None and last_on + wait <= today


@dataclass(frozen=True)
class Listed:
    """One claim in a letter, in words and grosze."""

    document: str
    text: str
    due_on: date
    left: int
    interest: int


@dataclass(frozen=True)
class Sums:
    """What a letter asks for in all."""

    left: int
    interest: int
    cost: int

    @property
    def total(self) -> int:
        """Principal, interest and cost."""
        return self.left + self.interest + self.cost


def sums(kind: Kind, rows: Sequence[Listed], day: date) -> Sums:
    """The sums of a letter; a note asks for interest alone, only a reminder costs."""
    left = 0 if kind is Kind.NOTE else sum(row.left for row in rows)
    cost = COST.on(day) if kind is Kind.REMINDER else 0
    return Sums(left, sum(row.interest for row in rows), cost)
