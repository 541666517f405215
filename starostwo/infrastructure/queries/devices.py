"""Reads of devices, types, racks and ports."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Sum

from starostwo.infrastructure import access
from starostwo.infrastructure.models import (
    Address,
    CableEnd,
    Device,
    DeviceType,
    PlanSpot,
    Port,
    PortTemplate,
    Rack,
    Vlan,
)
from starostwo.infrastructure.rules.kinds import CATEGORIES
from starostwo.office.api import Actor, places
from starostwo.platform.polish import fold

BY_NAME = ("name", "id")
TAGGED = Prefetch("tagged", queryset=Vlan.objects.order_by("number"))
STATES = {"": "oprócz wycofanych", **dict(Device.State.choices)}


@dataclass(frozen=True)
class Wanted:
    """By what the list of devices is narrowed."""

    words: str = ""
    category: str = ""
    state: str = ""
    place: str = ""

    @classmethod
    def told(cls, query: Mapping[str, str]) -> "Wanted":
        """Read it from an address; what is unknown narrows nothing."""
        category, state = query.get("rodzaj", ""), query.get("stan", "")
        return cls(
            words=query.get("q", "").replace("\0", "")[:100],
            category=category if category in CATEGORIES else "",
            state=state if state in STATES else "",
            place=query.get("miejsce", "").replace("\0", "").strip().upper()[:100],
        )


def visible(actor: Actor) -> QuerySet[Device]:
    """Devices for whoever may see them."""
    rows = Device.objects.select_related("device_type", "place", "rack", "management", "asset")
    return rows if access.may_see(actor) else rows.none()


def listed(actor: Actor, wanted: Wanted) -> QuerySet[Device]:
    """The devices that fit."""
    rows = visible(actor)
    for word in fold(wanted.words).split():
        rows = rows.filter(folded__contains=word)
    if wanted.category:
        rows = rows.filter(device_type__category=wanted.category)
    rows = rows.filter(state=wanted.state) if wanted.state else rows.exclude(state=Device.State.WITHDRAWN)
    return rows.filter(places.within(wanted.place, "place__")) if wanted.place else rows


def one(device_id: int, *, actor: Actor) -> Device | None:
    """One device."""
    return visible(actor).filter(pk=device_id).first()


def ports(device: Device) -> list[Port]:
    """The ports of a device with their cables and addresses, in order."""
    rows = Port.objects.filter(device=device).select_related("end__cable", "vlan", "rear")
    return list(rows.prefetch_related("addresses", TAGGED).order_by("kind", "position", "id"))


def port(port_id: int, *, actor: Actor) -> Port | None:
    """One port."""
    if not access.may_see(actor):
        return None
    rows = Port.objects.select_related("device__device_type", "device__place", "vlan")
    return rows.prefetch_related(TAGGED).filter(pk=port_id).first()


@dataclass(frozen=True)
class PortRow:
    """A port with what its cable leads to at the other end."""

    port: Port
    cable: Any
    others: list[Port]


def port_rows(device: Device) -> list[PortRow]:
    """The ports of a device with their direct neighbours; four queries whatever their number."""
    mine = ports(device)
    ends = {port.pk: port.end for port in mine if hasattr(port, "end")}
    far = CableEnd.objects.filter(cable__in=[end.cable_id for end in ends.values()])
    by_cable: dict[int, list[CableEnd]] = {}
    for end in far.select_related("port__device").order_by("position"):
        by_cable.setdefault(end.cable_id, []).append(end)
    rows = []
    for port in mine:
        own = ends.get(port.pk)
        others = [one.port for one in by_cable[own.cable_id] if one.side != own.side] if own else []
        rows.append(PortRow(port, own.cable if own else None, others))
    return rows


def free_ports(device_id: int, *, actor: Actor) -> list[Port]:
    """Ports of a device that have no cable."""
    if not access.may_see(actor):
        return []
    rows = Port.objects.filter(device=device_id).exclude(Exists(CableEnd.objects.filter(port=OuterRef("pk"))))
    return list(rows.order_by("kind", "position", "id"))


def by_words(words: str, *, actor: Actor, most: int = 10) -> list[Device]:
    """Devices for a field that looks them up."""
    return list(listed(actor, Wanted(words=words)).order_by(*BY_NAME)[:most])


def types(actor: Actor) -> QuerySet[DeviceType]:
    """Device types by kind and maker."""
    rows = DeviceType.objects.all() if access.may_see(actor) else DeviceType.objects.none()
    return rows.order_by("category", "maker", "model")


def type_rows(actor: Actor) -> list[tuple[DeviceType, int, int]]:
    """Types with how many ports each has and how many devices were made from it."""
    rows = list(types(actor)[:500])
    counted = dict(
        Device.objects.exclude(state=Device.State.WITHDRAWN)
        .values_list("device_type").annotate(count=Count("id"))
    )  # fmt: skip
    have = dict(PortTemplate.objects.values_list("device_type").annotate(count=Count("id")))
    return [(row, have.get(row.pk, 0), counted.get(row.pk, 0)) for row in rows]


def racks(actor: Actor) -> list[Rack]:
    """All racks by place."""
    rows = Rack.objects.select_related("place") if access.may_see(actor) else Rack.objects.none()
    return list(rows.order_by("place__path")[:500])


def rack_choices(actor: Actor) -> list[tuple[int, str]]:
    """Racks to choose from."""
    return [(rack.pk, f"{rack.place.path} · {rack.place.label} ({rack.units} U)") for rack in racks(actor)]


def rack(rack_id: int, *, actor: Actor) -> Rack | None:
    """One rack."""
    rows = Rack.objects.select_related("place") if access.may_see(actor) else Rack.objects.none()
    return rows.filter(pk=rack_id).first()


def in_rack(found: Rack) -> list[Device]:
    """What stands in a rack, from the top down."""
    return list(
        Device.objects.filter(rack=found)
        .select_related("device_type", "management")
        .order_by("-unit", "face")
    )


def addresses_of(device: Device) -> list[Address]:
    """All addresses of a device."""
    rows = Address.objects.filter(port__device=device).select_related("port", "prefix__vlan")
    return list(rows.order_by("address"))


def managed(actor: Actor) -> QuerySet[Device]:
    """Devices in use that have an address under which they are managed."""
    return visible(actor).filter(Q(management__isnull=False), state=Device.State.IN_USE)


def rack_rows(actor: Actor) -> list[tuple[Rack, int, int]]:
    """Racks with how many devices stand there and how many units of the front they take."""
    counted = {
        row["rack"]: (row["count"], row["taken"] or 0)
        for row in Device.objects.filter(rack__isnull=False)
        .values("rack").annotate(count=Count("id"), taken=Sum("height", filter=~Q(face="REAR")))
    }  # fmt: skip
    return [(rack, *counted.get(rack.pk, (0, 0))) for rack in racks(actor)]


def named(name: str, *, actor: Actor) -> Device | None:
    """A device by its name."""
    return visible(actor).filter(name__iexact=name.strip()).exclude(state=Device.State.WITHDRAWN).first()


def plan_of(device: Device) -> int | None:
    """The floor plan that the device is marked on."""
    return PlanSpot.objects.filter(device=device).values_list("plan", flat=True).first()
