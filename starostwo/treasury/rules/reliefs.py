"""Decisions that let a claim go or move its term: the instalments they make and what Rb-27S shows of them.

Law: ufp art. 55, 57, 59, 64; o.p. art. 67a par. 1; rozp. MF 29.01.2025 (Rb-27S: effects of decisions), from
memory.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MOST_INSTALMENTS = 120


class Kind(StrEnum):
    """What a decision does."""

    REMISSION = "REMISSION"
    INSTALMENTS = "INSTALMENTS"
    DEFERRAL = "DEFERRAL"


@dataclass(frozen=True)
class Part:
    """One new term and what is due on it."""

    due_on: date
    amount: int


def instalments(amount: int, count: int, first_on: date) -> list[Part]:
    """Equal monthly parts from a day on; what does not divide is in the first one.

    The day of the month stays, in shorter months it is the last one.
    """
    each = amount // count
    parts = [amount - each * (count - 1)] + [each] * (count - 1)
    return [Part(_later(first_on, number), part) for number, part in enumerate(parts)]


def _later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def beyond(parts: Sequence[Part], day: date) -> int:
    """What the decision moved beyond the month of a day: the effect that Rb-27S of the month shows."""
    last = date(day.year, day.month, monthrange(day.year, day.month)[1])
    return sum(part.amount for part in parts if part.due_on > last)
