"""Debt of the county: what an instrument is, how its schedule is typed, and who the creditors are.

Law: ufp art. 72 (titles of debt), art. 89-91; rozp. MF 28.12.2011 (tytuły dłużne); rozporządzenie w sprawie
sprawozdań w zakresie operacji finansowych (groups of creditors and debtors). From memory, not checked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from starostwo.platform.money import NotMoney, grosze

SHORTEST, MOST_ROWS = 365, 400
INTEREST_PAID_AS = "757.75702.8110"


class Kind(StrEnum):
    """What an instrument of debt is."""

    LOAN = "LOAN"
    BORROWING = "BORROWING"
    BOND = "BOND"
    GUARANTEE = "GUARANTEE"


class Move(StrEnum):
    """What happens to an instrument."""

    DRAWING = "DRAWING"
    REPAYMENT = "REPAYMENT"
    INTEREST = "INTEREST"
    RELEASE = "RELEASE"


@dataclass(frozen=True)
class Booked:
    """Where an instrument stands in the books of the budget, and the paragraphs of its moves."""

    account: str
    drawn: str
    repaid: str


BOOKED = {
    Kind.LOAN: Booked("134", "9520", "9920"),
    Kind.BORROWING: Booked("260", "9520", "9920"),
    Kind.BOND: Booked("260", "9310", "9820"),
}


def title(kind: Kind, signed_on: date, last_on: date) -> str:
    """The title of debt: short-term when the whole of it is repaid within a year."""
    if kind is Kind.GUARANTEE:
        return Kind.GUARANTEE.value
    length = "SHORT" if (last_on - signed_on).days <= SHORTEST else "LONG"
    return f"{'BOND' if kind is Kind.BOND else 'LOAN'}-{length}"


class Sector(StrEnum):
    """The group of a creditor or debtor, as Rb-Z and Rb-N divide them."""

    STATE = "GOV1"
    LOCAL = "GOV2"
    INSURANCE = "GOV3"
    OTHER_PUBLIC = "GOV4"
    CENTRAL_BANK = "NBP"
    BANK = "BANK"
    FINANCIAL = "FIN"
    COMPANY = "FIRM"
    HOUSEHOLD = "HOME"
    NON_PROFIT = "NPO"
    EURO = "EURO"
    ABROAD = "ABROAD"


SECTORS = (
    (Sector.STATE.value, "sektor finansów publicznych, grupa I (państwo)"),
    (Sector.LOCAL.value, "sektor finansów publicznych, grupa II (samorządy)"),
    (Sector.INSURANCE.value, "sektor finansów publicznych, grupa III (ZUS, KRUS, NFZ)"),
    (Sector.OTHER_PUBLIC.value, "sektor finansów publicznych, grupa IV (pozostałe)"),
    (Sector.CENTRAL_BANK.value, "bank centralny"),
    (Sector.BANK.value, "bank"),
    (Sector.FINANCIAL.value, "inna krajowa instytucja finansowa"),
    (Sector.COMPANY.value, "przedsiębiorstwo niefinansowe"),
    (Sector.HOUSEHOLD.value, "gospodarstwo domowe"),
    (Sector.NON_PROFIT.value, "instytucja niekomercyjna"),
    (Sector.EURO.value, "zagraniczny, strefa euro"),
    (Sector.ABROAD.value, "zagraniczny, poza strefą euro"),
)


@dataclass(frozen=True)
class Instalment:
    """One row of a schedule: what of the principal and of the interest falls due on a day."""

    due_on: date
    principal: int
    interest: int


class NotASchedule(ValueError):
    """The schedule cannot be read; the text says which line and what to do."""


def read_schedule(typed: str, *, since: date, amount: int) -> list[Instalment]:
    """Read lines such as '30.06.2027 100000,00 12500,00'; the principal must come to the amount."""
    rows = [_row(number, line) for number, line in enumerate(typed.splitlines(), start=1) if line.strip()]
    if not 0 < len(rows) <= MOST_ROWS:
        raise NotASchedule(f"Wpisz harmonogram: od 1 do {MOST_ROWS} wierszy.")
    days = [row.due_on for row in rows]
    if len(set(days)) != len(days):
        raise NotASchedule("Ten sam dzień stoi w harmonogramie dwa razy; wpisz go jedną kwotą.")
    if min(days) < since:
        raise NotASchedule(f"Termin {min(days):%d.%m.%Y} jest przed {since:%d.%m.%Y}.")
    total = sum(row.principal for row in rows)
    if total != amount:
        raise NotASchedule(
            f"Raty kapitału dają razem {typed_amount(total)} zł, a powinny {typed_amount(amount)} zł."
        )
    return sorted(rows, key=lambda row: row.due_on)


def _row(number: int, line: str) -> Instalment:
    parts = line.replace(";", " ").split()
    try:
        if not 2 <= len(parts) <= 3:
            raise ValueError
        due_on = datetime.strptime(parts[0], "%d.%m.%Y").date()  # noqa: DTZ007 - a calendar day has no zone
        principal, interest = grosze(parts[1]), grosze(parts[2]) if len(parts) == 3 else 0
    except (ValueError, NotMoney) as wrong:
        raise NotASchedule(
            f"Wiersz {number}: podaj dzień, kapitał i odsetki, np. 30.06.2027 100000,00 12500,00."
        ) from wrong
    if principal < 0 or interest < 0 or not principal + interest:
        raise NotASchedule(f"Wiersz {number}: kwoty nie mogą być ujemne ani obie zerowe.")
    return Instalment(due_on, principal, interest)


def written(rows: Sequence[Instalment]) -> str:
    """A schedule as it would be typed."""
    return "\n".join(
        f"{row.due_on:%d.%m.%Y} {typed_amount(row.principal)} {typed_amount(row.interest)}" for row in rows
    )


def typed_amount(amount: int) -> str:
    """An amount as it is typed: 1234,50."""
    return f"{amount // 100},{amount % 100:02d}"
