"""Devices on the screen: the list, one with its ports, added, described, moved, withdrawn; types."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.assets import api as assets
from starostwo.infrastructure.access import SEERS
from starostwo.infrastructure.models import Device, Port
from starostwo.infrastructure.queries import devices as queries
from starostwo.infrastructure.queries import monitoring
from starostwo.infrastructure.queries import work as orders
from starostwo.infrastructure.queries.finding import find
from starostwo.infrastructure.queries.networks import vlans
from starostwo.infrastructure.queries.references import line, suggestions
from starostwo.infrastructure.rules.kinds import CATEGORIES
from starostwo.infrastructure.rules.ports import in_short
from starostwo.infrastructure.services import hardware, networks
from starostwo.infrastructure.services.writing import Refused
from starostwo.infrastructure.web.device_forms import (
    DescribeForm,
    DeviceForm,
    PortForm,
    PortsForm,
    SpotForm,
    TypeForm,
)
from starostwo.infrastructure.web.sections import Removal, acted, drawn, refused_with
from starostwo.office.api import ActorRequest, Right, places, staff
from starostwo.platform.paging import keyset_page


@staff(*SEERS)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """Devices by name, narrowed by words, kind, state and place."""
    wanted = queries.Wanted.told(request.GET)
    page = keyset_page(
        queries.listed(request.actor, wanted), key=queries.BY_NAME, cursor=request.GET.get("cursor")
    )
    context = {
        "page": page,
        "wanted": wanted,
        "categories": CATEGORIES.items(),
        "states": queries.STATES.items(),
    }
    return drawn(request, "devices", "devices", context)


@staff(*SEERS)
@require_safe
def searching(request: ActorRequest) -> HttpResponse:
    """Everything that fits some words."""
    words = request.GET.get("q", "")
    return drawn(request, "search", "devices", {"words": words, "found": find(words, actor=request.actor)})


@staff(*SEERS)
@require_safe
def device(request: ActorRequest, device_id: int) -> HttpResponse:
    """One device: where it stands, its ports and what hangs on them, its addresses, work and spare parts."""
    found = _found(request, device_id)
    asset = assets.reference(found.asset_id)
    context = {
        "device": found, "rows": queries.port_rows(found), "addresses": queries.addresses_of(found),
        "asset": asset, "sees_assets": assets.sees_all(request.actor),
        "orders": orders.of_device(found, actor=request.actor), "moves": orders.parts_of(found),
        "plan_id": queries.plan_of(found), "is_withdrawn": found.state == Device.State.WITHDRAWN,
        "watch": monitoring.watch_of(found),
    }  # fmt: skip
    return drawn(request, "device", "devices", context)


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def adding(request: ActorRequest) -> HttpResponse:
    """A new device from its type."""
    types = [(one.pk, f"{one.get_category_display()}: {one}") for one in queries.types(request.actor)[:500]]
    given = request.GET
    initial: dict[str, Any] = {name: given[name] for name in ("rack", "unit", "face") if name in given}
    form = DeviceForm(request.POST or None, types=types, initial=initial, **_spots(request))

    def act() -> str:
        new = form.described()
        name = new.pop("name")
        told = hardware.NewDevice(form.cleaned_data["device_type"], name, form.spot(), new)
        made = hardware.add_device(told, actor=request.actor, now=now())
        return reverse("infrastructure:device", args=[made.pk])

    return acted(
        request, form, act, section="devices", title="Nowe urządzenie", action="Dodaj urządzenie",
        done="Dodano urządzenie.", back=reverse("infrastructure:devices"),
    )  # fmt: skip


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def description(request: ActorRequest, device_id: int) -> HttpResponse:
    """Write down better what a device is."""
    found = _found(request, device_id)
    asset = assets.reference(found.asset_id)
    initial = {
        name: getattr(found, name) for name in ("name", "role", "state", "serial_number", "draw", "note")
    }
    form = DescribeForm(request.POST or None, initial=initial | {"asset": asset.number if asset else ""})
    here = reverse("infrastructure:device", args=[device_id])

    def act() -> str:
        hardware.describe_device(device_id, form.described(), actor=request.actor, now=now())
        return here

    return acted(
        request, form, act, section="devices", title=f"Opis: {found.name}", action="Zapisz opis",
        done="Zapisano opis.", back=here,
    )  # fmt: skip


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def moving(request: ActorRequest, device_id: int) -> HttpResponse:
    """Put a device elsewhere."""
    found = _found(request, device_id)
    initial = {"place": found.place_id, "rack": found.rack_id, "unit": found.unit, "face": found.face}
    form = SpotForm(request.POST or None, initial=initial, **_spots(request))
    here = reverse("infrastructure:device", args=[device_id])

    def act() -> str:
        hardware.place_device(device_id, form.spot(), actor=request.actor, now=now())
        return here

    return acted(
        request, form, act, section="devices", title=f"Miejsce: {found.name}", action="Zapisz miejsce",
        done="Zapisano miejsce.", back=here,
        intro="Kable pozostają podłączone; urządzenie znika z rzutu piętra.",
    )  # fmt: skip


@staff(Right.MANAGE_NETWORK)
@require_POST
def withdrawing(request: ActorRequest, device_id: int) -> HttpResponse:
    """Take a device out of use for good."""
    _found(request, device_id)
    try:
        hardware.withdraw(device_id, actor=request.actor, now=now())
    except Refused as error:
        refused_with(request, error)
    else:
        messages.success(request, "Wycofano urządzenie; jego adresy są wolne.")
    return redirect("infrastructure:device", device_id)


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def more_ports(request: ActorRequest, device_id: int) -> HttpResponse:
    """Ports beyond the type."""
    found = _found(request, device_id)
    form = PortsForm(request.POST or None)
    here = reverse("infrastructure:device", args=[device_id])

    def act() -> str:
        hardware.add_ports(device_id, form.ports(), actor=request.actor, now=now())
        return here

    return acted(
        request, form, act, section="devices", title=f"Nowe porty: {found.name}", action="Dodaj porty",
        done="Dodano porty.", back=here,
    )  # fmt: skip


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def port(request: ActorRequest, port_id: int) -> HttpResponse:
    """What a port is: MAC, speed, VLAN."""
    found = _port(request, port_id)
    initial = {name: getattr(found, name) for name in ("mac", "speed", "vlan_id", "note")}
    initial["tagged"] = in_short(one.number for one in found.tagged.all())
    choices = [(one.pk, str(one)) for one in vlans(request.actor)]
    form = PortForm(request.POST or None, vlans=choices, initial=initial)
    here = reverse("infrastructure:device", args=[found.device_id])

    def act() -> str:
        hardware.describe_port(port_id, form.cleaned_data, actor=request.actor, now=now())
        return here

    return acted(
        request, form, act, section="devices", title=f"Port {line(found)}", action="Zapisz port",
        done="Zapisano port.", back=here, removal=Removal("port", port_id, "Usuń port"),
    )  # fmt: skip


@staff(Right.MANAGE_NETWORK)
@require_POST
def managing(request: ActorRequest, device_id: int, address_id: int) -> HttpResponse:
    """The device is managed under this address."""
    _found(request, device_id)
    try:
        networks.set_management(device_id, address_id, actor=request.actor, now=now())
    except Refused as error:
        refused_with(request, error)
    else:
        messages.success(request, "Ustawiono adres zarządzania.")
    return redirect("infrastructure:device", device_id)


@staff(Right.MANAGE_NETWORK)
@require_safe
def port_hints(request: ActorRequest) -> JsonResponse:
    """Free ports for a field that looks them up."""
    hits = [
        {"value": line(one), "label": line(one), "note": one.device.place.path}
        for one in suggestions(request.GET.get("q", "").replace("\0", "")[:100], actor=request.actor)
    ]
    return JsonResponse({"hits": hits})


@staff(*SEERS)
@require_safe
def types(request: ActorRequest) -> HttpResponse:
    """Device types with how many there are."""
    return drawn(request, "types", "devices", {"rows": queries.type_rows(request.actor)})


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def new_type(request: ActorRequest) -> HttpResponse:
    """A type with its ports."""
    form = TypeForm(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        new = hardware.NewType(
            told["category"], told["maker"], told["model"], told["units"] or 0, told["is_deep"],
            told["draw"] or 0, told["capacity"] or 0, "", told["ports"],
        )  # fmt: skip
        hardware.add_type(new, actor=request.actor, now=now())
        return reverse("infrastructure:types")

    return acted(
        request, form, act, section="devices", title="Nowy typ urządzenia", action="Dodaj typ",
        done="Dodano typ.", back=reverse("infrastructure:types"),
    )  # fmt: skip


def _spots(request: ActorRequest) -> dict[str, Any]:
    return {"places": places.choices(), "racks": queries.rack_choices(request.actor)}


def _found(request: ActorRequest, device_id: int) -> Device:
    found = queries.one(device_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


def _port(request: ActorRequest, port_id: int) -> Port:
    found = queries.port(port_id, actor=request.actor)
    if found is None:
        raise Http404
    return found
