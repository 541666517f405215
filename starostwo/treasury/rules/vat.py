"""Registers of VAT: which mark a row has, how much of the input tax of a unit is deducted.

Law: ustawa o VAT art. 86 ust. 2a (pre-proportion), art. 90 ust. 3 (proportion), art. 109 ust. 3.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

KSEF, OFFLINE, OUTSIDE, OTHER = "NrKSeF", "OFF", "BFK", "DI"  # from memory of JPK_V7M(3)


@dataclass(frozen=True)
class Row:
    """One document in a register; amounts in grosze."""

    unit: int
    party_nip: str
    party_name: str
    number: str
    issued_on: date
    on: date
    rates: Mapping[str, tuple[int, int]]
    mark: str
    ksef_number: str = ""
    link: str = ""

    @property
    def net(self) -> int:
        """Without tax."""
        return sum(net for net, _ in self.rates.values())

    @property
    def tax(self) -> int:
        """The tax."""
        return sum(tax for _, tax in self.rates.values())


def mark(*, ksef_number: str, is_offline: bool = False, is_invoice: bool = True) -> str:
    """How the row names its document: by its number in KSeF, or why it has none."""
    if ksef_number:
        return KSEF
    if is_offline:
        return OFFLINE
    return OUTSIDE if is_invoice else OTHER


def deducted(tax: int, *, pre: int | None, proportion: int | None) -> int:
    """What is left of input tax after both shares, in whole grosze; without a share nothing is cut."""
    left = Decimal(tax)
    for share in (pre, proportion):
        if share is not None:
            left = (left * share / 100).to_integral_value(ROUND_HALF_UP)
    return int(left)
