"""A transfer as every file of a bank needs it, and the characters that a bank takes."""

import unicodedata
from dataclasses import dataclass
from datetime import date

from starostwo.platform.bank_account import is_account

LONGEST_TITLE = 140
PLAIN = str.maketrans(
    {"–": "-", "—": "-", "−": "-", "„": "'", "”": "'", "“": "'", "’": "'", "‘": "'", '"': "'", "…": "...",
     "\u00a0": " ", "\t": " ", "\r": " ", "\n": " ", "|": " "}
)  # fmt: skip


@dataclass(frozen=True)
class Transfer:
    """One order to the bank: grosze, 26 digits, names and addresses in lines."""

    reference: str
    pay_on: date
    amount: int
    own_account: str
    own_name: str
    own_address: str
    payee_account: str
    payee_name: str
    payee_address: str
    title: str
    is_split: bool = False
    to_tax_office: bool = False


class NotATransfer(ValueError):
    """An order that no bank would take; `what` names the part, `which` the order."""

    def __init__(self, which: str, what: str) -> None:
        super().__init__(f"{which}: {what}")
        self.which, self.what = which, what


def check(order: Transfer) -> None:
    """Refuse an order without an amount, a right account, a name or a title that fits."""
    wrong = {
        "amount": order.amount <= 0,
        "own_account": not is_account(order.own_account),
        "payee_account": not is_account(order.payee_account) or order.payee_account == order.own_account,
        "own_name": not order.own_name.strip(),
        "payee_name": not order.payee_name.strip(),
        "title": not 0 < len(plain(order.title)) <= LONGEST_TITLE,
    }
    for what, is_so in wrong.items():
        if is_so:
            raise NotATransfer(order.reference, what)


def plain(text: str) -> str:
    """The text with simple marks and single spaces; Polish letters stay."""
    return " ".join(text.translate(PLAIN).split())


def writable(text: str, encoding: str) -> str:
    """The text as an encoding can say it: letters that it lacks lose their marks, others become '.'."""
    return "".join(_writable(letter, encoding) for letter in plain(text))


def _writable(letter: str, encoding: str) -> str:
    for candidate in (letter, unicodedata.normalize("NFKD", letter)[0]):
        try:
            candidate.encode(encoding)
        except UnicodeEncodeError:
            continue
        return candidate
    return "."


def in_lines(text: str, width: int, lines: int) -> list[str]:
    """Break at words where it fits into the lines; else wherever a line is full, as titles of parts are."""
    broken: list[str] = []
    for word in text.split():
        if broken and len(broken[-1]) + 1 + len(word) <= width:
            broken[-1] += f" {word}"
        else:
            broken.append(word)
    if len(broken) > lines or any(len(line) > width for line in broken):
        return in_pieces(text, width, lines)
    return broken


def in_pieces(text: str, width: int, lines: int) -> list[str]:
    """Break wherever a line is full, so that the lines joined are the text again."""
    return [text[start : start + width] for start in range(0, min(len(text), width * lines), width)]
