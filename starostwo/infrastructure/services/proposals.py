"""Decisions on proposals: an accepted one is done by the verb of what it changes, a rejected one rests."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from starostwo.infrastructure.models import Address, Cable, CableEnd, Device, Port, Prefix, Proposal
from starostwo.infrastructure.rules import differences as rules
from starostwo.infrastructure.rules.kinds import INTERFACE
from starostwo.infrastructure.rules.ports import NewPort
from starostwo.infrastructure.services import cabling, hardware, networks
from starostwo.infrastructure.services.writing import Refused, must_manage, note
from starostwo.office.api import Actor

Thing = TypeVar("Thing")
STALE = "Ewidencja zmieniła się od czasu przeglądu. Powtórz przegląd, pokaże obecne różnice."


@dataclass(frozen=True)
class Said:
    """What a person adds when a new device is accepted: its type, place and name."""

    device_type: int | None = None
    place: int | None = None
    name: str = ""


@dataclass(frozen=True)
class By:
    """Who decides and when."""

    actor: Actor
    now: datetime

    @property
    def words(self) -> dict[str, Any]:
        """The same as arguments of a verb."""
        return {"actor": self.actor, "now": self.now}


class NoSuchProposal(Exception):
    """There is no such proposal, or somebody has decided on it already."""


@transaction.atomic
def accept(proposal_id: int, said: Said, *, actor: Actor, now: datetime) -> Proposal:
    """Do what the network shows; refused when the register has changed since."""
    must_manage(actor)
    proposal = _locked(proposal_id)
    DOING[proposal.kind](proposal, said, By(actor, now))
    return _decided(proposal, Proposal.State.ACCEPTED, By(actor, now))


@transaction.atomic
def reject(proposal_id: int, *, actor: Actor, now: datetime) -> Proposal:
    """Leave the register as it is; the same difference is not proposed again."""
    must_manage(actor)
    return _decided(_locked(proposal_id), Proposal.State.REJECTED, By(actor, now))


def _locked(proposal_id: int) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("device", "port", "other", "cable")
    found = rows.filter(pk=proposal_id, state=Proposal.State.OPEN).first()
    if found is None:
        raise NoSuchProposal(proposal_id)
    return found


def _decided(proposal: Proposal, state: str, by: By) -> Proposal:
    proposal.state, proposal.decided_at, proposal.decided_by_name = state, by.now, by.actor.name
    proposal.save(update_fields=["state", "decided_at", "decided_by_name"])
    note(
        proposal,
        state.lower(),
        by.actor,
        by.now,
        kind=proposal.kind,
        known=proposal.known,
        seen=proposal.seen,
    )
    return proposal


def _new_host(proposal: Proposal, said: Said, by: By) -> None:
    told = proposal.told
    if said.device_type is None:
        raise Refused("device_type", "Wybierz typ urządzenia.")
    spot = hardware.Spot(place=said.place)
    name = said.name.strip() or told["name"] or told["address"]
    device = hardware.add_device(hardware.NewDevice(said.device_type, name, spot), **by.words)
    have = {port.name: port for port in Port.objects.filter(device=device, kind=INTERFACE)}
    missing = [port for port in told["ports"] if port["name"] not in have]
    new = [NewPort(INTERFACE, port["name"], port["megabits"]) for port in missing]
    have |= {port.name: port for port in hardware.add_ports(device.pk, new, **by.words)} if new else {}
    for port in told["ports"]:
        if port["mac"]:
            hardware.describe_port(have[port["name"]].pk, {"mac": port["mac"]}, **by.words)
    if have and _prefix_of(told["address"]) is not None:
        _give_address(device, told["address"], by)


def _new_address(proposal: Proposal, said: Said, by: By) -> None:
    _give_address(_there(proposal.device), proposal.told["address"], by)


def _give_address(device: Device, address: str, by: By) -> None:
    port = Port.objects.filter(device=device, kind=INTERFACE).order_by("position", "id").first()
    if port is None:
        raise Refused(
            "address", "Urządzenie nie ma portu, do którego można przypisać adres. Najpierw dodaj port."
        )
    known = Address.objects.filter(address=address).first()
    if known is not None and known.port_id is not None:
        raise Refused("address", f"Adres {address} ma już inne urządzenie. Najpierw go tam zwolnij.")
    if known is None:
        prefix = _prefix_of(address)
        if prefix is None:
            raise Refused(
                "address", f"Adres {address} nie leży w żadnej sieci z wykazu. Najpierw dopisz sieć."
            )
        known = networks.take_address(prefix.pk, address=address, port_id=port.pk, **by.words)
    else:
        networks.describe_address(known.pk, {"port_id": port.pk}, **by.words)
    if device.management_id is None:
        networks.set_management(device.pk, known.pk, **by.words)


def _prefix_of(address: str) -> Prefix | None:
    rows = Prefix.objects.extra(where=["network >>= %s::inet AND NOT is_container"], params=[address])
    return rows.first()


def _there(thing: Thing | None) -> Thing:
    if thing is None:
        raise Refused("", STALE)
    return thing


def _renamed(proposal: Proposal, said: Said, by: By) -> None:
    device = proposal.device
    if device is None or device.name != proposal.known:
        raise Refused("", STALE)
    hardware.describe_device(device.pk, {"name": proposal.told["name"][:60]}, **by.words)


def _new_port(proposal: Proposal, said: Said, by: By) -> None:
    told = proposal.told
    new = NewPort(INTERFACE, told["name"], told["megabits"])
    [port] = hardware.add_ports(_there(proposal.device).pk, [new], **by.words)
    if told["mac"]:
        hardware.describe_port(port.pk, {"mac": told["mac"]}, **by.words)


def _renamed_port(proposal: Proposal, said: Said, by: By) -> None:
    port = proposal.port
    if port is None or port.name != proposal.known:
        raise Refused("", STALE)
    hardware.describe_port(port.pk, {"name": proposal.told["name"]}, **by.words)


def _changed_mac(proposal: Proposal, said: Said, by: By) -> None:
    port = proposal.port
    if port is None or port.mac != proposal.known:
        raise Refused("", STALE)
    hardware.describe_port(port.pk, {"mac": proposal.told["mac"]}, **by.words)


def _new_link(proposal: Proposal, said: Said, by: By) -> None:
    near, far = _there(proposal.port), _there(proposal.other)
    cabling.connect(near.pk, [far.pk], cabling.NewCable(note="z przeglądu sieci"), **by.words)


def _other_link(proposal: Proposal, said: Said, by: By) -> None:
    """Cables that end directly in other devices are removed; what runs through panels a person mends."""
    ends = CableEnd.objects.filter(port__in=[proposal.port_id, proposal.other_id])
    cables = set(ends.values_list("cable_id", flat=True))
    if proposal.cable_id not in cables:
        raise Refused("", STALE)
    far = CableEnd.objects.filter(cable__in=cables).exclude(port__kind=INTERFACE)
    if far.exists() or Cable.objects.filter(pk__in=cables, ends__position__gt=1).exists():
        raise Refused(
            "", "Kabel prowadzi przez panel albo się rozgałęzia. Popraw okablowanie i powtórz przegląd."
        )
    for cable in sorted(cables):
        cabling.remove_cable(cable, **by.words)
    _new_link(proposal, said, by)


DOING: dict[str, Callable[[Proposal, Said, By], None]] = {
    rules.NEW_HOST: _new_host,
    rules.NEW_ADDRESS: _new_address,
    rules.RENAMED: _renamed,
    rules.NEW_PORT: _new_port,
    rules.RENAMED_PORT: _renamed_port,
    rules.CHANGED_MAC: _changed_mac,
    rules.NEW_LINK: _new_link,
    rules.OTHER_LINK: _other_link,
}
