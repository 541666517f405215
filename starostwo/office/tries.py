"""How often something may be tried in a window of time; the count is shared by all processes."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from starostwo.office.models import TryWindow

COUNT_ONE_TRY = """
INSERT INTO office_trywindow AS w (key, tries, ends_at) VALUES (%(key)s, 1, %(ends_at)s)
ON CONFLICT (key) DO UPDATE SET
    tries = CASE WHEN w.ends_at <= %(now)s THEN 1 ELSE w.tries + 1 END,
    ends_at = CASE WHEN w.ends_at <= %(now)s THEN %(ends_at)s ELSE w.ends_at END
RETURNING tries, ends_at
"""


def allow(key: str, *, limit: int, per_seconds: int, now: datetime | None = None) -> int | None:
    """Count one try of the key; return None while it is allowed, else the seconds after which to try again.

    Call it outside the transaction of the work itself: a rollback would forget the try.
    """
    at = now or timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            COUNT_ONE_TRY, {"key": key[:200], "now": at, "ends_at": at + timedelta(seconds=per_seconds)}
        )
        tries, ends_at = cursor.fetchone()
    return None if tries <= limit else _seconds_until(ends_at, at)


def wait_for(key: str, *, limit: int, now: datetime) -> int | None:
    """Return the seconds to wait when the window of the key is used up, without counting a try."""
    full = TryWindow.objects.filter(key=key[:200], tries__gte=limit, ends_at__gt=now).first()
    return _seconds_until(full.ends_at, now) if full else None


def forget(key: str) -> None:
    """Begin anew for the key, for example after a successful log-in."""
    TryWindow.objects.filter(key=key[:200]).delete()


def forget_old_windows(now: datetime) -> int:
    """Delete the windows that are over; return how many."""
    return TryWindow.objects.filter(ends_at__lte=now).delete()[0]


def _seconds_until(ends_at: datetime, now: datetime) -> int:
    return max(1, int((ends_at - now).total_seconds()) + 1)
