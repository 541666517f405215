"""On which days before its end a certificate or a domain is announced."""

from datetime import date

DISTANCES = (30, 14, 7, 3, 1, 0)


def distance(valid_until: date, today: date, first: int) -> int | None:
    """The announcement that is due: the smallest distance already reached, from the first warning on.

    After the end it stays at 0; before the first warning there is none.
    """
    left = (valid_until - today).days
    reached = [days for days in {first, *(one for one in DISTANCES if one < first)} if left <= days]
    return min(reached, default=None)
