"""A small bar chart: for each name three bars, one under another, measured for a drawing of fixed width."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, ROW, BAR, LABEL = 320, 62, 11, 16


@dataclass(frozen=True)
class Measured:
    """What is drawn for one name: amounts in grosze."""

    name: str
    plan: int
    committed: int
    paid: int


@dataclass(frozen=True)
class Bar:
    """One rectangle."""

    what: str
    y: int
    width: int


@dataclass(frozen=True)
class Group:
    """A name with its bars."""

    name: str
    text_y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Chart:
    """All groups and the size of the drawing."""

    groups: tuple[Group, ...]
    height: int
    width: int = WIDTH
    thickness: int = BAR


def chart(rows: Sequence[Measured], *, with_commitments: bool = True) -> Chart:
    """Measure the bars against the largest amount; what is not zero is seen."""
    largest = max((max(row.plan, row.committed, row.paid) for row in rows), default=0)
    groups = []
    for place, row in enumerate(rows):
        top = place * ROW
        bound = [("committed", row.committed)] if with_commitments else []
        amounts = [("plan", row.plan), *bound, ("paid", row.paid)]
        bars = tuple(
            Bar(what, top + LABEL + number * (BAR + 2), _length(amount, largest))
            for number, (what, amount) in enumerate(amounts)
        )
        groups.append(Group(row.name, top + LABEL - 4, bars))
    return Chart(tuple(groups), len(rows) * ROW)


def _length(amount: int, largest: int) -> int:
    if amount <= 0 or not largest:
        return 0
    return max(1, round(WIDTH * amount / largest))
