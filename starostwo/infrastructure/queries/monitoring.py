"""Reads of monitoring: the state by places, alarms, gauges and their history."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from starostwo.infrastructure import access
from starostwo.infrastructure.models import Alarm, Device, Gauge, Reader, Watch, Works
from starostwo.infrastructure.rules.alarms import DOWN
from starostwo.infrastructure.rules.readings import Kind
from starostwo.office.api import Actor

CLIMATE = (Kind.TEMPERATURE, Kind.HUMIDITY, Kind.UPS_CHARGE, Kind.UPS_LOAD, Kind.UPS_LEFT, Kind.UPS_BATTERY)

SHOWN = 10


@dataclass(frozen=True)
class Standing:
    """A watched device as the state page shows it."""

    watch: Watch
    words: str
    mood: str
    alarms: list[Alarm] = field(default_factory=list)


@dataclass(frozen=True)
class Room:
    """A place with the devices watched there."""

    place: Any
    devices: list[Standing]

    @property
    def troubled(self) -> int:
        """How many are not well."""
        return sum(1 for one in self.devices if one.mood in ("bad", "warn"))


def rooms(actor: Actor) -> list[Room]:
    """Every place with watched devices, in the order of places; two queries whatever their number."""
    if not access.may_see(actor):
        return []
    rows = Watch.objects.filter(is_on=True).select_related("device__place", "device__device_type")
    alarms: dict[int, list[Alarm]] = {}
    for alarm in Alarm.objects.filter(ended_at=None).select_related("hidden_by__device"):
        alarms.setdefault(alarm.watch_id, []).append(alarm)
    ordered = rows.order_by("device__place__path", "device__name")
    return [
        Room(place, [_standing(one, alarms.get(one.pk, [])) for one in found])
        for place, found in groupby(ordered, key=lambda one: one.device.place)
    ]


def _standing(watch: Watch, alarms: list[Alarm]) -> Standing:
    down = next((one for one in alarms if one.cause == DOWN), None)
    if down is not None and down.hidden_by is not None:
        return Standing(watch, f"niedostępne za {down.hidden_by.device.name}", "neutral", alarms)
    if any(one.in_works for one in alarms):
        return Standing(watch, "prace", "info", alarms)
    if down is not None:
        return Standing(watch, "nie odpowiada", "bad", alarms)
    if alarms:
        return Standing(watch, alarms[0].get_cause_display(), "warn", alarms)
    if watch.state == Watch.State.UNKNOWN:
        return Standing(watch, "nie sprawdzono", "neutral", alarms)
    return Standing(watch, watch.get_state_display(), "good", alarms)


def climate(actor: Actor) -> list[Gauge]:
    """Temperatures and supplies of server rooms, what is out of its thresholds first."""
    rows = (
        Gauge.objects.filter(kind__in=CLIMATE, watch__is_on=True)
        if access.may_see(actor)
        else Gauge.objects.none()
    )
    ordered = rows.select_related("watch__device__place").order_by(
        "watch__device__place__path", "watch__device__name", "kind", "id"
    )
    return sorted(ordered[:200], key=lambda one: one.state == Gauge.State.OK)


def alarms(actor: Actor, *, is_open: bool = True) -> QuerySet[Alarm]:
    """Alarms: those that last, or all."""
    rows = Alarm.objects.select_related("watch__device__place", "hidden_by__device")
    rows = rows if access.may_see(actor) else rows.none()
    return rows.filter(ended_at=None) if is_open else rows


def untaken(actor: Actor) -> list[Alarm]:
    """Alarms that last and that nobody has taken up, the oldest first; for those who keep the network."""
    if not access.may_manage(actor):
        return []
    rows = alarms(actor).filter(hidden_by=None, in_works=False, taken_at=None)
    return list(rows.order_by("began_at", "id")[:SHOWN])


def alarm(alarm_id: int, *, actor: Actor) -> Alarm | None:
    """One alarm."""
    return alarms(actor, is_open=False).filter(pk=alarm_id).first()


def watch_of(device: Device) -> Watch | None:
    """How a device is watched, if it is."""
    rows = Watch.objects.select_related("device__place", "access", "hangs_on__device")
    return rows.filter(device=device).first()


def roots(without: int) -> list[tuple[int, str]]:
    """Watched devices on which another may hang."""
    rows = Watch.objects.exclude(device=without).order_by("device__name")
    return list(rows.values_list("pk", "device__name"))


def gauges(watch: Watch) -> list[Gauge]:
    """What is measured at a device."""
    return list(Gauge.objects.filter(watch=watch).order_by("kind", "label", "id"))


def gauge(gauge_id: int, *, actor: Actor) -> Gauge | None:
    """One gauge."""
    rows = Gauge.objects.select_related("watch__device__place")
    return rows.filter(pk=gauge_id).first() if access.may_see(actor) else None


def works(actor: Actor, *, now: datetime) -> list[Works]:
    """Works that go on or are to come."""
    rows = Works.objects.filter(Q(ends_at__gt=now)).select_related("place")
    return list(rows.order_by("begins_at", "id")) if access.may_see(actor) else []


def readers(actor: Actor) -> list[Reader]:
    """Who is told."""
    return list(Reader.objects.order_by("email")) if access.may_see(actor) else []


@dataclass(frozen=True)
class Point:
    """One span of the history: lowest, mean and highest value in thousandths; None: nothing was heard."""

    at: datetime | date
    low: int | None
    mean: int | None
    high: int | None
    missing: int


SPANS = {"doba": "ostatnia doba", "miesiac": "ostatnie 14 dni", "rok": "ostatni rok"}
SAMPLES = """
    SELECT date_bin('10 minutes', at, '2026-01-01'), min(value), avg(value)::int, max(value),
        count(*) - count(value)
    FROM infrastructure_sample WHERE gauge_id = %(gauge)s AND at > %(since)s GROUP BY 1 ORDER BY 1
"""
HOURS = """
    SELECT hour, low, CASE WHEN samples > 0 THEN (total / samples)::int END, high, missing
    FROM infrastructure_hour WHERE gauge_id = %(gauge)s AND hour > %(since)s ORDER BY 1
"""
DAYS = """
    SELECT day, low, CASE WHEN samples > 0 THEN (total / samples)::int END, high, missing
    FROM infrastructure_day WHERE gauge_id = %(gauge)s AND day > %(since)s ORDER BY 1
"""
READ = {"doba": (SAMPLES, 1), "miesiac": (HOURS, 14), "rok": (DAYS, 366)}


def history(gauge: Gauge, span: str, *, now: datetime) -> list[Point]:
    """The history of a gauge over a span, in as many points as a chart can show."""
    return list(_points(gauge, span, now))


def _points(gauge: Gauge, span: str, now: datetime) -> Iterator[Point]:
    sql, days = READ[span]
    with connection.cursor() as cursor:
        cursor.execute(sql, {"gauge": gauge.pk, "since": now - timedelta(days=days)})
        for row in cursor.fetchall():
            yield Point(*row)
