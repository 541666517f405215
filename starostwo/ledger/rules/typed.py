"""What a person typed into a voucher, line by line: amounts, dates and the sums that show on the way.

A line that says nothing is left out; all else that cannot be read is a problem with a place, never lost.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

AMOUNT = re.compile(r"(-?)(\d{1,12})(?:[,.](\d{1,2}))?")
DAY_FORMATS = ("%d.%m.%Y", "%Y-%m-%d", "%d%m%Y", "%d-%m-%Y")
LINE_FIELDS = ("account", "position", "own", "party", "settled", "due", "debit", "credit", "text")
OWN = {"Z": "task", "F": "funding", "P": "project", "D": "disposer"}


class NotAnAmount(ValueError):
    """The text is no amount in złote."""


def amount(typed: str) -> int:
    """Read an amount as accountants type it: '1 234,5', '-100' and '0.07' in grosze; nothing is 0."""
    text = "".join(typed.split()).replace("−", "-")
    if not text:
        return 0
    found = AMOUNT.fullmatch(text)
    if found is None:
        raise NotAnAmount(typed)
    sign, whole, rest = found.groups()
    value = int(whole) * 100 + int((rest or "0").ljust(2, "0"))
    return -value if sign else value


class NotADay(ValueError):
    """The text is no day."""


def day(typed: str, *, year: int) -> date:
    """Read a day: 23.11.2026, 23112026, 2026-11-23, and 23.11 or 2311 of the voucher's year."""
    text = typed.strip()
    if short := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.?|(\d{2})(\d{2})", text):
        days = [part for part in short.groups() if part]
        text = f"{int(days[0]):02d}.{int(days[1]):02d}.{year}"
    for pattern in DAY_FORMATS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    raise NotADay(typed)


class NotDimensions(ValueError):
    """The text names no own dimensions."""


def own_dimensions(typed: str) -> dict[str, str]:
    """Read own dimensions: 'Z:DROGI F:KPO' are a task and a source of funding; P a project, D a disposer."""
    found = {}
    for part in typed.upper().split():
        letter, colon, symbol = part.partition(":")
        if letter not in OWN or not colon or not symbol or OWN[letter] in found:
            raise NotDimensions(typed)
        found[OWN[letter]] = symbol
    return found


@dataclass(frozen=True)
class TypedLine:
    """One line as it was typed; `number` is its place on the screen, from 1."""

    number: int
    account: str = ""
    position: str = ""
    own: str = ""
    party: str = ""
    settled: str = ""
    due: str = ""
    debit: str = ""
    credit: str = ""
    text: str = ""


@dataclass(frozen=True)
class Sums:
    """Debit, credit and what is missing of them, in grosze; unreadable amounts count as nothing."""

    debit: int = 0
    credit: int = 0
    unreadable: tuple[tuple[int, str], ...] = field(default=())

    @property
    def difference(self) -> int:
        return self.debit - self.credit


def lines(content: Mapping[str, Any]) -> list[TypedLine]:
    """The lines of a draft that say anything, with the numbers of their places."""
    told = content.get("lines", [])
    found = [
        TypedLine(number, **{name: str(line.get(name, "")).strip() for name in LINE_FIELDS})
        for number, line in enumerate(told, start=1)
    ]
    return [line for line in found if any(getattr(line, name) for name in LINE_FIELDS)]


def sums(typed: Sequence[TypedLine], off_balance: frozenset[str] = frozenset()) -> Sums:
    """Add up what was typed on accounts of the balance sheet; `off_balance` are numbers of the others."""
    total = {"debit": 0, "credit": 0}
    unreadable = []
    for line in typed:
        for side in total:
            try:
                value = amount(getattr(line, side))
            except NotAnAmount:
                unreadable.append((line.number, side))
            else:
                total[side] += value if line.account not in off_balance else 0
    return Sums(total["debit"], total["credit"], tuple(unreadable))
