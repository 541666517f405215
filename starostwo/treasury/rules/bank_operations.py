"""A bank statement as every format tells it, and when it is believed."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date

LARGEST_FILE = 5 * 1024 * 1024
MOST_OPERATIONS = 20_000


class NotAStatement(ValueError):
    """The bytes are no statement of this format; the text says where reading stopped, for the screen."""


@dataclass(frozen=True)
class Operation:
    """One movement: positive money came, negative it went."""

    booked_on: date
    value_on: date
    amount: int
    reference: str = ""
    title: str = ""
    name: str = ""
    account: str = ""
    own_account: str = ""
    own_reference: str = ""


@dataclass(frozen=True)
class Statement:
    """One statement of one account: balances in grosze and the operations between."""

    account: str
    number: str
    opened_on: date
    closed_on: date
    opening: int
    closing: int
    operations: tuple[Operation, ...]


def checked(statement: Statement) -> Statement:
    """Return the statement when its operations lead from the opening balance to the closing one."""
    moved = sum(operation.amount for operation in statement.operations)
    if statement.opening + moved != statement.closing:
        raise NotAStatement(
            f"wyciąg {statement.number}: saldo początkowe i operacje nie dają salda końcowego "
            f"(różnica {statement.closing - statement.opening - moved} gr)"
        )
    if len(statement.operations) > MOST_OPERATIONS:
        raise NotAStatement(f"wyciąg {statement.number} ma więcej niż {MOST_OPERATIONS} operacji")
    return statement


def fingerprints(statement: Statement) -> list[str]:
    """One mark an operation, the same whenever and in whichever file of a format the bank tells it again.

    Equal operations of one day (two fees of 5 zł) are told apart by their order.
    """
    seen: Counter[str] = Counter()
    marks = []
    for one in statement.operations:
        said = "\x1f".join(
            [
                one.booked_on.isoformat(),
                str(one.amount),
                one.reference,
                "".join(one.title.split()),
                one.account,
            ]
        )
        seen[said] += 1
        marks.append(hashlib.sha256(f"{said}\x1f{seen[said]}".encode()).hexdigest())
    return marks


def _squeezed(text: str) -> str:
    return "".join(text.split())


def digits(text: str) -> str:
    """The digits of an account or a NIP written with spaces, dashes or the country's letters."""
    return "".join(letter for letter in text if letter.isascii() and letter.isdigit())
