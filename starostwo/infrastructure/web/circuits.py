"""Operators' lines, and certificates and domains that expire, on the screen."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.infrastructure.access import SEERS
from starostwo.infrastructure.models.circuits import TERMS
from starostwo.infrastructure.queries import cables, devices
from starostwo.infrastructure.queries import circuits as queries
from starostwo.infrastructure.rules.expiring import standing
from starostwo.infrastructure.services import circuits
from starostwo.infrastructure.services.writing import Refused
from starostwo.infrastructure.web.device_forms import Choices, whole
from starostwo.infrastructure.web.sections import Removal, acted, drawn
from starostwo.office.api import ActorRequest, Right, places, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import DayField, MoneyField, ScreenForm


class LineForm(ScreenForm):
    """A line of an operator."""

    number = forms.CharField(label="Numer łącza", max_length=60)
    supplier = forms.CharField(label="Operator", max_length=200)
    contract = forms.CharField(label="Umowa", max_length=100, required=False)
    down = whole("Pobieranie, Mbit/s", most=1_000_000, required=True, min_value=1, initial=None)
    up = whole("Wysyłanie, Mbit/s", most=1_000_000, required=True, min_value=1, initial=None)
    monthly = MoneyField(label="Koszt miesięczny brutto, zł", required=False)
    since = DayField(label="Od dnia", required=False)
    until = DayField(label="Umowa do dnia", required=False)
    near_id = forms.TypedChoiceField(label="Koniec u nas", coerce=int)
    far_id = forms.TypedChoiceField(
        label="Drugi koniec", coerce=int, empty_value=None, required=False, help_text="Puste: internet."
    )
    cable = forms.CharField(
        label="Oznaczenie kabla", max_length=60, required=False,
        help_text="Kabel rodzaju „łącze operatora”, którym łącze biegnie w śladzie.",
    )  # fmt: skip
    note = forms.CharField(label="Uwagi", max_length=500, required=False)

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["near_id"].choices = [("", "wybierz"), *places]  # type: ignore[attr-defined]
        self.fields["far_id"].choices = [("", "internet"), *places]  # type: ignore[attr-defined]


class ExpiryForm(ScreenForm):
    """A term."""

    kind = forms.ChoiceField(label="Rodzaj", choices=list(TERMS.items()))
    name = forms.CharField(label="Nazwa", max_length=253, help_text="Na przykład bip.powiat.example.")
    provider = forms.CharField(label="Wystawca albo rejestrator", max_length=200, required=False)
    valid_until = DayField(label="Ważne do dnia")
    warn_days = whole("Ostrzegaj na dni przed", most=1000, initial=30, required=True)
    host = forms.CharField(label="Adres serwera", max_length=253, required=False)
    tcp_port = whole("Port TCP", most=65535, min_value=1, initial=443, required=True)
    device = forms.CharField(label="Urządzenie (nazwa)", max_length=60, required=False)
    note = forms.CharField(label="Uwagi", max_length=500, required=False)


@staff(*SEERS)
@require_safe
def lines(request: ActorRequest) -> HttpResponse:
    """All lines."""
    return drawn(request, "lines", "lines", {"rows": queries.lines(request.actor), "today": localdate()})


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def new_line(request: ActorRequest) -> HttpResponse:
    """A line."""
    form = LineForm(request.POST or None, places=places.choices())

    def act() -> str:
        circuits.add_line(_told(request, form), actor=request.actor, now=now())
        return reverse("infrastructure:lines")

    return _line_page(request, form, act, "Nowe łącze", "Dodaj łącze")


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def line(request: ActorRequest, circuit_id: int) -> HttpResponse:
    """What a line is."""
    found = queries.line(circuit_id, actor=request.actor)
    if found is None:
        raise Http404
    initial = {name: getattr(found, name) for name in LineForm.base_fields} | {
        "cable": found.cable.label if found.cable else ""
    }
    form = LineForm(request.POST or None, places=places.choices(), initial=initial)

    def act() -> str:
        circuits.describe_line(circuit_id, _told(request, form), actor=request.actor, now=now())
        return reverse("infrastructure:lines")

    removal = Removal("lacze", circuit_id, "Usuń łącze")
    return _line_page(request, form, act, f"Łącze {found}", "Zapisz łącze", removal)


def _told(request: ActorRequest, form: LineForm) -> dict[str, Any]:
    told = dict(form.cleaned_data)
    label = told.pop("cable").strip()
    found = cables.labelled(label, actor=request.actor) if label else None
    if label and found is None:
        raise Refused("cable", "Nie ma kabla z tym oznaczeniem.")
    return told | {"cable_id": found.pk if found else None, "monthly": told["monthly"] or 0}


def _line_page(
    request: ActorRequest, form: LineForm, act: Any, title: str, action: str, removal: Removal | None = None
) -> HttpResponse:  # fmt: skip
    return acted(
        request, form, act, section="lines", title=title, action=action, done="Zapisano łącze.",
        back=reverse("infrastructure:lines"), removal=removal,
    )  # fmt: skip


@staff(*SEERS)
@require_safe
def expiries(request: ActorRequest) -> HttpResponse:
    """What expires, the nearest first."""
    today = localdate()
    page = keyset_page(
        queries.expiries(request.actor), key=("valid_until", "id"), cursor=request.GET.get("cursor")
    )
    rows = [(one, *standing(one.valid_until, one.warn_days, today)) for one in page.rows]
    return drawn(request, "expiries", "expiries", {"page": page, "rows": rows})


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def new_expiry(request: ActorRequest) -> HttpResponse:
    """A term."""
    form = ExpiryForm(request.POST or None)

    def act() -> str:
        circuits.add_expiry(_term(request, form), actor=request.actor, now=now())
        return reverse("infrastructure:expiries")

    return _term_page(request, form, act, "Nowy termin", "Dodaj termin")


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def expiry(request: ActorRequest, expiry_id: int) -> HttpResponse:
    """What expires when."""
    found = queries.expiry(expiry_id, actor=request.actor)
    if found is None:
        raise Http404
    initial = {name: getattr(found, name) for name in ExpiryForm.base_fields}
    initial["device"] = found.device.name if found.device else ""
    form = ExpiryForm(request.POST or None, initial=initial)

    def act() -> str:
        circuits.describe_expiry(expiry_id, _term(request, form), actor=request.actor, now=now())
        return reverse("infrastructure:expiries")

    return _term_page(request, form, act, f"Termin: {found}", "Zapisz termin")


@staff(Right.MANAGE_NETWORK)
@require_POST
def dropping(request: ActorRequest, expiry_id: int) -> HttpResponse:
    """It is needed no more."""
    found = queries.expiry(expiry_id, actor=request.actor)
    if found is None:
        raise Http404
    circuits.drop_expiry(expiry_id, actor=request.actor, now=now())
    messages.success(request, f"Usunięto termin: {found}.")
    return redirect("infrastructure:expiries")


def _term(request: ActorRequest, form: ExpiryForm) -> dict[str, Any]:
    told = dict(form.cleaned_data)
    name = told.pop("device").strip()
    found = devices.named(name, actor=request.actor) if name else None
    if name and found is None:
        raise Refused("device", "Nie ma urządzenia o tej nazwie.")
    return told | {"device_id": found.pk if found else None}


def _term_page(request: ActorRequest, form: ExpiryForm, act: Any, title: str, action: str) -> HttpResponse:
    return acted(
        request, form, act, section="expiries", title=title, action=action, done="Zapisano termin.",
        back=reverse("infrastructure:expiries"),
    )  # fmt: skip
