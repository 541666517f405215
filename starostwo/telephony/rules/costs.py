"""What a call costs, and what a free call would have cost. Amounts in 1/100 grosza.

An operator counts begun seconds, the price is that of a minute, what is left of 1/100 grosza counts whole;
the beginning of a call is added once. A month is rounded to grosze when it is shown, half a grosz up.

From memory and not checked: how operators count (it stands in the contract with each of them), and rounding
to grosze (ustawa o podatku od towarów i usług art. 106e ust. 11). The screens say so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

SECONDS, HUNDREDTHS = 60, 100


@dataclass(frozen=True)
class Price:
    """A tariff of a line: numbers that begin so, on the days from `since` to `until`."""

    id: int
    line: int
    beginning: str
    minute: int
    setup: int
    since: date
    until: date | None = None

    def holds(self, number: str, day: date) -> bool:
        """Whether it is a price of this number on this day."""
        return (
            number.startswith(self.beginning)
            and self.since <= day
            and (self.until is None or day <= self.until)
        )


def price_on(prices: Iterable[Price], number: str, day: date) -> Price | None:
    """The price of a line that the dial plan reckons with: the longest beginning, of these the newest."""
    fitting = [price for price in prices if price.holds(number, day)]
    return max(fitting, key=lambda price: (len(price.beginning), price.since), default=None)


def cost(price: Price, seconds: int) -> int:
    """What so many begun seconds cost; a call that nobody answered costs nothing."""
    if seconds <= 0:
        return 0
    return price.setup + -(-price.minute * seconds // SECONDS)


def cheapest(prices: Iterable[Price], number: str, day: date, seconds: int) -> Price | None:
    """Of all lines the price at which this call would have been the cheapest."""
    by_line: dict[int, list[Price]] = {}
    for price in prices:
        by_line.setdefault(price.line, []).append(price)
    found = [best for line in by_line.values() if (best := price_on(line, number, day))]
    return min(found, key=lambda price: (cost(price, seconds), price.id), default=None)


def to_grosze(hundredths: int) -> int:
    """Whole grosze, half a grosz up."""
    return (hundredths + HUNDREDTHS // 2) // HUNDREDTHS
