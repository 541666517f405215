"""What was entered, changed or removed on the screen: types, racks, VLANs, addresses, power, spare parts."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.infrastructure.models import (
    Address,
    DeviceType,
    ElectricCircuit,
    Port,
    PowerPanel,
    Rack,
    Spare,
    Vlan,
)
from starostwo.infrastructure.queries import networks as queries
from starostwo.infrastructure.queries import power
from starostwo.infrastructure.queries.references import line
from starostwo.infrastructure.services import mending, networks
from starostwo.infrastructure.services.writing import Refused
from starostwo.infrastructure.web.cable_forms import HINTS
from starostwo.infrastructure.web.device_forms import whole
from starostwo.infrastructure.web.networks import VlanForm, port_typed
from starostwo.infrastructure.web.power import CircuitForm, PanelForm
from starostwo.infrastructure.web.sections import Removal, acted, refused_with
from starostwo.infrastructure.web.spares import SpareForm
from starostwo.office.api import ActorRequest, Right, places, staff
from starostwo.screens.api import LookupInput, ScreenForm

LISTS = {
    "typ": "types", "szafa": "racks", "siec": "prefixes", "vlan": "prefixes", "lacze": "lines",
    "rozdzielnia": "power", "obwod": "power", "rzut": "plans", "port": "devices",
}  # fmt: skip


class TypeForm(ScreenForm):
    """What may still be said of a type; its kind, height and ports stay."""

    maker = forms.CharField(label="Producent", max_length=100)
    model = forms.CharField(label="Model", max_length=100)
    draw = whole("Pobór mocy, W")
    capacity = whole("Moc oddawana, W")
    note = forms.CharField(label="Uwagi", max_length=500, required=False)


class RackForm(ScreenForm):
    """The size of a rack."""

    units = whole("Wysokość w U", most=60, required=True, min_value=1)
    width = whole("Szerokość, mm", most=2000, required=True)
    depth = whole("Głębokość, mm", most=2000, required=True)
    note = forms.CharField(label="Uwagi", max_length=500, required=False)


class AddressForm(ScreenForm):
    """Whose an address is."""

    port = forms.CharField(
        label="Port", max_length=140, required=False, widget=LookupInput(url=HINTS),
        help_text="Na przykład SRV-1:eth0.",
    )  # fmt: skip
    kind = forms.ChoiceField(label="Rodzaj", choices=Address.Kind.choices)
    name = forms.CharField(label="Nazwa DNS", max_length=253, required=False)
    note = forms.CharField(label="Uwagi", max_length=500, required=False)


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def device_type(request: ActorRequest, type_id: int) -> HttpResponse:
    """A type."""
    found: DeviceType = _found(DeviceType, type_id)
    form = TypeForm(request.POST or None, initial=_of(found))
    removal = Removal("typ", type_id, "Usuń typ")
    return _described(request, found, form, "types", f"Typ: {found}", "Zapisz typ", removal)


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def rack(request: ActorRequest, rack_id: int) -> HttpResponse:
    """The size of a rack."""
    found: Rack = _found(Rack, rack_id)
    form = RackForm(request.POST or None, initial=_of(found))
    removal = Removal("szafa", rack_id, "Usuń szafę")
    return _described(
        request, found, form, "racks", f"Szafa {found.place.path}", "Zapisz szafę", removal,
        back=reverse("infrastructure:rack", args=[rack_id]),
    )  # fmt: skip


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def vlan(request: ActorRequest, vlan_id: int) -> HttpResponse:
    """A VLAN."""
    found: Vlan = _found(Vlan, vlan_id)
    form = VlanForm(request.POST or None, initial=_of(found) | {"remark": found.note})
    removal = Removal("vlan", vlan_id, "Usuń VLAN")
    return _described(
        request, found, form, "prefixes", f"VLAN {found}", "Zapisz VLAN", removal,
        told=lambda said: said | {"note": said["remark"]},
    )  # fmt: skip


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def panel(request: ActorRequest, panel_id: int) -> HttpResponse:
    """A switchboard."""
    found: PowerPanel = _found(PowerPanel, panel_id)
    form = PanelForm(
        request.POST or None, places=places.choices(), initial={"name": found.name, "place": found.place_id}
    )
    removal = Removal("rozdzielnia", panel_id, "Usuń rozdzielnię")
    return _described(
        request, found, form, "power", f"Rozdzielnia {found}", "Zapisz rozdzielnię", removal,
        told=lambda said: said | {"place_id": said["place"]},
    )  # fmt: skip


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def electric_circuit(request: ActorRequest, circuit_id: int) -> HttpResponse:
    """A breaker."""
    found: ElectricCircuit = _found(ElectricCircuit, circuit_id)
    panels = [(one.pk, f"{one.name} · {one.place.path}") for one in power.panels(request.actor)]
    form = CircuitForm(request.POST or None, panels=panels, initial=_of(found))
    removal = Removal("obwod", circuit_id, "Usuń obwód")
    return _described(request, found, form, "power", f"Obwód {found}", "Zapisz obwód", removal)


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def spare(request: ActorRequest, spare_id: int) -> HttpResponse:
    """What a part on stock is; its pieces change by moves alone."""
    found: Spare = _found(Spare, spare_id)
    form = SpareForm(request.POST or None, places=places.choices(), initial=_of(found))
    return _described(
        request, found, form, "spares", f"Część: {found}", "Zapisz część", None,
        back=reverse("infrastructure:spare", args=[spare_id]),
    )  # fmt: skip


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def address(request: ActorRequest, address_id: int) -> HttpResponse:
    """Whose an address is and what it is called."""
    found = queries.addresses(request.actor).filter(pk=address_id).first()
    if found is None:
        raise Http404
    initial = _of(found) | {"port": line(found.port) if found.port else ""}
    form = AddressForm(request.POST or None, initial=initial)
    here = reverse("infrastructure:prefix", args=[found.prefix_id])

    def act() -> str:
        told = dict(form.cleaned_data)
        port = port_typed(told.pop("port"), request)
        said = told | {"port_id": port, "name": told["name"].strip().lower()}
        networks.describe_address(address_id, said, actor=request.actor, now=now())
        return here

    return acted(
        request, form, act, section="prefixes", title=f"Adres {found}", action="Zapisz adres",
        done="Zapisano adres.", back=here,
    )  # fmt: skip


@staff(Right.MANAGE_NETWORK)
@require_POST
def removing(request: ActorRequest, what: str, thing_id: int) -> HttpResponse:
    """Remove what nothing hangs on."""
    if what not in LISTS:
        raise Http404
    back = reverse(f"infrastructure:{LISTS[what]}")
    if what == "port":
        owner = Port.objects.filter(pk=thing_id).values_list("device_id", flat=True).first()
        back = reverse("infrastructure:device", args=[owner]) if owner else back
    try:
        found = mending.remove(what, thing_id, actor=request.actor, now=now())
    except mending.NothingThere as error:
        raise Http404 from error
    except Refused as error:
        refused_with(request, error)
    else:
        messages.success(request, f"Usunięto: {found._meta.verbose_name} {mending.named(found)}.")
    return redirect(back)


def _described(
    request: ActorRequest, found: Model, form: ScreenForm, section: str, title: str, action: str,
    removal: Removal | None, *, back: str = "",
    told: Callable[[dict[str, Any]], dict[str, Any]] = lambda said: said,
) -> HttpResponse:  # fmt: skip
    """The form of a thing; what was typed is written down."""
    here = back or reverse(f"infrastructure:{section}")

    def act() -> str:
        said = {name: 0 if value is None and name in ("draw", "capacity", "least") else value
                for name, value in told(form.cleaned_data).items()}  # fmt: skip
        mending.describe(type(found), found.pk, said, actor=request.actor, now=now())
        return here

    return acted(
        request, form, act, section="devices" if section == "types" else section, title=title, action=action,
        done="Zapisano.", back=here, removal=removal,
    )  # fmt: skip


def _of(found: Model) -> dict[str, Any]:
    return {one.attname: getattr(found, one.attname) for one in found._meta.concrete_fields}


def _found(kind: Any, pk: int) -> Any:
    found = kind.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
