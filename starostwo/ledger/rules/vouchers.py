"""What a voucher says, whether it balances, and how a posted one is taken back.

Law: u.o.r. art. 20-23 (vouchers and entries), art. 25 ust. 1 pkt 2 (corrections are of one sign).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

RED = "RED"
BLACK = "BLACK"
OPENING = 0
CLOSING = 13
OPENS = ("BO", "BP")


@dataclass(frozen=True)
class Entry:
    """One side of one account, by the numbers of its rows; amounts in grosze, negative when red."""

    account: int
    debit: int = 0
    credit: int = 0
    classification: int | None = None
    counterparty: int | None = None
    settlement: int | None = None
    contract: int | None = None
    text: str = ""


@dataclass(frozen=True)
class NewVoucher:
    """A voucher as it is handed in for posting. `origin` makes it happen once: the same is refused again."""

    kind: str
    text: str
    issued_on: date
    operation_on: date
    entries: Sequence[Entry]
    month: int
    external_number: str = ""
    document: str = ""
    origin: str | None = None
    prepared_by: str = ""
    corrects: int | None = None
    correction: str = ""
    into_soft: bool = False


def red(entries: Sequence[Entry]) -> list[Entry]:
    """Storno czerwone: the same sides with the opposite sign, so that turnovers go back too."""
    return [replace(entry, debit=-entry.debit, credit=-entry.credit) for entry in entries]


def black(entries: Sequence[Entry]) -> list[Entry]:
    """Storno czarne: the sides exchanged, so that balances go back and turnovers grow."""
    return [replace(entry, debit=entry.credit, credit=entry.debit) for entry in entries]


def purity(
    account: int, *, debit: int = 0, credit: int = 0, classification: int | None = None
) -> list[Entry]:
    """The technical entry that takes a refund out of both turnovers of a bank account.

    `debit` or `credit` is the turnover to be taken out; the same amount goes off the other side.
    Law: rozp. MRiF 13.09.2017 zał. 3 (czystość obrotów on 130).
    """
    amount = debit or credit
    return [
        Entry(account, debit=-amount, classification=classification),
        Entry(account, credit=-amount, classification=classification),
    ]
