"""A run over a network: every address is asked, what answers is kept, what differs is proposed.

The register is not changed. The order is given on the screen, the worker carries it out. Numbers are written
as answers come, so the screen shows how far it is; a run told to stop ends after the answers under way.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.timezone import now as clock

from starostwo.infrastructure.models import DiscoveryRun, Proposal, Sighting
from starostwo.infrastructure.queries.links import known_devices
from starostwo.infrastructure.rules import differences as rules
from starostwo.infrastructure.rules.differences import Register, SeenHost, SeenLink, SeenPort
from starostwo.infrastructure.services.probing_crowd import each
from starostwo.infrastructure.services.probing_mibs import Seen, System, everything
from starostwo.infrastructure.services.probing_reach import Reached, reach
from starostwo.infrastructure.services.probing_snmp import Access, Conversation, Limits, NoAnswer
from starostwo.infrastructure.services.snmp_access import opened
from starostwo.infrastructure.services.writing import Refused, explained, must_manage, note
from starostwo.office.api import Actor
from starostwo.platform import jobs

log = logging.getLogger(__name__)
Network = IPv4Network | IPv6Network
MOST_ADDRESSES = 4096
AT_ONCE = 100
BETWEEN_NOTES = 16  # answers between two notes of how far it is
FOUND_TEXT = 200


@dataclass(frozen=True)
class Found:
    """What one address said; `seen` only over SNMP."""

    reached: Reached
    seen: Seen | None = None


Answer = tuple[str, Found | None]


@transaction.atomic
def order_run(network: Network, access_id: int | None, *, actor: Actor, now: datetime) -> DiscoveryRun:
    """Order a run; one at a time over a network, and not over more addresses than can be asked."""
    must_manage(actor)
    total = sum(1 for _ in _addresses(network)) if network.num_addresses <= 2 * MOST_ADDRESSES else 0
    if not 0 < total <= MOST_ADDRESSES:
        raise Refused("network", f"Sieć może mieć najwyżej {MOST_ADDRESSES} adresów. Podaj mniejszą.")
    if DiscoveryRun.objects.filter(network=network, ended_at=None).exists():
        raise Refused(
            "network", "Ta sieć jest właśnie przeglądana. Poczekaj na koniec albo zatrzymaj przegląd."
        )
    with explained():
        run = DiscoveryRun.objects.create(
            network=network, access_id=access_id, total=total, made_by_name=actor.name, made_at=now
        )
    note(run, "order_run", actor, now, network=str(network), addresses=total)
    jobs.defer(discover, run_id=run.pk)
    return run


@jobs.job("infrastructure.discover")
def discover(*, run_id: int) -> None:
    """Carry out a run that was ordered on the screen."""
    if settings.NETWORK_ASKING:
        carry_out(run_id)
        return
    for run in DiscoveryRun.objects.filter(pk=run_id, ended_at=None):
        _end(run, DiscoveryRun.State.FAILED, fault="ta instalacja nie pyta sieci (NETWORK_ASKING)")


@transaction.atomic
def stop_run(run_id: int, *, actor: Actor, now: datetime) -> DiscoveryRun:
    """Tell a run to stop; one that has ended stays as it is."""
    must_manage(actor)
    run = DiscoveryRun.objects.select_for_update().filter(pk=run_id, ended_at=None).first()
    if run is None:
        raise Refused("run", "Ten przegląd już się zakończył.")
    run.stop_asked_at = run.stop_asked_at or now
    run.save(update_fields=["stop_asked_at"])
    note(run, "stop_run", actor, now)
    return run


def carry_out(run_id: int, *, limits: Limits = Limits(), at_once: int = AT_ONCE) -> DiscoveryRun:  # noqa: B008
    """Ask every address; called by the worker, from the start again where a killed one left off."""
    begun = DiscoveryRun.objects.filter(pk=run_id, ended_at=None)
    if not begun.update(state=DiscoveryRun.State.RUNNING):
        return DiscoveryRun.objects.get(pk=run_id)
    run = DiscoveryRun.objects.select_related("access").get(pk=run_id)
    words = opened(run.access) if run.access else None

    async def ask(address: str) -> Found | None:
        return await _ask(address, words, limits)

    return take_in(run, each(_addresses(run.network), ask, at_once=at_once))


def take_in(run: DiscoveryRun, answers: Iterable[Answer]) -> DiscoveryRun:
    """Keep what answers say as they come, then propose; ends with them or when told to stop."""
    try:
        hosts, is_whole = _heard(run, answers)
        _propose(run, hosts)
    except Exception as error:
        log.exception("discovery run %s", run.pk)
        _end(run, DiscoveryRun.State.FAILED, fault=f"błąd programu: {type(error).__name__}")
        return run
    _end(run, DiscoveryRun.State.DONE if is_whole else DiscoveryRun.State.STOPPED)
    return run


def _heard(run: DiscoveryRun, answers: Iterable[Answer]) -> tuple[list[SeenHost], bool]:
    register, hosts, asked = Register(known_devices()), list[SeenHost](), 0
    for address, found in answers:
        asked += 1
        if found is not None:
            hosts.append(_host(address, found))
            _keep(run, hosts[-1], found, register)
        if asked % BETWEEN_NOTES == 0:
            _note_progress(run, asked, len(hosts))
            if DiscoveryRun.objects.filter(pk=run.pk, stop_asked_at__isnull=False).exists():
                break
    _note_progress(run, asked, len(hosts))
    return hosts, asked == run.total


async def _ask(address: str, words: Access | None, limits: Limits) -> Found | None:
    """SNMP first where there are words for it: it says most; then any other sign of life."""
    if words is not None:
        found = await _by_snmp(address, words, limits)
        if found is not None:
            return found
    reached = await reach(address, seconds=limits.answer_seconds)
    return Found(reached) if reached else None


async def _by_snmp(address: str, words: Access, limits: Limits) -> Found | None:
    began = clock()
    try:
        async with Conversation(address, words, limits) as talk:
            seen = await everything(talk)
    except NoAnswer:
        return None
    if seen.system == System() and not seen.interfaces:
        return None
    taken = clock() - began
    return Found(Reached("SNMP", int(taken.total_seconds() * 1_000_000)), seen)


def _host(address: str, found: Found) -> SeenHost:
    if found.seen is None:
        return SeenHost(address)
    seen = found.seen
    return SeenHost(
        address,
        seen.system.name,
        seen.chassis,
        tuple(SeenPort(port.name[:60], port.mac, port.megabits) for port in seen.interfaces),
        tuple(SeenLink(one.local_port, one.chassis, one.port, one.name) for one in seen.neighbours),
    )


def _keep(run: DiscoveryRun, host: SeenHost, found: Found, register: Register) -> None:
    device = register.device_of(host)
    seen = found.seen
    told = {
        "chassis": host.chassis, "ports": [asdict(port) for port in seen.interfaces] if seen else [],
        "links": [asdict(link) for link in host.links],
        "readings": [asdict(one) for one in seen.readings] if seen else [],
    }  # fmt: skip
    said = {
        "method": found.reached.method, "microseconds": min(found.reached.microseconds, 2**31 - 1),
        "name": host.name, "described": seen.system.description if seen else "", "told": told,
        "device_id": device.id if device else None,
    }  # fmt: skip
    Sighting.objects.update_or_create(run=run, address=host.address, defaults=said)


def _note_progress(run: DiscoveryRun, asked: int, found: int) -> None:
    DiscoveryRun.objects.filter(pk=run.pk).update(asked=asked, found=found)


@transaction.atomic
def _propose(run: DiscoveryRun, hosts: list[SeenHost]) -> None:
    """Keep each new difference, once; one that was rejected is not said again, one that is gone is closed."""
    register = Register(known_devices())
    found = {one.key: one for one in rules.differences(hosts, register)}
    said = Proposal.objects.filter(key__in=found)
    settled = set(said.filter(state=Proposal.State.OPEN).values_list("key", flat=True))
    settled |= set(said.filter(state=Proposal.State.REJECTED).values_list("key", flat=True))
    Proposal.objects.bulk_create(
        Proposal(
            run=run, kind=one.kind, key=key[:300], device_id=one.device, port_id=one.port,
            other_id=one.other, cable_id=one.cable, known=one.known[:300], seen=one.seen[:300],
            told=dict(one.told),
        )
        for key, one in found.items()
        if key not in settled
    )  # fmt: skip
    seen = {device.id for host in hosts if (device := register.device_of(host))}
    stale = Proposal.objects.filter(state=Proposal.State.OPEN, device__in=seen).exclude(key__in=found)
    known = [f"host:{mark}" for host in hosts for mark in (host.chassis, host.address) if mark]
    hosts_now_known = Proposal.objects.filter(state=Proposal.State.OPEN, key__in=known).exclude(key__in=found)
    for gone in (stale, hosts_now_known):
        gone.update(state=Proposal.State.GONE, decided_at=clock())


def _end(run: DiscoveryRun, state: str, fault: str = "") -> None:
    DiscoveryRun.objects.filter(pk=run.pk).update(
        state=state, ended_at=clock(), fault=fault, asked=F("asked")
    )
    run.refresh_from_db()


def _addresses(network: Network) -> Iterator[str]:
    return (str(one) for one in network.hosts())
