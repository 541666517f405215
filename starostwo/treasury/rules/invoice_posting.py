"""How a purchase is proposed for posting: as earlier ones of the same supplier were posted.

Law: u.o.r. art. 21 ust. 1 pkt 6 (the voucher says how it is posted).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One row of a posting: the account in debit, the position of spending, the amount in grosze."""

    account: str
    position: str
    amount: int


def proposed(past: Sequence[Sequence[Row]], gross: int) -> list[Row]:
    """Divide the gross amount as the most common division of the past was last made.

    `past` has the newest first; without a past there is nothing to learn from.
    """
    if not past:
        return []
    ways = [frozenset((row.account, row.position) for row in rows) for rows in past]
    most = Counter(ways).most_common()
    common = next(way for way in ways if way in [way for way, count in most if count == most[0][1]])
    latest = next(rows for rows, way in zip(past, ways, strict=True) if way == common)
    return divided(latest, gross)


def divided(rows: Sequence[Row], gross: int) -> list[Row]:
    """The same rows over another amount, in the same proportions; the last one takes the rest."""
    whole = sum(row.amount for row in rows)
    if not whole:
        return []
    shares = [gross * row.amount // whole for row in rows[:-1]]
    return [
        Row(row.account, row.position, amount)
        for row, amount in zip(rows, [*shares, gross - sum(shares)], strict=True)
    ]


def difference(rows: Sequence[Row], gross: int) -> int:
    """By how much the rows exceed the invoice; 0 when it is posted whole."""
    return sum(row.amount for row in rows) - gross
