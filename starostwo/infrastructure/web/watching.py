"""The state of the network on the screen: by places, device by device, and how each is watched."""

import ipaddress
from typing import Any

from django import forms
from django.conf import settings as configured
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.infrastructure.access import SEERS
from starostwo.infrastructure.models import Device
from starostwo.infrastructure.queries import devices
from starostwo.infrastructure.queries import discovery as discovery_queries
from starostwo.infrastructure.queries import monitoring as queries
from starostwo.infrastructure.services import watching
from starostwo.infrastructure.services.watching import How
from starostwo.infrastructure.web.device_forms import Choices
from starostwo.infrastructure.web.sections import acted, drawn
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.screens.api import ScreenForm

SHOWN_ALARMS = 20


class WatchForm(ScreenForm):
    """By which ways a device is asked."""

    address = forms.GenericIPAddressField(label="Adres")
    access = forms.TypedChoiceField(
        label="Dostęp SNMP", coerce=int, empty_value=None, required=False,
        help_text="Bez dostępu sprawdza się tylko, czy urządzenie odpowiada.",
    )  # fmt: skip
    tcp_ports = forms.CharField(
        label="Porty TCP",
        max_length=40,
        required=False,
        help_text="Puste: 443, 22, 80. Na przykład 443, 8443.",
    )
    is_root = forms.BooleanField(label="Stąd wychodzi nadzór (tu jest podłączony serwer)", required=False)
    hangs_on = forms.TypedChoiceField(
        label="Zależy od", coerce=int, empty_value=None, required=False,
        help_text="Zależność wynika z kabli w ewidencji. Wskaż ją tylko tam, gdzie kabli brak.",
    )  # fmt: skip
    is_on = forms.BooleanField(label="Nadzór włączony", required=False)

    def __init__(self, *args: Any, accesses: Choices, others: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["access"].choices = [("", "bez SNMP"), *accesses]  # type: ignore[attr-defined]
        self.fields["hangs_on"].choices = [("", "według kabli"), *others]  # type: ignore[attr-defined]

    def clean_tcp_ports(self) -> list[int]:
        """Numbers with commas between them."""
        parts = [part.strip() for part in self.cleaned_data["tcp_ports"].split(",") if part.strip()]
        if any(not part.isascii() or not part.isdecimal() for part in parts):
            raise forms.ValidationError("Podaj numery portów rozdzielone przecinkami.")
        return [int(part) for part in parts]


@staff(*SEERS)
@require_safe
def state(request: ActorRequest) -> HttpResponse:
    """How everything is."""
    rooms = queries.rooms(request.actor)
    alarms = list(queries.alarms(request.actor).order_by("-began_at", "-id")[: SHOWN_ALARMS + 1])
    shown = [one for one in alarms if one.hidden_by_id is None][:SHOWN_ALARMS]
    context = {
        "rooms": rooms, "alarms": shown, "hidden": sum(1 for one in alarms if one.hidden_by_id is not None),
        "climate": queries.climate(request.actor), "works": queries.works(request.actor, now=now()),
        "is_silent": not configured.NETWORK_ASKING, "count": sum(len(room.devices) for room in rooms),
        "troubled": sum(room.troubled for room in rooms),
    }  # fmt: skip
    return drawn(request, "state", "state", context)


@staff(*SEERS)
@require_safe
def device(request: ActorRequest, device_id: int) -> HttpResponse:
    """One watched device: how it is, its gauges, the links of its ports, its alarms."""
    found = _found(request, device_id)
    watch = queries.watch_of(found)
    if watch is None:
        raise Http404
    alarms = queries.alarms(request.actor, is_open=False).filter(watch=watch).order_by("-began_at", "-id")
    context = {
        "device": found, "watch": watch, "gauges": queries.gauges(watch), "alarms": list(alarms[:20]),
        "links": sorted(watch.links.items()),
    }  # fmt: skip
    return drawn(request, "watched", "state", context)


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def settings(request: ActorRequest, device_id: int) -> HttpResponse:
    """Begin to watch a device, or change how."""
    found = _found(request, device_id)
    watch = queries.watch_of(found)
    initial: dict[str, Any] = {"is_on": True, "address": str(found.management or "")}
    if watch is not None:
        initial = {
            "address": watch.address, "access": watch.access_id, "is_root": watch.is_root,
            "tcp_ports": ", ".join(str(port) for port in watch.tcp_ports), "hangs_on": watch.hangs_on_id,
            "is_on": watch.is_on,
        }  # fmt: skip
    accesses = [(one.pk, one.name) for one in discovery_queries.accesses(request.actor)]
    form = WatchForm(request.POST or None, initial=initial, accesses=accesses, others=queries.roots(found.pk))

    def act() -> str:
        told = form.cleaned_data
        address = str(ipaddress.ip_address(told.pop("address")))
        watching.watch_device(found.pk, How(address, **told), actor=request.actor, now=now())
        return reverse("infrastructure:watched", args=[found.pk])

    back = reverse("infrastructure:watched" if watch else "infrastructure:device", args=[found.pk])
    return acted(
        request, form, act, section="state", title=f"Nadzór: {found.name}", action="Zapisz nadzór",
        done="Zapisano. Pierwszy wynik będzie w ciągu dwóch minut.", back=back,
    )  # fmt: skip


def _found(request: ActorRequest, device_id: int) -> Device:
    found = devices.one(device_id, actor=request.actor)
    if found is None or found.state == Device.State.WITHDRAWN:
        raise Http404
    return found
