"""Interest on what is paid late: tax interest, statutory interest for delay, interest in commerce.

Law: o.p. art. 56 and 56b (tax), art. 63 par. 1 (rounding); k.c. art. 481 (delay);
u.p.n.o.t.h. art. 4 and 10 (commerce, 40/70/100 EUR). The rates are dated data; each says where it comes from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from starostwo.platform.dated import Dated, Row

DAYS_A_YEAR = 365
BASIS_POINTS = 10_000
LEAST_TAX_INTEREST = 8_70  # o.p. art. 54 par. 1 pkt 5: three times the registered letter, from memory
MEMORY = "z pamięci, niesprawdzone z obwieszczeniem"


class Kind(StrEnum):
    """Which interest a claim bears."""

    TAX = "TAX"
    DELAY = "DELAY"
    COMMERCE = "COMMERCE"
    NONE = "NONE"


def _rows(*rates: tuple[int, int, int, int]) -> Dated[int]:
    return Dated([Row(date(year, month, day), rate, MEMORY) for year, month, day, rate in rates])


RATES: Mapping[Kind, Dated[int]] = {  # hundredths of a percent a year
    Kind.TAX: _rows(
        (2020, 5, 29, 800), (2022, 2, 9, 850), (2022, 3, 9, 1000), (2022, 4, 7, 1200), (2022, 5, 6, 1350),
        (2022, 6, 9, 1500), (2022, 7, 8, 1600), (2022, 9, 8, 1650), (2023, 9, 7, 1500), (2023, 10, 5, 1450),
        (2025, 5, 8, 1350), (2025, 7, 3, 1300), (2025, 9, 4, 1250), (2025, 10, 9, 1200), (2025, 11, 6, 1150),
        (2025, 12, 4, 1100),
    ),
    Kind.DELAY: _rows(
        (2020, 5, 29, 560), (2021, 10, 7, 600), (2021, 11, 4, 675), (2021, 12, 9, 725), (2022, 1, 5, 775),
        (2022, 2, 9, 825), (2022, 3, 9, 900), (2022, 4, 7, 1000), (2022, 5, 6, 1075), (2022, 6, 9, 1150),
        (2022, 7, 8, 1200), (2022, 9, 8, 1225), (2023, 9, 7, 1150), (2023, 10, 5, 1125), (2025, 5, 8, 1075),
        (2025, 7, 3, 1050), (2025, 9, 4, 1025), (2025, 10, 9, 1000), (2025, 11, 6, 975), (2025, 12, 4, 950),
    ),
    Kind.COMMERCE: _rows(
        (2020, 7, 1, 1010), (2022, 1, 1, 1175), (2022, 7, 1, 1600), (2023, 1, 1, 1675), (2024, 1, 1, 1575),
        (2025, 7, 1, 1525), (2026, 1, 1, 1400),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Stretch:
    """Days at one rate, from the first to the last of them, and where the rate comes from."""

    since: date
    until: date
    days: int
    rate: int
    source: str
    is_checked: bool


def stretches(kind: Kind, due_on: date, paid_on: date) -> list[Stretch]:
    """The days of delay, rate by rate: from the day after the term to the day of payment.

    In commerce the rate of a half-year holds; the table has its changes on 1 January and 1 July only.
    """
    found: list[Stretch] = []
    if kind is Kind.NONE:
        return found
    day = due_on + timedelta(days=1)
    while day <= paid_on:
        row = RATES[kind].row_on(day)
        last = day
        while last < paid_on and RATES[kind].row_on(last + timedelta(days=1)).since == row.since:
            last += timedelta(days=1)
        found.append(Stretch(day, last, (last - day).days + 1, row.value, row.source, row.verified))
        day = last + timedelta(days=1)
    return found


def interest(kind: Kind, principal: int, due_on: date, paid_on: date) -> int:
    """Interest in grosze; tax interest in whole złote and none below the least amount.

    Law: o.p. art. 63 par. 1 (50 grosze and more up), art. 54 par. 1 pkt 5; k.c. art. 481 par. 1.
    """
    borne = sum(principal * part.days * part.rate for part in stretches(kind, due_on, paid_on))
    grosze = _rounded(borne, DAYS_A_YEAR * BASIS_POINTS)
    if kind is not Kind.TAX:
        return grosze
    return 0 if grosze < LEAST_TAX_INTEREST else _rounded(grosze, 100) * 100


def compensation(amount: int) -> int:
    """Euro for the costs of recovery in commerce, by the amount owed in grosze.

    Law: u.p.n.o.t.h. art. 10 ust. 1: up to 5 000 zł 40 EUR, below 50 000 zł 70 EUR, else 100 EUR.
    """
    if amount <= 5_000_00:
        return 40
    return 70 if amount < 50_000_00 else 100


def split_payment(paid: int, principal: int, borne: int) -> tuple[int, int]:
    """How a payment that does not cover everything falls on principal and interest, in proportion.

    Law: o.p. art. 55 par. 2.
    """
    if paid >= principal + borne:
        return principal, borne
    on_principal = _rounded(paid * principal, principal + borne)
    return on_principal, paid - on_principal


def interest_first(paid: int, principal: int, borne: int) -> tuple[int, int]:
    """A payment in civil law falls on interest first. Law: k.c. art. 451 par. 1."""
    on_interest = min(paid, borne)
    return min(paid - on_interest, principal), on_interest


def _rounded(value: int, by: int) -> int:
    return (2 * value + by) // (2 * by)
