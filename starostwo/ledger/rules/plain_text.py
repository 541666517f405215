"""A year of a book as plain text that other accounting programs read: the format of beancount.

Each account becomes `Assets:K401` (the format wants one of five roots; ours are told by their numbers), each
voucher one transaction with a link to its journal and number. An entry off the balance sheet, which has one
side, is met by `Equity:Off-Balance`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

COUNTER = "Equity:Off-Balance"
CURRENCY = "PLN"


@dataclass(frozen=True)
class PlainEntry:
    """One entry: its account, debit less credit in grosze, whether it is off the balance sheet."""

    account: str
    net: int
    classification: str = ""
    is_off_balance: bool = False


@dataclass(frozen=True)
class PlainVoucher:
    """One voucher as the text tells it."""

    on: date
    link: str
    text: str
    entries: tuple[PlainEntry, ...]


def opened(numbers: Iterable[str], on: date) -> Iterator[str]:
    """The lines that open the accounts of a year."""
    yield 'option "title" "Starostwo"\n'
    yield f'option "operating_currency" "{CURRENCY}"\n'
    for name in (*map(account_name, numbers), COUNTER):
        yield f"{on} open {name} {CURRENCY}\n"


def transaction(voucher: PlainVoucher) -> str:
    """One voucher as a transaction."""
    lines = [f'{voucher.on} * "{_quoted(voucher.text)}" ^{voucher.link}']
    for entry in voucher.entries:
        lines.append(f"  {account_name(entry.account)}  {_amount(entry.net)}")
        if entry.classification:
            lines.append(f'    classification: "{entry.classification}"')
        if entry.is_off_balance:
            lines.append(f"  {COUNTER}  {_amount(-entry.net)}")
    return "\n".join(lines) + "\n\n"


def account_name(number: str) -> str:
    """The name of an account: 130-2 is `Assets:K130-2`."""
    return f"Assets:K{number}"


def _amount(grosze: int) -> str:
    sign = "-" if grosze < 0 else ""
    return f"{sign}{abs(grosze) // 100}.{abs(grosze) % 100:02d} {CURRENCY}"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
