"""Deposits that the office keeps for others: what is owed back, interest of the account, when it is returned.

Law: Pzp art. 98 ust. 1 and 4 (bid bonds: 7 days, with interest of the account less its costs), art. 453
ust. 1 (performance), both from memory.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from starostwo.platform.dated import Dated, Row

BASIS_POINTS, DAYS_A_YEAR = 10_000, 365


class Kind(StrEnum):
    """For what money is kept."""

    BID_BOND = "BID_BOND"
    PERFORMANCE = "PERFORMANCE"
    AUCTION = "AUCTION"
    OTHER = "OTHER"


RETURN_WITHIN = {
    Kind.BID_BOND: Dated([Row(date(2021, 1, 1), 7, "Pzp art. 98 ust. 1, z pamięci")]),
    Kind.PERFORMANCE: Dated([Row(date(2021, 1, 1), 30, "Pzp art. 453 ust. 1, z pamięci")]),
    Kind.AUCTION: Dated([Row(date(2004, 10, 1), 3, "rozp. RM 14.09.2004 par. 4 ust. 7, z pamięci")]),
}


def return_by(kind: Kind, ended_on: date) -> date | None:
    """The day by which a deposit goes back after what it secured has ended; None where no act says."""
    rows = RETURN_WITHIN.get(kind)
    return ended_on + timedelta(days=rows.on(ended_on)) if rows else None


@dataclass(frozen=True)
class Kept:
    """Money kept from a day to a day, at the rate of its account in hundredths of a percent."""

    amount: int
    since: date
    until: date
    rate: int


def interest(kept: Kept, cost: int = 0) -> int:
    """What the account bore, less the costs of keeping and of the transfer; never below nothing."""
    days = max(0, (kept.until - kept.since).days)
    borne = (2 * kept.amount * kept.rate * days + BASIS_POINTS * DAYS_A_YEAR) // (
        2 * BASIS_POINTS * DAYS_A_YEAR
    )
    return max(0, borne - cost)
