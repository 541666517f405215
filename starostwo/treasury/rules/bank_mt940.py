"""MT940 as Polish banks write it: SWIFT's fields, and :86: with sub-fields marked by ^, <, ?, ~ or @.

The numbers of the sub-fields are from memory: 00 kind, 20-26 title, 27-29 and 32-33 name, 30 bank,
31 account, 38 full account, 60-63 the rest of the title.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from starostwo.treasury.rules.bank_operations import (
    LARGEST_FILE,
    NotAStatement,
    Operation,
    Statement,
    checked,
    digits,
)

FIELD = re.compile(r"^:(\d{2}[A-Z]?):", re.M)
BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})([\d ]{1,15},\d{0,2})\s*")
ENTRY = re.compile(r"(\d{6})(\d{4})?(R?[CD])([A-Z])?(\d{1,15},\d{0,2})([A-Z]\w{3})([^\n]*)(?:\n(.*))?", re.S)
DIVIDERS = "^<?~@"
TITLE, REST_OF_TITLE, NAME, ELSE_NAME = ("20", "26"), ("60", "63"), ("32", "33"), ("27", "29")
ENCODINGS = ("utf-8", "cp1250", "iso8859-2", "cp852")
NO_REFERENCE = {"", "NONREF"}
POLISH = set("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")


def mt940(content: bytes, *, encoding: str = "") -> list[Statement]:
    """Read every statement of the file; refuse it whole when one cannot be read or does not add up."""
    if len(content) > LARGEST_FILE:
        raise NotAStatement("plik jest większy niż 5 MB")
    text = decoded(content, encoding).replace("\r\n", "\n").replace("\r", "\n")
    statements: list[_Building] = []
    for tag, value in _fields(text):
        if tag == "20":
            statements.append(_Building())
        elif statements:
            statements[-1].take(tag, value)
    if not statements:
        raise NotAStatement("w pliku nie ma pola :20:, od którego zaczyna się wyciąg MT940")
    return [checked(building.done()) for building in statements]


def decoded(content: bytes, encoding: str = "") -> str:
    """The text in the encoding of the account, else in the one in which most letters are Polish."""
    if encoding:
        return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        read = [content.decode(name, "replace") for name in ENCODINGS[1:]]
        return max(read, key=_polish)


def _polish(text: str) -> int:
    strange = sum(letter > "\x7f" and letter not in POLISH for letter in text)
    return sum(letter in POLISH for letter in text) - strange


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """Field by field; what stands before the first one and SWIFT's frames around them do not count."""
    marks = list(FIELD.finditer(text))
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        value = text[mark.end() : following.start() if following else len(text)]
        yield mark[1], re.split(r"\n-\}?\s*(?:\n|$)", value)[0].strip("\n")


class _Building:
    """One statement while its fields are read in their order."""

    def __init__(self) -> None:
        self.account = self.number = ""
        self.first: tuple[date, int] | None = None
        self.last: tuple[date, int] | None = None
        self.operations: list[Operation] = []
        self.in_entry = False

    def take(self, tag: str, value: str) -> None:
        if tag == "25":
            self.account = digits(value)[-26:]
        elif tag in {"28C", "28"}:
            self.number = value.strip()
        elif tag in ("60F", "60M") and self.first is None:
            self.first = _balance(value)
        elif tag in ("62F", "62M"):
            self.last = _balance(value)
        elif tag == "61":
            self.operations.append(_entry(value))
        elif tag == "86" and self.operations and self.in_entry:
            self.operations[-1] = _described(self.operations[-1], value)
        self.in_entry = tag == "61"

    def done(self) -> Statement:
        if not self.account or self.first is None or self.last is None:
            raise NotAStatement(f"wyciąg {self.number or 'bez numeru'}: brakuje pola :25:, :60F: albo :62F:")
        (opened, opening), (closed, closing) = self.first, self.last
        return Statement(self.account, self.number, opened, closed, opening, closing, tuple(self.operations))


def _balance(value: str) -> tuple[date, int]:
    found = BALANCE.match(value)
    if found is None:
        raise NotAStatement(f"saldo „{value[:40]}” jest nieczytelne")
    side, day, currency, amount = found.groups()
    if currency != "PLN":
        raise NotAStatement(f"wyciąg w walucie {currency}; czytane są wyciągi w PLN")
    return _day(day), _grosze(amount) * (1 if side == "C" else -1)


def _entry(value: str) -> Operation:
    found = ENTRY.match(value)
    if found is None:
        raise NotAStatement(f"operacja „{value[:40]}” jest nieczytelna")
    valued, booked, side, _, amount, _, references, _ = found.groups()
    own, _, banks = references.partition("//")
    value_on = _day(valued)
    sign = {"C": 1, "D": -1, "RC": -1, "RD": 1}[side]
    return Operation(
        booked_on=_booked(value_on, booked),
        value_on=value_on,
        amount=sign * _grosze(amount),
        reference="" if banks.strip() in NO_REFERENCE else banks.strip()[:80],
        own_reference="" if own.strip() in NO_REFERENCE else own.strip()[:35],
    )


def _described(entry: Operation, value: str) -> Operation:
    said = read_86(value)
    return Operation(
        entry.booked_on, entry.value_on, entry.amount, entry.reference, said.title, said.name, said.account,
        said.own_account, entry.own_reference,
    )  # fmt: skip


@dataclass(frozen=True)
class Described:
    """What :86: says of an operation."""

    title: str
    name: str = ""
    account: str = ""
    own_account: str = ""


def read_86(value: str) -> Described:
    """Read the sub-fields in whichever dialect; a text without them is the title as it stands."""
    parts = _parts(value)
    if not parts:
        return Described(" ".join(value.split()))
    name = _joined(parts, NAME) or _joined(parts, ELSE_NAME)
    account = digits(parts.get("38", "")) or digits(parts.get("31", ""))
    title = _joined(parts, TITLE) + _joined(parts, REST_OF_TITLE)
    return Described(title.strip(), " ".join(name.split()), account[-26:])


def _parts(value: str) -> dict[str, str]:
    divider = next((mark for mark in DIVIDERS if len(re.findall(rf"{re.escape(mark)}\d\d", value)) > 1), "")
    if not divider:
        return {}
    pieces = re.split(rf"{re.escape(divider)}(\d\d)", value.replace("\n", ""))
    parts: dict[str, str] = {}
    for number, text in zip(pieces[1::2], pieces[2::2], strict=True):
        parts[number] = parts.get(number, "") + text
    return parts


def _joined(parts: dict[str, str], numbers: tuple[str, str]) -> str:
    return "".join(text for number, text in sorted(parts.items()) if numbers[0] <= number <= numbers[1])


def _booked(value_on: date, month_and_day: str | None) -> date:
    """The booking day has no year: it is the one nearest to the value day."""
    if not month_and_day:
        return value_on
    near = [_day(f"{value_on.year + years - 2000:02d}{month_and_day}") for years in (-1, 0, 1)]
    return min(near, key=lambda day: abs(day - value_on))


def _day(text: str) -> date:
    try:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:6]))
    except ValueError as error:
        if text[2:6] == "0229":
            return date(2000 + int(text[:2]), 2, 28)
        raise NotAStatement(f"data „{text}” nie istnieje") from error


def _grosze(text: str) -> int:
    whole, _, rest = text.replace(" ", "").partition(",")
    return int(whole) * 100 + int(f"{rest:0<2}")
