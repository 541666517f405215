"""How long voice messages are kept. No act sets the days; the office does, by a dated decision."""

from datetime import date, datetime, timedelta

from starostwo.platform.dated import Dated, Row

SOURCE = "ustalenie administratora danych (RODO art. 5 ust. 1 lit. e), z pamięci"
KEPT_DAYS = Dated[int]([Row(date(2026, 1, 1), 90, SOURCE)])
DELETED_STAYS_DAYS = 7


def taken_before(now: datetime) -> datetime:
    """Messages that came before this moment are erased.

    Law: RODO art. 5 ust. 1 lit. e: no longer than the purpose needs.
    """
    return now - timedelta(days=KEPT_DAYS.on(now.date()))


def deleted_before(now: datetime) -> datetime:
    """Messages that their reader deleted before this moment are erased; the others can be brought back."""
    return now - timedelta(days=DELETED_STAYS_DAYS)
