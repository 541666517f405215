"""In which month an operation is entered, and in which order months and years are closed.

Law: u.o.r. art. 6 ust. 1 and art. 20 ust. 1 (the month that the operation belongs to), art. 12 (closing).
"""

from collections.abc import Mapping
from datetime import date

OPEN, SOFT, CLOSED = "OPEN", "SOFT", "CLOSED"
MONTHS = range(1, 13)


class NoOpenMonth(Exception):
    """Every month from that of the operation to the end of the year is closed."""


def month_for(operation_on: date, *, year: int, states: Mapping[int, str]) -> int:
    """The month to enter an operation in: its own, or when that is closed the next open one of the year.

    An operation of an earlier year goes into the first open month.
    """
    earliest = operation_on.month if operation_on.year == year else 1
    if operation_on.year > year:
        raise NoOpenMonth(operation_on)
    for month in MONTHS:
        if month >= earliest and states.get(month) == OPEN:
            return month
    raise NoOpenMonth(operation_on)


def may_close(month: int, *, to: str, states: Mapping[int, str]) -> bool:
    """A month is closed for good only after all before it; for a while at any time."""
    if states[month] == CLOSED:
        return False
    return to != CLOSED or all(states[earlier] == CLOSED for earlier in states if earlier < month)
