"""The monitoring of the demonstration: who is watched, two weeks of history, one alarm, a run with proposals.

Nothing is asked of any network: what devices say is invented here and taken in by the services that take in
real answers.
"""

import math
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from typing import Any

from django.utils.timezone import localdate

from starostwo.infrastructure.models import Device, Gauge, Port, Watch
from starostwo.infrastructure.queries.links import far_ends
from starostwo.infrastructure.rules.lldp import Neighbour
from starostwo.infrastructure.rules.readings import Kind, Reading
from starostwo.infrastructure.services import discovering, history, rounds, watching
from starostwo.infrastructure.services.discovering import Found
from starostwo.infrastructure.services.probing_mibs import Interface, Seen, System
from starostwo.infrastructure.services.probing_reach import Reached
from starostwo.infrastructure.services.rounds import Heard
from starostwo.infrastructure.services.snmp_access import NewAccess, keep_access
from starostwo.office.actor import actor_for
from starostwo.site.demo.people import Cast

DAYS, STEP = 14, timedelta(minutes=30)
ROOT, FAILED = "SW-S-1", "SW-D-2"
SECRET = "haslo-pokazowe"  # noqa: S105  opens nothing: the demonstration asks no network
SEEN_PORTS = 4


def watch_the_network(cast: Cast, *, now: datetime) -> None:
    """Every managed device is watched from the first switch; one switch has just failed, one UPS is warm."""
    who: dict[str, Any] = {"actor": actor_for(cast.staff["w.kabel"], today=localdate(now)), "now": now}
    new = NewAccess(
        "nadzór", "V3", user="nadzor", auth="SHA256", auth_secret=SECRET, priv="AES128", priv_secret=SECRET
    )
    access = keep_access(new, **who).pk
    managed = Device.objects.filter(management__isnull=False, state="IN_USE").select_related("management")
    for device in managed.order_by("name"):
        how = watching.How(str(device.management), access, is_root=device.name == ROOT)
        watching.watch_device(device.pk, how, **who)
    supplies = Device.objects.filter(device_type__category="UPS", state="IN_USE").order_by("name")
    for number, device in enumerate(supplies, start=1):
        watching.watch_device(device.pk, watching.How(f"10.20.99.{20 + number}", access), **who)
    watching.add_reader("dyzur.siec@powiat.example", **who)
    day = now.astimezone(UTC).date()  # partitions are days of UTC
    history.keep(today=day, since=day - timedelta(days=DAYS + 1))
    watches = list(Watch.objects.select_related("device__place", "device__device_type").order_by("pk"))
    rounds.take_in(watches, {one.pk: _heard(one, now, well=True) for one in watches}, now=now - STEP)
    _remember(now)
    for minutes in (2, 1):
        at = now - timedelta(minutes=minutes)
        rounds.take_in(watches, {one.pk: _heard(one, at) for one in watches}, now=at)
    _look_over(access, who)


def _heard(watch: Watch, at: datetime, *, well: bool = False) -> Heard:
    """What a device says at a moment; its values swing with the hour of the day."""
    if watch.device.name == FAILED and not well:
        return Heard(None)
    swing = _swing(at.hour + at.minute / 60, watch.pk)
    reached = Reached("SNMP", 700 + watch.pk % 9 * 60 + int(180 * swing))
    links = {name: True for name in Port.objects.filter(
        device=watch.device_id, kind="INTERFACE", end__isnull=False
    ).values_list("name", flat=True)}  # fmt: skip
    return Heard(reached, links, _readings(watch, swing, warm=not well))


def _readings(watch: Watch, swing: float, *, warm: bool) -> list[Reading]:
    category, name = watch.device.device_type.category, watch.device.name
    if category == "UPS":
        hot = 10_500 if warm and name == "UPS-S-2" else 0
        return [
            Reading(Kind.UPS_CHARGE, "charge", "naładowanie baterii", 99_000),
            Reading(Kind.UPS_LOAD, "load", "obciążenie wyjścia 1", 41_000 + int(6_000 * swing)),
            Reading(Kind.UPS_LEFT, "left", "czas podtrzymania", 34_000 - int(3_000 * swing)),
            Reading(
                Kind.TEMPERATURE, "temperature", "temperatura baterii", 21_000 + int(1_500 * swing) + hot
            ),
        ]
    if category == "SERVER":
        return [
            Reading(Kind.TEMPERATURE, "sensor.1", "temperatura na wlocie", 20_500 + int(1_800 * swing)),
            Reading(Kind.CPU, "cpu", "procesor", 32_000 + int(18_000 * swing)),
        ]
    return []


def _remember(now: datetime) -> None:
    """Samples of two weeks for each gauge, and their hours and days."""
    samples = []
    today = now.hour + now.minute / 60
    for gauge in Gauge.objects.order_by("pk"):
        base = gauge.value or 0
        for number in range(2, int(timedelta(days=DAYS) / STEP)):
            at = now - number * STEP
            swing = _swing(at.hour + at.minute / 60, gauge.pk) - _swing(today, gauge.pk)
            lost = (number * 7 + gauge.pk) % 131 == 0
            samples.append((gauge.pk, at, None if lost else base + int(min(base * 0.04, 2_000) * swing)))
    history.add(samples)
    history.roll_up(first=now - timedelta(days=DAYS), now=now)


def _swing(hour: float, number: int) -> float:
    return math.sin((hour + number) * math.pi / 12)


def _look_over(access: int, who: dict[str, Any]) -> None:
    """A run over the network of management of the first seat: an unknown host, a renamed device, links."""
    root = Device.objects.select_related("management__prefix").get(name=ROOT)
    assert root.management is not None  # noqa: S101  the demonstration has just given it
    network = ip_network(str(root.management.prefix.network))
    run = discovering.order_run(network, access, **who)
    addresses = {str(one.management): one for one in _managed_in(network)}
    answers = [(str(host), _found(addresses.get(str(host)))) for host in network.hosts()]
    stranger = next(at for at, (host, found) in enumerate(answers) if found is None)
    answers[stranger] = (answers[stranger][0], Found(Reached("SNMP", 2_100), _stranger()))
    discovering.take_in(run, answers)


def _managed_in(network: Any) -> list[Device]:
    rows = Device.objects.filter(management__isnull=False).select_related("management", "device_type")
    return [
        one for one in rows if str(one.management).split("/")[0] in {str(host) for host in network.hosts()}
    ]


def _found(device: Device | None) -> Found | None:
    if device is None:
        return None
    ports = list(Port.objects.filter(device=device, kind="INTERFACE").order_by("position")[:SEEN_PORTS])
    every = list(Port.objects.filter(device=device, kind="INTERFACE").values_list("pk", flat=True))
    far = Port.objects.select_related("device").in_bulk([other for _, other, _, _ in far_ends(every)])
    near = Port.objects.in_bulk(every)
    heard = [
        Neighbour(near[one].name, "", far[other].name, "", far[other].device.name)
        for one, other, _, _ in far_ends(every)
        if far[other].device.device_type_id
    ]
    name = "fw-zgierz" if device.name == "FW-S-1" else device.name
    return Found(
        Reached("SNMP", 900 + device.pk % 7 * 80),
        Seen(System(name, str(device.device_type), "SADOWA"), "", _interfaces(ports), heard),
    )


def _interfaces(ports: list[Port]) -> list[Interface]:
    return [
        Interface(number, port.name, "", port.mac, True, True, port.speed)
        for number, port in enumerate(ports, start=1)
    ]


def _stranger() -> Seen:
    port = Interface(1, "eth0", "", "02:00:5e:10:00:07", True, True, 1000)
    return Seen(System("rejestrator-kamer", "NVR 16", "magazyn"), "02:00:5e:10:00:07", [port])
