"""Networks on the screen: prefixes with their usage, addresses with the next free one, VLANs."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.infrastructure.access import SEERS
from starostwo.infrastructure.models import Address, Prefix
from starostwo.infrastructure.models.fields import CidrField
from starostwo.infrastructure.queries import networks as queries
from starostwo.infrastructure.queries.references import ports_named
from starostwo.infrastructure.services import networks
from starostwo.infrastructure.services.writing import Refused
from starostwo.infrastructure.web.cable_forms import HINTS
from starostwo.infrastructure.web.device_forms import Choices, whole
from starostwo.infrastructure.web.sections import Removal, acted, drawn, refused_with
from starostwo.office.api import ActorRequest, Right, places, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import LookupInput, ScreenForm


class PrefixForm(ScreenForm):
    """A network of addresses."""

    network = forms.CharField(label="Sieć", max_length=50, help_text="Na przykład 10.20.0.0/24.")
    name = forms.CharField(label="Przeznaczenie", max_length=200)
    is_container = forms.BooleanField(label="Zbiór mniejszych sieci, bez własnych adresów", required=False)
    vlan_id = forms.TypedChoiceField(label="VLAN", coerce=int, empty_value=None, required=False)
    place_id = forms.TypedChoiceField(label="Miejsce", coerce=int, empty_value=None, required=False)
    note = forms.CharField(label="Uwagi", max_length=500, required=False)

    def __init__(self, *args: Any, vlans: Choices, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vlan_id"].choices = [("", "żaden"), *vlans]  # type: ignore[attr-defined]
        self.fields["place_id"].choices = [("", "wszędzie"), *places]  # type: ignore[attr-defined]

    def clean_network(self) -> Any:
        """The network that is meant."""
        return CidrField().to_python(self.cleaned_data["network"].strip())


class TakeForm(ScreenForm):
    """An address for somebody."""

    address = forms.GenericIPAddressField(label="Adres", required=False, help_text="Puste: następny wolny.")
    port = forms.CharField(
        label="Port",
        max_length=140,
        required=False,
        widget=LookupInput(url=HINTS),
        help_text="Na przykład SRV-1:eth0.",
    )
    kind = forms.ChoiceField(label="Rodzaj", choices=Address.Kind.choices)
    name = forms.CharField(label="Nazwa DNS", max_length=253, required=False)
    remark = forms.CharField(label="Uwagi", max_length=500, required=False)


class VlanForm(ScreenForm):
    """A VLAN."""

    number = whole("Numer", most=4094, min_value=1, initial=None, required=True)
    name = forms.CharField(label="Nazwa", max_length=100)
    remark = forms.CharField(label="Uwagi", max_length=500, required=False)


@staff(*SEERS)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """All networks with how full they are, and the VLANs."""
    context = {"rows": queries.prefix_rows(request.actor), "vlans": queries.vlans(request.actor)}
    return drawn(request, "prefixes", "prefixes", context)


@staff(*SEERS)
@require_safe
def prefix(request: ActorRequest, prefix_id: int) -> HttpResponse:
    """One network: its addresses, the next free one."""
    found = _found(request, prefix_id)
    rows = queries.addresses(request.actor, prefix=found)
    page = keyset_page(rows, key=("address", "id"), cursor=request.GET.get("cursor"), size=100)
    context = {
        "prefix": found, "page": page, "usable": queries.usable(found),
        "free": "" if found.is_container else queries.next_free(found),
    }  # fmt: skip
    return drawn(request, "prefix", "prefixes", context)


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def adding(request: ActorRequest) -> HttpResponse:
    """A network of addresses."""
    form = PrefixForm(request.POST or None, **_choices(request))

    def act() -> str:
        made = networks.add_prefix(form.cleaned_data, actor=request.actor, now=now())
        return reverse("infrastructure:prefix", args=[made.pk])

    return acted(
        request, form, act, section="prefixes", title="Nowa sieć adresów", action="Dodaj sieć",
        done="Dodano sieć.", back=reverse("infrastructure:prefixes"),
    )  # fmt: skip


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def description(request: ActorRequest, prefix_id: int) -> HttpResponse:
    """What a network is for."""
    found = _found(request, prefix_id)
    names = ("network", "name", "is_container", "vlan_id", "place_id", "note")
    form = PrefixForm(
        request.POST or None, initial={name: getattr(found, name) for name in names}, **_choices(request)
    )
    here = reverse("infrastructure:prefix", args=[prefix_id])

    def act() -> str:
        networks.describe_prefix(prefix_id, form.cleaned_data, actor=request.actor, now=now())
        return here

    return acted(
        request, form, act, section="prefixes", title=f"Sieć {found}", action="Zapisz sieć",
        done="Zapisano sieć.", back=here, removal=Removal("siec", prefix_id, "Usuń sieć"),
    )  # fmt: skip


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def taking(request: ActorRequest, prefix_id: int) -> HttpResponse:
    """Give an address away."""
    found = _found(request, prefix_id)
    form = TakeForm(request.POST or None)
    here = reverse("infrastructure:prefix", args=[prefix_id])

    def act() -> str:
        told = dict(form.cleaned_data)
        port = port_typed(told.pop("port"), request)
        made = networks.take_address(prefix_id, port_id=port, actor=request.actor, now=now(), **told)
        messages.success(request, f"Przydzielono adres {made}.")
        return here

    return acted(
        request, form, act, section="prefixes", title=f"Adres z sieci {found}", action="Przydziel adres",
        done="Adres jest zajęty.", back=here,
    )  # fmt: skip


def port_typed(text: str, request: ActorRequest) -> int | None:
    """The port that is meant, if any is written."""
    text = text.strip()
    if not text:
        return None
    found = ports_named([text], actor=request.actor).get(text)
    if found is None:
        raise Refused("port", "Nie ma takiego portu. Zapisz go tak: SRV-1:eth0.")
    return found.pk


@staff(Right.MANAGE_NETWORK)
@require_POST
def freeing(request: ActorRequest, address_id: int) -> HttpResponse:
    """The address belongs to nobody again."""
    found = queries.addresses(request.actor).filter(pk=address_id).first()
    if found is None:
        raise Http404
    try:
        networks.free_address(address_id, actor=request.actor, now=now())
    except Refused as error:
        refused_with(request, error)
    else:
        messages.success(request, f"Zwolniono adres {found}.")
    return redirect("infrastructure:prefix", found.prefix_id)


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def new_vlan(request: ActorRequest) -> HttpResponse:
    """A VLAN."""
    form = VlanForm(request.POST or None)
    back = reverse("infrastructure:prefixes")

    def act() -> str:
        networks.add_vlan(actor=request.actor, now=now(), **form.cleaned_data)
        return back

    return acted(
        request,
        form,
        act,
        section="prefixes",
        title="Nowy VLAN",
        action="Dodaj VLAN",
        done="Dodano VLAN.",
        back=back,
    )


def _choices(request: ActorRequest) -> dict[str, Choices]:
    rows = [(one.pk, str(one)) for one in queries.vlans(request.actor)]
    return {"vlans": rows, "places": places.choices()}


def _found(request: ActorRequest, prefix_id: int) -> Prefix:
    found = queries.prefix(prefix_id, actor=request.actor)
    if found is None:
        raise Http404
    return found
