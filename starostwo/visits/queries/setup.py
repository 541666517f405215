"""How a place is set up, for whoever may change it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from django.db.models import Prefetch

from starostwo.visits.models import Counter, Hours, Matter, Place, SpecialDay
from starostwo.visits.models.ranges import valid_on

DAYS = "pn wt śr czw pt sob ndz".split()


@dataclass(frozen=True)
class CounterSetup:
    """A counter with its hours of the week, as one line, and its matters."""

    counter: Counter
    hours: str
    matters: list[Matter]


def counters_of(place: Place, *, on: date) -> list[CounterSetup]:
    """The counters of a place as they are set up on a day; three queries."""
    matters = Prefetch("matters", queryset=Matter.objects.order_by("position", "name"))
    counters = Counter.objects.filter(valid_on(on), place=place).prefetch_related(matters).order_by("number")
    hours: dict[int, list[Hours]] = defaultdict(list)
    for row in Hours.objects.filter(valid_on(on), counter__place=place).order_by("weekday", "opens"):
        hours[row.counter_id].append(row)
    return [CounterSetup(each, _line(hours[each.pk]), list(each.matters.all())) for each in counters]


def _line(rows: Iterable[Hours]) -> str:
    """pn 8:00–15:00, wt 8:00–17:00."""
    return ", ".join(f"{DAYS[row.weekday]} {_clock(row.opens)}–{_clock(row.closes)}" for row in rows)


def _clock(value: time) -> str:
    return f"{value.hour}:{value:%M}"


def hours_of(counter: Counter, *, on: date) -> dict[int, tuple[time, time]]:
    """The hours of each day of the week on which the counter is open."""
    rows = Hours.objects.filter(valid_on(on), counter=counter).order_by("weekday", "-opens")
    return {row.weekday: (row.opens, row.closes) for row in rows}


def special_days(place: Place, *, since: date) -> list[SpecialDay]:
    """The special days of a place that are still to come."""
    days = SpecialDay.objects.filter(counter__place=place, day_on__gte=since).select_related("counter")
    return list(days.order_by("day_on", "counter__number")[:100])


def all_matters(*, on: date) -> list[Matter]:
    """Every kind of matter of the day."""
    return list(Matter.objects.filter(valid_on(on)).order_by("position", "name"))
