"""Days that run from a publication.

Law: k.p.a. art. 49 (a public notice serves after 14 days), ustawa o petycjach art. 10 (three months), u.g.n.
art. 35 (a list of property is shown for 21 days). From memory; the days are not moved past days off, since
nobody acts in them.
"""

from calendar import monthrange
from datetime import date, timedelta

VERIFIED = False
NOTICE_DAYS = 14
PROPERTY_DAYS = 21
PETITION_MONTHS = 3


def served_by_notice(public_on: date) -> date:
    """Return the day with whose end a public notice counts as served.

    Law: k.p.a. art. 49 par. 2; the day of the notice itself is not counted (art. 57 par. 1).
    """
    return public_on + timedelta(days=NOTICE_DAYS)


def property_shown_until(shown_from: date) -> date:
    """Return the last day of the list of property. Law: u.g.n. art. 35 ust. 1."""
    return shown_from + timedelta(days=PROPERTY_DAYS)


def settle_petition_by(received_on: date) -> date:
    """Return the last day on which a petition is settled in time. Law: ustawa o petycjach art. 10 ust. 1."""
    year, month0 = divmod(received_on.year * 12 + received_on.month - 1 + PETITION_MONTHS, 12)
    return date(year, month0 + 1, min(received_on.day, monthrange(year, month0 + 1)[1]))
