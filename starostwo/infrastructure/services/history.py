"""The history of gauges: samples each minute, their hours and days, and how long each is kept."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.db import connection, transaction

KEEP_DAYS = 14
KEEP_MONTHS = 13
Sample = tuple[int, datetime, int | None]
HOURS = """
    INSERT INTO infrastructure_hour (gauge_id, hour, samples, missing, low, high, total)
    SELECT gauge_id, date_trunc('hour', at, 'UTC'), count(value), count(*) - count(value), min(value),
        max(value), coalesce(sum(value), 0)
    FROM infrastructure_sample WHERE at >= %(first)s AND at < %(last)s GROUP BY 1, 2
    ON CONFLICT (gauge_id, hour) DO UPDATE SET samples = excluded.samples, missing = excluded.missing,
        low = excluded.low, high = excluded.high, total = excluded.total
"""
DAYS = """
    INSERT INTO infrastructure_day (gauge_id, day, samples, missing, low, high, total)
    SELECT gauge_id, (hour AT TIME ZONE 'Europe/Warsaw')::date, sum(samples), sum(missing), min(low),
        max(high), sum(total)
    FROM infrastructure_hour
    WHERE hour >= (%(first)s::date)::timestamp AT TIME ZONE 'Europe/Warsaw' GROUP BY 1, 2
    ON CONFLICT (gauge_id, day) DO UPDATE SET samples = excluded.samples, missing = excluded.missing,
        low = excluded.low, high = excluded.high, total = excluded.total
"""
INSERT = """
    INSERT INTO infrastructure_sample (gauge_id, at, value)
    SELECT * FROM unnest(%s::bigint[], %s::timestamptz[], %s::integer[]) ON CONFLICT DO NOTHING
"""


def add(samples: Iterable[Sample]) -> None:
    """Write the samples of a round in one statement; one that is there already stays."""
    rows = list(samples)
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [list(column) for column in zip(*rows, strict=True)])


@transaction.atomic
def roll_up(*, first: datetime, now: datetime) -> None:
    """Make hours of samples from the hour of `first` on, and days of those hours. May be done again."""
    begins = first.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(HOURS, {"first": begins, "last": now})
        cursor.execute(DAYS, {"first": begins.date() - timedelta(days=1)})


@transaction.atomic
def keep(*, today: date, since: date | None = None, days: int = KEEP_DAYS, months: int = KEEP_MONTHS) -> int:
    """Make the partitions of the days to come, drop those that are too old; return how many were dropped."""
    with connection.cursor() as cursor:
        first = since or today - timedelta(days=1)
        cursor.execute("SELECT infrastructure_keep_history(%s, %s, %s, %s)", [first, today, days, months])
        [dropped] = cursor.fetchone()
    return int(dropped)
