"""Values that the law changes: each has the day from which it holds and the act that says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")


class NotYetInForce(LookupError):
    """There is no value on this day: the first one holds from a later day."""


@dataclass(frozen=True)
class Row(Generic[T]):
    """One value: in force from the day on; the source is an act, `verified` when its text was read."""

    since: date
    value: T
    source: str
    verified: bool = False


class Dated(Generic[T]):
    """The values of one thing over time, the oldest first."""

    def __init__(self, rows: Sequence[Row[T]]) -> None:
        self._rows = sorted(rows, key=lambda row: row.since)

    def on(self, day: date) -> T:
        """Return the value that holds on the day."""
        return self.row_on(day).value

    def row_on(self, day: date) -> Row[T]:
        """Return the value of the day together with its source."""
        found = [row for row in self._rows if row.since <= day]
        if not found:
            raise NotYetInForce(day)
        return found[-1]
