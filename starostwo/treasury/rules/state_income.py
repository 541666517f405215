"""Income of the State Treasury that the county collects: its own share, the days of remittance.

Law: ufp art. 255 ust. 1 (state on the 10th by the 15th, on the 20th by the 25th, the rest of December by
8 January); u.d.j.s.t. art. 5 ust. 1 pkt 6 and u.g.n. art. 23 ust. 3 (shares of 5 and 25 %), all from memory.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from starostwo.platform.dated import Dated, Row

HUNDRED = 100
OF_LAND = ("0470", "0550", "0750", "0760", "0770", "0870")  # income from land of the State Treasury
LAND = Dated([Row(date(2010, 1, 1), 25, "u.g.n. art. 23 ust. 3, z pamięci")])
OTHER = Dated([Row(date(2010, 1, 1), 5, "u.d.j.s.t. art. 5 ust. 1 pkt 6, z pamięci")])
WHOLE = ("0640",)  # costs of reminders are not shared
NOT_SHARED = Dated([Row(date(2010, 1, 1), 0, "z pamięci")])


def share_of(paragraph: str, day: date) -> Row[int]:
    """The percent of a paragraph that is the county's, with its source."""
    if paragraph in WHOLE:
        return NOT_SHARED.row_on(day)
    return (LAND if paragraph in OF_LAND else OTHER).row_on(day)


def shared(received: int, percent: int) -> tuple[int, int]:
    """The county's share and what goes to the voivode; half a grosz goes to the county."""
    share = (received * percent + HUNDRED // 2) // HUNDRED
    return share, received - share


@dataclass(frozen=True)
class Deadline:
    """The day up to which income is counted, and the day by which it is passed on."""

    until: date
    pay_by: date


def deadlines(year: int, month: int) -> list[Deadline]:
    """The two deadlines of a month; in December a third one for its end."""
    found = [
        Deadline(date(year, month, 10), date(year, month, 15)),
        Deadline(date(year, month, 20), date(year, month, 25)),
    ]
    return [*found, Deadline(date(year, 12, 31), date(year + 1, 1, 8))] if month == 12 else found


def deadline_for(today: date) -> Deadline:
    """The latest deadline whose counting day has come."""
    before = date(today.year - (today.month == 1), (today.month - 2) % 12 + 1, 1)
    known = deadlines(before.year, before.month) + deadlines(today.year, today.month)
    return [one for one in known if one.until <= today][-1]


def outstanding(received: Mapping[int, int], passed: Mapping[int, int]) -> list[tuple[int, int]]:
    """What was received and not passed on yet, by classification; refunds make it less, never below zero."""
    rest = {key: amount - passed.get(key, 0) for key, amount in received.items()}
    return [(key, amount) for key, amount in sorted(rest.items()) if amount > 0]


def total(rows: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The sums of shares and of what goes to the voivode."""
    return sum(share for share, _ in rows), sum(rest for _, rest in rows)
