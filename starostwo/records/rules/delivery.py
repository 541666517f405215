"""From when and until when a party may appeal after a letter was served.

Law: k.p.a. art. 129 par. 2 (appeal within 14 days of service), art. 141 par. 2 (complaint against a ruling
within 7 days), art. 64 par. 2 (a call gives at least 7 days), art. 57 par. 1 and 4 (the day of the event is
not counted; a term that ends on a day off or a Saturday ends on the next working day).
The account in the office's own system serves a letter when the addressee opens it; no fiction of service is
counted there, since none is known to apply to it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from starostwo.platform.dated import Dated, Row
from starostwo.platform.workdays import next_working_day


class Remedy(StrEnum):
    """What the addressee may do against a letter, or must do after it."""

    APPEAL = "APPEAL"
    COMPLAINT = "COMPLAINT"
    ANSWER = "ANSWER"
    NONE = "NONE"


APPEAL_DAYS = Dated([Row(date(1961, 1, 1), 14, "k.p.a. art. 129 par. 2", verified=False)])
COMPLAINT_DAYS = Dated([Row(date(1961, 1, 1), 7, "k.p.a. art. 141 par. 2", verified=False)])
CALL_DAYS_AT_LEAST = Dated([Row(date(2017, 6, 1), 7, "k.p.a. art. 64 par. 2", verified=True)])
LENGTHS = {
    Remedy.APPEAL: APPEAL_DAYS,
    Remedy.COMPLAINT: COMPLAINT_DAYS,
    Remedy.ANSWER: CALL_DAYS_AT_LEAST,
}


class TooShortACall(Exception):
    """A call to complete an application gives at least seven days (k.p.a. art. 64 par. 2)."""


@dataclass(frozen=True)
class Term:
    """The last day of a term, with its length and the provision that it rests on."""

    remedy: Remedy
    days: int
    until: date
    basis: str
    is_verified: bool


def term_after_service(remedy: Remedy, *, served_on: date, answer_days: int | None = None) -> Term | None:
    """Return the term that service starts, or None when it starts none."""
    if remedy is Remedy.NONE:
        return None
    row = LENGTHS[remedy].row_on(served_on)
    days = call_days(answer_days, on=served_on) if remedy is Remedy.ANSWER else row.value
    until = next_working_day(served_on + timedelta(days=days))
    return Term(remedy, days, until, row.source, row.verified)


def days_named(remedy: Remedy, *, on: date, answer_days: int | None = None) -> int | None:
    """Return the number of days that the letter must tell its addressee; None when it starts no term."""
    if remedy is Remedy.NONE:
        return None
    return answer_days if remedy is Remedy.ANSWER else LENGTHS[remedy].on(on)


def call_days(days: int | None, *, on: date) -> int:
    """Return the days of a call, refused when shorter than the law allows."""
    least = CALL_DAYS_AT_LEAST.on(on)
    if days is None or days < least:
        raise TooShortACall(f"Wezwanie musi dać co najmniej {least} dni na odpowiedź (k.p.a. art. 64 § 2).")
    return days
