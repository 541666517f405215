"""SQL ranges of time for the constraints."""

from typing import Any

from django.contrib.postgres.fields import DateTimeRangeField
from django.db.models import F, Func, Q


class TimeRange(Func):
    """From the start of a visit to its end, the end not in it."""

    function = "tstzrange"

    def __init__(self, start: str = "starts_at", end: str = "ends_at", **extra: Any) -> None:
        super().__init__(F(start), F(end), output_field=DateTimeRangeField(), **extra)


def valid_on(day: Any) -> Q:
    """The rows that are valid on a day."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


ENDS_AFTER_IT_STARTS = Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
