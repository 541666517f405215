"""SQL ranges of days over the validity `[valid_from, valid_to)` of a dated row, for its constraints."""

from datetime import date
from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db.models import F, Func, Q


class DateRange(Func):
    """Days from the first to the last but one; no end means until further notice."""

    function = "daterange"

    def __init__(self, start: str = "valid_from", end: str = "valid_to", **extra: Any) -> None:
        super().__init__(F(start), F(end), output_field=DateRangeField(), **extra)


class CalendarYears(Func):
    """The whole calendar years that a validity touches."""

    function = "daterange"

    def __init__(self, start: str = "valid_from", end: str = "valid_to", **extra: Any) -> None:
        first = Func(F(start), template="make_date(extract(year from %(expressions)s)::int, 1, 1)")
        last = Func(F(end), template="make_date(extract(year from %(expressions)s - 1)::int + 1, 1, 1)")
        super().__init__(first, last, output_field=DateRangeField(), **extra)


ENDS_AFTER_IT_STARTS = Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))


def on_day(day: date, prefix: str = "") -> Q:
    """The rows that are valid on a day; `prefix` reaches them through a key, as in `post__`."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gt": day})
    )
