"""Types, racks, devices: made, placed, described, withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from starostwo.infrastructure.models import (
    Address,
    CableEnd,
    Device,
    DeviceType,
    PlanSpot,
    Port,
    PortTemplate,
    Rack,
    TaggedVlan,
    Vlan,
    Watch,
)
from starostwo.infrastructure.rules.kinds import FRONT, PORTS, REAR
from starostwo.infrastructure.rules.ports import NewPort, in_short, plain_mac
from starostwo.infrastructure.services.ringing import hush
from starostwo.infrastructure.services.writing import Refused, changed, explained, must_manage, note
from starostwo.office.api import Actor, places

DESCRIBED = ("name", "role", "serial_number", "state", "draw", "note", "asset_id")


@dataclass(frozen=True)
class NewType:
    """A type with its ports."""

    category: str
    maker: str
    model: str
    units: int = 0
    is_deep: bool = False
    draw: int = 0
    capacity: int = 0
    note: str = ""
    ports: Sequence[NewPort] = ()


@dataclass(frozen=True)
class Spot:
    """Where a device stands: a place, or units of a rack on a side."""

    place: int | None = None
    rack: int | None = None
    unit: int | None = None
    face: str = ""


@dataclass(frozen=True)
class NewDevice:
    """A device to be made from a type."""

    device_type: int
    name: str
    spot: Spot
    described: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def add_type(new: NewType, *, actor: Actor, now: datetime) -> DeviceType:
    """A type with the ports that each of its devices will have."""
    must_manage(actor)
    with explained():
        made = DeviceType.objects.create(
            category=new.category, maker=new.maker.strip(), model=new.model.strip(), units=new.units,
            is_deep=new.is_deep, draw=new.draw, capacity=new.capacity, note=new.note,
        )  # fmt: skip
        PortTemplate.objects.bulk_create(
            PortTemplate(
                device_type=made, kind=one.kind, position=position, name=one.name, speed=one.speed,
                rear_name=one.rear, rear_position=one.rear_position,
            )
            for position, one in enumerate(new.ports, start=1)
        )  # fmt: skip
    note(made, "add_type", actor, now, type=str(made), ports=len(new.ports))
    return made


@transaction.atomic
def add_rack(
    place_id: int, units: int, *, actor: Actor, now: datetime, width: int = 600, depth: int = 1000
) -> Rack:
    """A place of racks gets its height."""
    must_manage(actor)
    with explained():
        made = Rack.objects.create(place_id=place_id, units=units, width=width, depth=depth)
    note(made, "add_rack", actor, now, place=place_id, units=units)
    return made


@transaction.atomic
def add_device(new: NewDevice, *, actor: Actor, now: datetime) -> Device:
    """A device with the ports of its type, in its place."""
    return add_devices([new], actor=actor, now=now)[0]


@transaction.atomic
def add_devices(news: Sequence[NewDevice], *, actor: Actor, now: datetime) -> list[Device]:
    """Several devices at once; either all of them or none."""
    must_manage(actor)
    types = DeviceType.objects.in_bulk({new.device_type for new in news})
    made = []
    for new in news:
        kind = types.get(new.device_type)
        if kind is None:
            raise Refused("device_type", "Wybierz typ urządzenia.")
        device = Device(device_type=kind, name=new.name.strip(), height=kind.units, **new.described)
        _stand(device, new.spot, kind)
        with explained():
            device.save()
            _give_ports(device)
        note(device, "add_device", actor, now, name=device.name, type=str(kind))
        made.append(device)
    return made


def _stand(device: Device, spot: Spot, kind: DeviceType) -> None:
    device.rack_id, device.unit, device.face = spot.rack, spot.unit, spot.face
    if spot.rack is not None:
        rack = Rack.objects.filter(pk=spot.rack).first()
        if rack is None or spot.unit is None or kind.units == 0:
            raise Refused("unit", "W szafie podaj U; urządzenie musi mieć wysokość co najmniej 1 U.")
        device.place_id = rack.place_id
        device.face = "BOTH" if kind.is_deep else spot.face or "FRONT"
        return
    device.unit, device.face = None, ""
    place = places.one(spot.place) if spot.place else None
    if place is None or place.closed_on is not None:
        raise Refused("place", "Wybierz miejsce, które nie jest zamknięte, albo szafę.")
    device.place_id = place.pk


def _give_ports(device: Device) -> None:
    templates = list(PortTemplate.objects.filter(device_type=device.device_type_id).order_by("position"))
    first = [_port(device, one) for one in templates if one.kind != FRONT]
    Port.objects.bulk_create(first)
    rears = {port.name: port for port in first if port.kind == REAR}
    Port.objects.bulk_create(
        _port(device, one, rear=rears.get(one.rear_name)) for one in templates if one.kind == FRONT
    )


def _port(device: Device, template: PortTemplate, rear: Port | None = None) -> Port:
    return Port(
        device=device, kind=template.kind, position=template.position, name=template.name,
        speed=template.speed, rear=rear, rear_position=template.rear_position if rear else 1,
    )  # fmt: skip


@transaction.atomic
def describe_device(device_id: int, said: dict[str, Any], *, actor: Actor, now: datetime) -> Device:
    """What a device is called and what it is for."""
    must_manage(actor)
    device = locked_device(device_id)
    if said.get("state") == Device.State.WITHDRAWN and device.state != Device.State.WITHDRAWN:
        raise Refused("state", "Urządzenie wycofuje się osobno, po odłączeniu kabli.")
    done = changed(device, {name: said[name] for name in DESCRIBED if name in said})
    if done:
        note(device, "describe", actor, now, **done)
    return device


@transaction.atomic
def place_device(device_id: int, spot: Spot, *, actor: Actor, now: datetime) -> Device:
    """Move a device to another place, or to other units of a rack."""
    must_manage(actor)
    device = locked_device(device_id)
    before = device.place_id
    _stand(device, spot, device.device_type)
    with explained():
        device.save(update_fields=["place", "rack", "unit", "face"])
    if device.place_id != before:
        PlanSpot.objects.filter(device=device).delete()
    note(device, "place", actor, now, place=device.place_id, rack=device.rack_id, unit=device.unit)
    return device


@transaction.atomic
def withdraw(device_id: int, *, actor: Actor, now: datetime) -> Device:
    """Take a device out: it has no cable, leaves its rack, is watched no more; its addresses are free."""
    must_manage(actor)
    device = locked_device(device_id)
    if CableEnd.objects.filter(port__device=device).exists():
        raise Refused("cables", "Do urządzenia są podłączone kable. Najpierw je odłącz.")
    device.state, device.rack, device.unit, device.face = Device.State.WITHDRAWN, None, None, ""
    device.management = None
    device.save(update_fields=["state", "rack", "unit", "face", "management"])
    Address.objects.filter(port__device=device).delete()
    PlanSpot.objects.filter(device=device).delete()
    for watch in Watch.objects.select_for_update(no_key=True).filter(device=device, is_on=True):
        watch.is_on = False
        watch.save(update_fields=["is_on"])
        hush(watch, now)
    note(device, "withdraw", actor, now, name=device.name)
    return device


@transaction.atomic
def add_ports(device_id: int, new: Sequence[NewPort], *, actor: Actor, now: datetime) -> list[Port]:
    """Ports that a device has beyond its type."""
    must_manage(actor)
    device = locked_device(device_id)
    last = Port.objects.filter(device=device).count()
    with explained():
        made = Port.objects.bulk_create(
            Port(device=device, kind=one.kind, name=one.name, speed=one.speed, position=last + number)
            for number, one in enumerate(new, start=1)
        )
    note(device, "add_ports", actor, now, ports=[f"{PORTS[one.kind]} {one.name}" for one in new])
    return made


@transaction.atomic
def describe_port(port_id: int, said: dict[str, Any], *, actor: Actor, now: datetime) -> Port:
    """The MAC, speed, VLANs and description of a port; `tagged` are numbers of VLANs."""
    must_manage(actor)
    port = Port.objects.select_for_update(of=("self",)).select_related("device").get(pk=port_id)
    told = dict(said)
    tagged: Sequence[int] | None = told.pop("tagged", None)
    if "mac" in told:
        told["mac"] = plain_mac(str(told["mac"]))
    gone = {} if tagged is None else _untag(port, tagged)
    done = changed(port, told) | gone | ({} if tagged is None else _tag(port, tagged))
    if done:
        note(port.device, "describe_port", actor, now, port=port.name, **done)
    return port


def _untag(port: Port, tagged: Sequence[int]) -> dict[str, str]:
    gone = TaggedVlan.objects.filter(port=port).exclude(vlan__number__in=tagged)
    numbers = sorted(gone.values_list("vlan__number", flat=True))
    gone.delete()
    return {"untagged": in_short(numbers)} if numbers else {}


def _tag(port: Port, tagged: Sequence[int]) -> dict[str, str]:
    known = {one.number: one for one in Vlan.objects.filter(number__in=tagged)}
    if missing := [number for number in tagged if number not in known]:
        raise Refused("tagged", f"Nie ma VLAN-u {in_short(missing)}. Najpierw go dopisz.")
    have = set(TaggedVlan.objects.filter(port=port).values_list("vlan__number", flat=True))
    fresh = [number for number in tagged if number not in have]
    with explained():
        TaggedVlan.objects.bulk_create(TaggedVlan(port=port, vlan=known[number]) for number in fresh)
    return {"tagged": in_short(fresh)} if fresh else {}


def locked_device(device_id: int) -> Device:
    """A device that is not withdrawn, locked."""
    rows = Device.objects.select_for_update(of=("self",)).select_related("device_type")
    device = rows.filter(pk=device_id).exclude(state=Device.State.WITHDRAWN).first()
    if device is None:
        raise Refused("device", "Tego urządzenia nie ma albo jest wycofane.")
    return device
