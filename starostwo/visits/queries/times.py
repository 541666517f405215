"""Which times are free: hours, special days, days off and what is taken, put together. All is public."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.timezone import localtime

from starostwo.platform.workdays import is_working_day
from starostwo.visits.models import Counter, Hours, Matter, Place, SpecialDay, Visit
from starostwo.visits.models.ranges import valid_on
from starostwo.visits.rules.booking import last_day, length
from starostwo.visits.rules.slots import Span, free_starts, opening


@dataclass(frozen=True)
class FreeTime:
    """A time at which a visit can start, and the counters that are free then, the least busy first."""

    starts_at: datetime
    counters: tuple[int, ...]


@dataclass
class Timetable:
    """What is known about the counters of a place over some days."""

    counters: list[Counter]
    hours: dict[int, list[Hours]] = field(default_factory=lambda: defaultdict(list))
    special: dict[tuple[int, date], SpecialDay] = field(default_factory=dict)
    taken: dict[tuple[int, date], list[Span]] = field(default_factory=lambda: defaultdict(list))

    def opened(self, counter: Counter, day: date) -> list[Span]:
        """The hours of a counter on a day; a special day stands above days off and the week."""
        special = self.special.get((counter.pk, day))
        if special is not None:
            if special.opens is None or special.closes is None:
                return []
            return [opening(day, special.opens, special.closes)]
        if not is_working_day(day):
            return []
        return [
            opening(day, row.opens, row.closes)
            for row in self.hours.get(counter.pk, ())
            if row.weekday == day.weekday()
            and row.valid_from <= day
            and (row.valid_to is None or day < row.valid_to)
        ]


def matters_on(day: date) -> list[Matter]:
    """The matters that some counter settles with a booking, in their order."""
    served = Counter.objects.filter(valid_on(day), takes_bookings=True).values("matters")
    return list(Matter.objects.filter(valid_on(day), pk__in=served).order_by("position", "name"))


def all_places() -> list[Place]:
    """Every place, by name."""
    return list(Place.objects.order_by("name"))


def matters_at(place: Place, day: date) -> list[Matter]:
    """The matters that the counters of a place settle with a booking."""
    served = Counter.objects.filter(valid_on(day), place=place, takes_bookings=True).values("matters")
    return list(Matter.objects.filter(valid_on(day), pk__in=served).order_by("position", "name"))


def matters_by_code(codes: Iterable[str], day: date) -> list[Matter]:
    """The matters with these codes, in their order; unknown ones are left out."""
    return list(Matter.objects.filter(valid_on(day), code__in=set(codes)).order_by("position", "name"))


def places_for(matters: Sequence[Matter], day: date) -> list[Place]:
    """The places where one counter settles all of these matters with a booking."""
    counters = Counter.objects.filter(valid_on(day), takes_bookings=True)
    for matter in matters:
        counters = counters.filter(matters=matter)
    found = Place.objects.filter(pk__in=counters.values("place")).select_related("seat")
    return list(found.order_by("name"))


def days_of(place: Place, *, now: datetime) -> list[date]:
    """The days that can be booked now, the first one today."""
    local = localtime(now)
    end = last_day(local, horizon_days=place.horizon_days, release_at=place.release_at)
    return [local.date() + timedelta(days=ahead) for ahead in range((end - local.date()).days + 1)]


def free_times(
    place: Place, matters: Sequence[Matter], *, now: datetime, days: Sequence[date] | None = None
) -> dict[date, list[FreeTime]]:
    """The free times of each day that has any; five queries however many days."""
    allowed = days_of(place, now=now)
    wanted = allowed if days is None else [day for day in days if day in set(allowed)]
    if not wanted or not matters:
        return {}
    table = timetable(place, matters, days=wanted, now=now)
    minutes = length([matter.minutes for matter in matters])
    not_before = now + timedelta(minutes=place.lead_minutes)
    found = {day: _free_on(table, place, day, minutes, not_before) for day in wanted}
    return {day: times for day, times in found.items() if times}


def timetable(place: Place, matters: Sequence[Matter], *, days: Sequence[date], now: datetime) -> Timetable:
    """Read the counters that settle all the matters with a booking, and what is known about them."""
    counters = Counter.objects.filter(valid_on(days[0]), place=place, takes_bookings=True)
    for matter in matters:
        counters = counters.filter(matters=matter)
    table = timetable_of(list(counters.order_by("number")), days=days)
    keys = [counter.pk for counter in table.counters]
    taken = Visit.objects.filter(_takes_time(now), counter__in=keys, comes_on__range=(days[0], days[-1]))
    for counter_id, on, start, end in taken.values_list("counter_id", "comes_on", "starts_at", "ends_at"):
        table.taken[counter_id, on].append(Span(start, end))
    return table


def timetable_of(counters: list[Counter], *, days: Sequence[date]) -> Timetable:
    """Read the hours and the special days of counters; two queries."""
    table = Timetable(counters)
    keys = [counter.pk for counter in counters]
    for row in Hours.objects.filter(counter__in=keys).order_by("opens"):
        table.hours[row.counter_id].append(row)
    for day in SpecialDay.objects.filter(counter__in=keys, day_on__range=(days[0], days[-1])):
        table.special[day.counter_id, day.day_on] = day
    return table


def _takes_time(now: datetime) -> Q:
    """What is booked; held ones until they lapse; given back ones until they may be booked again."""
    lapsed = Q(state=Visit.State.HELD, confirm_until__lte=now)
    given_back = Q(state__in=Visit.GIVEN_BACK)
    return (~given_back & ~lapsed) | (given_back & Q(free_again_at__gt=now))


def _free_on(table: Timetable, place: Place, day: date, minutes: int, not_before: datetime) -> list[FreeTime]:
    counters = [c for c in table.counters if c.valid_to is None or day < c.valid_to]
    counters.sort(key=lambda counter: (len(table.taken.get((counter.pk, day), ())), counter.number))
    found: dict[datetime, list[int]] = defaultdict(list)
    for counter in counters:
        starts = free_starts(
            table.opened(counter, day),
            table.taken.get((counter.pk, day), []),
            minutes=minutes,
            grid=place.grid_minutes,
            not_before=not_before,
        )
        for start in starts:
            found[start].append(counter.pk)
    return [FreeTime(start, tuple(found[start])) for start in sorted(found)]


def offered_for(card_code: str, *, on: date) -> list[str]:
    """The codes of the matters of a service card with which a visit can be booked."""
    served = Counter.objects.filter(valid_on(on), takes_bookings=True).values("matters")
    found = Matter.objects.filter(valid_on(on), card_code=card_code, pk__in=served)
    return list(found.order_by("position").values_list("code", flat=True))


def names(*, on: date) -> list[str]:
    """What who books meets as names: the matters of a day, the places and the ways to them."""
    places = all_places()
    told = [matter.name for matter in matters_on(on)]
    told += [words for place in places for words in (place.name, place.way)]
    return [name for name in dict.fromkeys(told) if name]
