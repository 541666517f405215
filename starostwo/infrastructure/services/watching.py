"""Verbs of monitoring: watch a device, its thresholds, works, who is told, an alarm taken up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from starostwo.infrastructure.models import Alarm, Device, Gauge, Reader, Watch, Works
from starostwo.infrastructure.queries.links import links_of
from starostwo.infrastructure.services.ringing import Course, hush, ring
from starostwo.infrastructure.services.writing import Refused, explained, must_manage, must_work, note
from starostwo.office.api import Actor, places

MOST_PORTS = 5


@dataclass(frozen=True)
class How:
    """By which ways a device is asked."""

    address: str
    access: int | None = None
    tcp_ports: Sequence[int] = ()
    is_root: bool = False
    hangs_on: int | None = None
    is_on: bool = True


@transaction.atomic
def watch_device(device_id: int, how: How, *, actor: Actor, now: datetime) -> Watch:
    """Begin to watch a device, or change by which ways it is watched."""
    must_manage(actor)
    device = Device.objects.filter(pk=device_id).exclude(state=Device.State.WITHDRAWN).first()
    if device is None:
        raise Refused("device", "Tego urządzenia nie ma albo jest wycofane.")
    if len(how.tcp_ports) > MOST_PORTS or any(not 0 < port < 65536 for port in how.tcp_ports):
        raise Refused("tcp_ports", f"Podaj najwyżej {MOST_PORTS} portów od 1 do 65535.")
    if how.hangs_on and Watch.objects.filter(device=device, pk=how.hangs_on).exists():
        raise Refused("hangs_on", "Urządzenie nie może zależeć od siebie.")
    with explained():
        made, _ = Watch.objects.update_or_create(
            device=device,
            defaults={
                "address": how.address, "access_id": how.access, "tcp_ports": list(how.tcp_ports),
                "is_root": how.is_root, "hangs_on_id": how.hangs_on, "is_on": how.is_on,
            },
        )  # fmt: skip
    if not made.is_on:
        hush(made, now)
    note(made, "watch", actor, now, device=device.name, address=how.address, is_on=how.is_on)
    return made


@transaction.atomic
def set_thresholds(gauge_id: int, low: int | None, high: int | None, *, actor: Actor, now: datetime) -> Gauge:
    """From which values on a gauge is an alarm; in thousandths of its unit."""
    must_manage(actor)
    rows = Gauge.objects.select_for_update(of=("self",)).select_related("watch__device")
    gauge = rows.filter(pk=gauge_id).first()
    if gauge is None:
        raise Refused("gauge", "Tego miernika już nie ma.")
    if low is not None and high is not None and low >= high:
        raise Refused("high", "Górny próg musi być większy od dolnego.")
    before = (gauge.low, gauge.high)
    gauge.low, gauge.high = low, high
    gauge.save(update_fields=["low", "high"])
    note(gauge, "set_thresholds", actor, now, before=list(before), after=[low, high])
    _judge_again(gauge, now)
    return gauge


def _judge_again(gauge: Gauge, now: datetime) -> None:
    """The last value by new thresholds, without the margin of the old ones; alarms begin and end with it.

    The lock of the gauge keeps a round of monitoring from judging it at the same time.
    """
    if gauge.value is None and not (gauge.low is None and gauge.high is None):
        return
    watches = list(Watch.objects.filter(is_on=True).select_related("device__place").order_by("pk"))
    course = Course(now, links_of(one.device_id for one in watches))
    gauge.state = Gauge.State.OK
    course.weigh(gauge.watch, gauge)
    gauge.save(update_fields=["state"])
    if not gauge.watch.is_on:
        course.begun.clear()
    ring(course, watches)


@transaction.atomic
def take_alarm(alarm_id: int, words: str, *, actor: Actor, now: datetime) -> Alarm:
    """Say that somebody deals with an alarm; the first one who says so is kept."""
    must_work(actor)
    alarm = Alarm.objects.select_for_update().filter(pk=alarm_id).first()
    if alarm is None:
        raise Refused("alarm", "Tego alarmu nie ma.")
    if alarm.taken_at is not None:
        raise Refused("alarm", f"Ten alarm potwierdził już {alarm.taken_by_name}.")
    alarm.taken_at, alarm.taken_by_name, alarm.note = now, actor.name, words.strip()
    alarm.save(update_fields=["taken_at", "taken_by_name", "note"])
    note(alarm, "take", actor, now, words=alarm.words, note=alarm.note)
    return alarm


@dataclass(frozen=True)
class Span:
    """When works begin and end."""

    begins_at: datetime
    ends_at: datetime


@transaction.atomic
def plan_works(place_id: int, span: Span, reason: str, *, actor: Actor, now: datetime) -> Works:
    """Announce works: until they end nobody is told of alarms of the place."""
    must_manage(actor)
    if span.ends_at <= span.begins_at or span.ends_at <= now:
        raise Refused("ends_at", "Koniec prac musi być po ich początku i po obecnej chwili.")
    if places.one(place_id) is None:
        raise Refused("place", "Wybierz miejsce z listy.")
    made = Works.objects.create(
        place_id=place_id, begins_at=span.begins_at, ends_at=span.ends_at, reason=reason.strip(),
        made_by_name=actor.name,
    )  # fmt: skip
    note(made, "plan_works", actor, now, place=place_id, reason=made.reason, until=span.ends_at.isoformat())
    return made


@transaction.atomic
def end_works(works_id: int, *, actor: Actor, now: datetime) -> Works:
    """End works before their time; works that have not begun are called off."""
    must_manage(actor)
    works = Works.objects.select_for_update().filter(pk=works_id, ends_at__gt=now).first()
    if works is None:
        raise Refused("works", "Te prace już się skończyły.")
    note(works, "end_works", actor, now, reason=works.reason)
    if works.begins_at >= now:
        works.delete()
    else:
        works.ends_at = now
        works.save(update_fields=["ends_at"])
    return works


@transaction.atomic
def add_reader(email: str, *, actor: Actor, now: datetime) -> Reader:
    """From now on alarms are told to this address too."""
    must_manage(actor)
    made, _ = Reader.objects.get_or_create(email=email.strip().lower())
    note(made, "add_reader", actor, now, email=made.email)
    return made


@transaction.atomic
def drop_reader(reader_id: int, *, actor: Actor, now: datetime) -> None:
    """Tell this address no more."""
    must_manage(actor)
    found = Reader.objects.filter(pk=reader_id).first()
    if found is None:
        raise Refused("reader", "Tego adresu już nie ma na liście.")
    note(found, "drop_reader", actor, now, email=found.email)
    found.delete()
