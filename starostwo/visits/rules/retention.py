"""How long a visit names its person. No act sets the days; the office does, by a dated decision."""

from datetime import date, timedelta

from starostwo.platform.dated import Dated, Row

KEPT_DAYS = Dated[int](
    [Row(date(2026, 1, 1), 30, "ustalenie administratora danych (RODO art. 5 ust. 1 lit. e), z pamięci")]
)


def last_day_to_erase(today: date) -> date:
    """Return the day of the youngest visits whose personal data are deleted today.

    Law: RODO art. 5 ust. 1 lit. e: no longer than the purpose needs.
    """
    return today - timedelta(days=KEPT_DAYS.on(today) + 1)
