"""Power on the screen: circuits, supplies and strips with their loads and warnings."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.infrastructure.access import SEERS
from starostwo.infrastructure.queries import devices
from starostwo.infrastructure.queries import power as queries
from starostwo.infrastructure.services import power
from starostwo.infrastructure.services.writing import Refused
from starostwo.infrastructure.web.device_forms import Choices, whole
from starostwo.infrastructure.web.sections import acted, drawn
from starostwo.office.api import ActorRequest, Right, places, staff
from starostwo.screens.api import ScreenForm


class PanelForm(ScreenForm):
    """A switchboard."""

    name = forms.CharField(label="Nazwa", max_length=60)
    place = forms.TypedChoiceField(label="Miejsce", coerce=int)

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "wybierz"), *places]  # type: ignore[attr-defined]


class CircuitForm(ScreenForm):
    """A breaker of a switchboard."""

    panel_id = forms.TypedChoiceField(label="Rozdzielnia", coerce=int)
    name = forms.CharField(label="Oznaczenie obwodu", max_length=30)
    amperes = whole("Zabezpieczenie, A", most=4000, min_value=1, initial=16, required=True)
    volts = whole("Napięcie, V", most=1000, min_value=1, initial=230, required=True)
    phases = forms.TypedChoiceField(label="Liczba faz", coerce=int, choices=[(1, "1"), (3, "3")])
    note = forms.CharField(label="Uwagi", max_length=500, required=False)

    def __init__(self, *args: Any, panels: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["panel_id"].choices = [("", "wybierz"), *panels]  # type: ignore[attr-defined]


class FeedForm(ScreenForm):
    """What hangs on a circuit."""

    device = forms.CharField(label="Gniazdo elektryczne, UPS albo listwa (nazwa)", max_length=60)
    circuit = forms.TypedChoiceField(label="Obwód", coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, circuits: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["circuit"].choices = [("", "odłącz od obwodu"), *circuits]  # type: ignore[attr-defined]


@staff(*SEERS)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """Everything that bears a load."""
    context = {"grid": queries.grid(request.actor), "panels": queries.panels(request.actor)}
    return drawn(request, "power", "power", context)


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def new_panel(request: ActorRequest) -> HttpResponse:
    """A switchboard."""
    form = PanelForm(request.POST or None, places=places.choices())
    back = reverse("infrastructure:power")

    def act() -> str:
        power.add_panel(form.cleaned_data["place"], form.cleaned_data["name"], actor=request.actor, now=now())
        return back

    return acted(
        request, form, act, section="power", title="Nowa rozdzielnia", action="Dodaj rozdzielnię",
        done="Dodano rozdzielnię.", back=back,
    )  # fmt: skip


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def new_circuit(request: ActorRequest) -> HttpResponse:
    """A breaker."""
    panels = [(one.pk, f"{one.name} · {one.place.path}") for one in queries.panels(request.actor)]
    form = CircuitForm(request.POST or None, panels=panels)
    back = reverse("infrastructure:power")

    def act() -> str:
        power.add_circuit(form.cleaned_data, actor=request.actor, now=now())
        return back

    return acted(
        request,
        form,
        act,
        section="power",
        title="Nowy obwód",
        action="Dodaj obwód",
        done="Dodano obwód.",
        back=back,
    )


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def feeding(request: ActorRequest) -> HttpResponse:
    """Hang something on a circuit."""
    circuits = [(one.pk, f"{one.panel} {one}") for one in queries.circuits(request.actor)]
    form = FeedForm(request.POST or None, circuits=circuits)
    back = reverse("infrastructure:power")

    def act() -> str:
        found = devices.named(form.cleaned_data["device"], actor=request.actor)
        if found is None:
            raise Refused("device", "Nie ma urządzenia o tej nazwie.")
        power.feed(found.pk, form.cleaned_data["circuit"], actor=request.actor, now=now())
        return back

    return acted(
        request, form, act, section="power", title="Podłączenie do obwodu", action="Zapisz podłączenie",
        done="Zapisano podłączenie.", back=back,
    )  # fmt: skip
