"""Setting up where visits happen: places, matters, counters, their hours and special days."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.office.api import Actor
from starostwo.visits import access
from starostwo.visits.models import Counter, Hours, Matter, Place, SpecialDay, Visit
from starostwo.visits.queries.times import timetable_of


class NotAllowed(Exception):
    """Places are set up by the head of their unit or by an administrator."""


@dataclass(frozen=True)
class Limits:
    """The rules of booking at a place."""

    horizon_days: int = 30
    release_at: time = time(8)
    lead_minutes: int = 60
    confirm_minutes: int = 60
    grid_minutes: int = 15
    most_open: int = 2
    walk_in_quota: int = 10


@transaction.atomic
def open_place(
    *, actor: Actor, code: str, name: str, unit: str, seat_id: int, way: str, limits: Limits, now: datetime
) -> Place:
    """Open a place of a unit in a building."""
    _check(actor, unit)
    place = Place.objects.create(
        code=code, name=name, unit_symbol=unit, seat_id=seat_id, way=way, **asdict(limits)
    )
    _note(actor, "open_place", str(place.pk), {"code": code, "unit": unit}, now)
    return place


@transaction.atomic
def set_limits(place: Place, *, actor: Actor, limits: Limits, now: datetime) -> None:
    """Change the rules of booking; what was booked before stays."""
    _check(actor, place.unit_symbol)
    for name, value in asdict(limits).items():
        setattr(place, name, value)
    place.save(update_fields=list(asdict(limits)))
    _note(actor, "set_limits", str(place.pk), {k: str(v) for k, v in asdict(limits).items()}, now)


@transaction.atomic
def define_matter(
    *, actor: Actor, unit: str, code: str, name: str, minutes: int, card_code: str, position: int,
    valid_from: date, now: datetime,
) -> Matter:  # fmt: skip
    """Add a kind of matter with its length; the unit is the one that settles it."""
    _check(actor, unit)
    matter = Matter.objects.create(
        code=code, name=name, minutes=minutes, card_code=card_code, position=position, valid_from=valid_from
    )
    audit.record(
        actor=actor.audit_name, verb="define_matter", thing=f"visits.matter:{matter.pk}",
        payload={"code": code, "minutes": minutes}, at=now,
    )  # fmt: skip
    return matter


@transaction.atomic
def change_matter(
    matter: Matter, *, actor: Actor, name: str, minutes: int, card_code: str, valid_to: date | None,
    now: datetime,
) -> None:  # fmt: skip
    """Change a kind of matter or end it; visits that were booked keep the length they have."""
    if not access.may_change_matter(actor, matter):
        raise NotAllowed
    matter.name, matter.minutes, matter.card_code, matter.valid_to = name, minutes, card_code, valid_to
    matter.save(update_fields=["name", "minutes", "card_code", "valid_to"])
    ends = valid_to.isoformat() if valid_to else None
    audit.record(
        actor=actor.audit_name, verb="change_matter", thing=f"visits.matter:{matter.pk}",
        payload={"code": matter.code, "minutes": minutes, "ends": ends}, at=now,
    )  # fmt: skip


@transaction.atomic
def open_counter(
    place: Place, *, actor: Actor, number: int, matters: Iterable[Matter], valid_from: date, now: datetime,
    takes_bookings: bool = True, takes_walk_ins: bool = True,
) -> Counter:  # fmt: skip
    """Open a counter that settles the matters."""
    _check(actor, place.unit_symbol)
    counter = Counter.objects.create(
        place=place, number=number, valid_from=valid_from,
        takes_bookings=takes_bookings, takes_walk_ins=takes_walk_ins,
    )  # fmt: skip
    counter.matters.set(matters)
    _note(actor, "open_counter", str(place.pk), {"number": number}, now)
    return counter


@transaction.atomic
def set_matters(
    counter: Counter, *, actor: Actor, matters: Iterable[Matter], takes_bookings: bool, takes_walk_ins: bool,
    now: datetime,
) -> None:  # fmt: skip
    """Change with what one can come to a counter; what was booked before stays."""
    _check(actor, counter.place.unit_symbol)
    counter.takes_bookings, counter.takes_walk_ins = takes_bookings, takes_walk_ins
    counter.save(update_fields=["takes_bookings", "takes_walk_ins"])
    counter.matters.set(matters)
    payload = {"counter": counter.number, "matters": sorted(matter.code for matter in matters)}
    _note(actor, "set_matters", str(counter.place_id), payload, now)


@dataclass(frozen=True)
class WeekHours:
    """Hours of one day of the week; Monday is 0."""

    weekday: int
    opens: time
    closes: time


class DayIsBooked(Exception):
    """Visits are booked outside of the new hours; they are called off first, so that each person is told."""


@transaction.atomic
def set_hours(
    counter: Counter, *, actor: Actor, week: Iterable[WeekHours], valid_from: date, now: datetime
) -> None:
    """Set the hours of a counter from a day on; the hours before end on that day."""
    _check(actor, counter.place.unit_symbol)
    Counter.objects.select_for_update(no_key=True).get(pk=counter.pk)
    Hours.objects.filter(counter=counter, valid_from__gte=valid_from).delete()
    Hours.objects.filter(counter=counter, valid_to=None).update(valid_to=valid_from)
    rows = [Hours(counter=counter, valid_from=valid_from, **asdict(each)) for each in week]
    Hours.objects.bulk_create(rows)
    _refuse_strays(counter, since=valid_from)
    said = [f"{row.weekday} {row.opens:%H:%M}-{row.closes:%H:%M}" for row in rows]
    payload = {"counter": counter.number, "from": valid_from.isoformat(), "hours": said}
    _note(actor, "set_hours", str(counter.place_id), payload, now)


@transaction.atomic
def set_special_day(
    counter: Counter, *, actor: Actor, day: date, opens: time | None, closes: time | None, reason: str,
    now: datetime,
) -> None:  # fmt: skip
    """Give a counter other hours on one date, or none."""
    _check(actor, counter.place.unit_symbol)
    Counter.objects.select_for_update(no_key=True).get(pk=counter.pk)
    SpecialDay.objects.update_or_create(
        counter=counter, day_on=day, defaults={"opens": opens, "closes": closes, "reason": reason}
    )
    _refuse_strays(counter, since=day, until=day)
    payload = {"counter": counter.number, "day": day.isoformat(), "reason": reason}
    _note(actor, "set_special_day", str(counter.place_id), payload, now)


def _refuse_strays(counter: Counter, *, since: date, until: date | None = None) -> None:
    """Refuse hours, just written, that leave a booked visit outside; the transaction is undone."""
    visits = Visit.objects.filter(counter=counter, state__in=Visit.OPEN, comes_on__gte=since)
    booked = list(visits.filter(comes_on__lte=until) if until else visits)
    if not booked:
        return
    days = [since, max(visit.comes_on for visit in booked)]
    table = timetable_of([counter], days=days)
    for visit in booked:
        spans = table.opened(counter, visit.comes_on)
        if not any(s.starts_at <= visit.starts_at and visit.ends_at <= s.ends_at for s in spans):
            raise DayIsBooked


def _check(actor: Actor, unit: str) -> None:
    if not access.may_configure(actor, unit):
        raise NotAllowed


def _note(actor: Actor, verb: str, place: str, payload: dict[str, object], now: datetime) -> None:
    audit.record(actor=actor.audit_name, verb=verb, thing=f"visits.place:{place}", payload=payload, at=now)
