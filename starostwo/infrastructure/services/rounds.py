"""A round of monitoring: all watched devices are asked at once, then all that was learnt is written.

Asking touches no database and writing no network, so a slow device holds nobody. A round is told its moment;
two rounds do not run together (the worker's lock).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from starostwo.infrastructure.models import Gauge, Watch
from starostwo.infrastructure.queries.links import links_of
from starostwo.infrastructure.rules import alarms as rules
from starostwo.infrastructure.rules.readings import KINDS, Kind, Reading
from starostwo.infrastructure.services import history
from starostwo.infrastructure.services.probing_crowd import each
from starostwo.infrastructure.services.probing_mibs import gauges, states
from starostwo.infrastructure.services.probing_reach import USUAL_PORTS, Reached, reach
from starostwo.infrastructure.services.probing_snmp import Access, Conversation, Limits, NoAnswer
from starostwo.infrastructure.services.ringing import Course, ring
from starostwo.infrastructure.services.snmp_access import opened

AT_ONCE = 100
LIMITS = Limits(answer_seconds=1.0, whole_seconds=8.0, rows=1000)
GREATEST = 2**31 - 1


@dataclass(frozen=True)
class Asked:
    """What a device is asked by; plain values, for use outside the database's thread."""

    watch: int
    address: str
    ports: tuple[int, ...]
    access: Access | None


@dataclass(frozen=True)
class Heard:
    """What a device answered in this round."""

    reached: Reached | None
    links: dict[str, bool] = field(default_factory=dict)
    readings: Sequence[Reading] = ()


def play_round(*, now: datetime, at_once: int = AT_ONCE, limits: Limits = LIMITS) -> int:
    """Ask everybody, write it down, ring; return how many devices were asked."""
    history.keep(today=now.date())
    watches = list(Watch.objects.filter(is_on=True).select_related("device__place", "access").order_by("pk"))
    words = {one.access_id: opened(one.access) for one in watches if one.access is not None}
    asked = [
        Asked(one.pk, one.address, tuple(one.tcp_ports) or USUAL_PORTS, words.get(one.access_id))
        for one in watches
    ]

    async def ask(one: Asked) -> Heard:
        return await _ask(one, limits)

    heard = {one.watch: answer for one, answer in each(asked, ask, at_once=at_once)}
    take_in(watches, heard, now=now)
    return len(watches)


async def _ask(one: Asked, limits: Limits) -> Heard:
    reached = await reach(one.address, ports=one.ports, access=one.access, seconds=limits.answer_seconds)
    if reached is None or one.access is None:
        return Heard(reached)
    try:
        async with Conversation(one.address, one.access, limits) as talk:
            return Heard(reached, await states(talk), await gauges(talk))
    except NoAnswer:
        return Heard(reached)


@transaction.atomic
def take_in(watches: list[Watch], heard: dict[int, Heard], *, now: datetime) -> None:
    """Write what a round heard: states, samples, alarms; then ring. What is watched no more is left alone."""
    locked = Watch.objects.select_for_update(no_key=True).filter(pk__in=heard, is_on=True).order_by("pk")
    still = set(locked.values_list("pk", flat=True))
    watches = [one for one in watches if one.pk in still]
    course = Course(now, links_of(one.device_id for one in watches))
    cabled = course.cabled_ports()
    samples = _measure(watches, heard, course, now)
    for watch in watches:
        _judge(watch, heard[watch.pk], cabled.get(watch.device_id, {}), course)
    Watch.objects.bulk_update(
        watches, ["state", "state_since", "misses", "checked_at", "method", "links"], batch_size=500
    )
    history.add(samples)
    ring(course, watches)


def _judge(watch: Watch, heard: Heard, cabled: dict[str, str], course: Course) -> None:
    """The new state of a device and of its links; what begins and ends goes to the course."""
    reached = heard.reached
    was = watch.state
    watch.state, watch.misses = rules.after_answer(was, watch.misses, answered=reached is not None)
    if watch.state != was:
        watch.state_since = course.now
    watch.checked_at, watch.method = course.now, reached.method if reached else ""
    if watch.state == Watch.State.DOWN and was != Watch.State.DOWN:
        course.begin(watch, rules.DOWN, "", f"{watch.device.name} ({watch.address}) nie odpowiada")
    if watch.state == Watch.State.UP:
        course.end(watch, rules.DOWN, "")
    if not heard.links:
        return
    for name in sorted(rules.lost_links(watch.links, heard.links, cabled)):
        course.begin(
            watch, rules.LINK, name, f"{watch.device.name}, port {name}: brak połączenia z {cabled[name]}"
        )
    for name, is_up in heard.links.items():
        if is_up:
            course.end(watch, rules.LINK, name)
    watch.links = heard.links


def _measure(
    watches: list[Watch], heard: dict[int, Heard], course: Course, now: datetime
) -> list[history.Sample]:
    """Each reading to its gauge, made when it is new; the samples of this round."""
    kept = Gauge.objects.select_for_update(of=("self",)).filter(watch__in=watches).order_by("pk")
    known = {(one.watch_id, one.kind, one.key): one for one in kept}
    found = [(watch, reading) for watch in watches for reading in _readings(heard[watch.pk])]
    fresh = [
        Gauge(
            watch=watch, kind=reading.kind, key=reading.key, label=reading.label,
            **dict(zip(("low", "high"), rules.USUAL.get(reading.kind, (None, None)), strict=True)),
        )
        for watch, reading in found
        if (watch.pk, reading.kind, reading.key) not in known
    ]  # fmt: skip
    for gauge in Gauge.objects.bulk_create(fresh):
        known[gauge.watch_id, gauge.kind, gauge.key] = gauge
    measured = []
    for watch, reading in found:
        gauge = known[watch.pk, reading.kind, reading.key]
        gauge.value, gauge.measured_at = _fitting(reading.value), now
        if reading.value is not None:
            course.weigh(watch, gauge)
        measured.append(gauge)
    Gauge.objects.bulk_update(measured, ["value", "measured_at", "state"], batch_size=500)
    return [(gauge.pk, now, gauge.value) for gauge in measured]


def _readings(heard: Heard) -> list["Reading | Missing"]:
    reached = heard.reached
    first = (
        Reading(Kind.REACH, "reach", KINDS[Kind.REACH], reached.microseconds)
        if reached
        else Missing(Kind.REACH, "reach", KINDS[Kind.REACH])
    )
    return [first, *heard.readings]


@dataclass(frozen=True)
class Missing:
    """A sample that should have been there: the device did not answer."""

    kind: Kind
    key: str
    label: str
    value: None = None


def _fitting(value: int | None) -> int | None:
    return None if value is None else max(-GREATEST, min(GREATEST, value))
