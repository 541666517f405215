"""Until when a fee is to be paid, and when its payer is told of it again.

Law: k.p.a. art. 261 par. 1 (the office names a term of 7 to 14 days), art. 57 par. 1 and 4 (the day of the
event is not counted; a term that ends on a day off or a Saturday ends on the next working day). From memory.
"""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

from starostwo.platform.dated import Dated, Row
from starostwo.platform.workdays import next_working_day

PAY_WITHIN = Dated([Row(date(1980, 9, 1), 14, "k.p.a. art. 261 par. 1", verified=False)])
BEFORE, AFTER = timedelta(days=3), timedelta(days=3)
TOO_LATE = timedelta(days=30)  # what was missed for so long is told by a letter


class Told(StrEnum):
    """What a payer is told of a due, each once."""

    NEW = "NEW"
    BEFORE = "BEFORE"
    AFTER = "AFTER"


def pay_by(asked_on: date) -> date:
    """Return the last day to pay what was asked for on a day."""
    return next_working_day(asked_on + timedelta(days=PAY_WITHIN.on(asked_on)))


def to_tell(until: date, *, today: date, told: Collection[str]) -> Told | None:
    """Return what is told today of a due that is still to be paid; None where nothing is, or no more."""
    if until - BEFORE <= today <= until:
        wanted = Told.BEFORE
    elif until + AFTER <= today <= until + TOO_LATE:
        wanted = Told.AFTER
    else:
        return None
    return None if wanted in told else wanted
