"""Spare parts on the screen: what is there, what came and went."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.infrastructure.access import SEERS
from starostwo.infrastructure.models.work import SPARES
from starostwo.infrastructure.queries import devices
from starostwo.infrastructure.queries import work as queries
from starostwo.infrastructure.services import spares
from starostwo.infrastructure.services.writing import Refused
from starostwo.infrastructure.web.device_forms import Choices, whole
from starostwo.infrastructure.web.sections import acted, drawn
from starostwo.office.api import ActorRequest, Right, places, staff
from starostwo.screens.api import ScreenForm

IN, OUT = "1", "-1"


class SpareForm(ScreenForm):
    """A kind of part."""

    kind = forms.ChoiceField(label="Rodzaj", choices=list(SPARES.items()))
    name = forms.CharField(label="Nazwa", max_length=200)
    part_number = forms.CharField(label="Numer części", max_length=60)
    place_id = forms.TypedChoiceField(label="Gdzie leży", coerce=int)
    least = whole("Najmniej sztuk", most=10_000, required=True)

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place_id"].choices = [("", "wybierz"), *places]  # type: ignore[attr-defined]


class MoveForm(ScreenForm):
    """Pieces that come or go."""

    direction = forms.ChoiceField(label="Ruch", choices=[(OUT, "wydanie"), (IN, "przyjęcie")])
    count = whole("Sztuk", most=10_000, min_value=1, initial=1, required=True)
    device = forms.CharField(label="Do urządzenia (nazwa)", max_length=60, required=False)
    why = forms.CharField(label="Po co", max_length=200, required=False)


@staff(*SEERS)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """What is on stock."""
    return drawn(request, "spares", "spares", {"rows": list(queries.spares(request.actor)[:500])})


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def adding(request: ActorRequest) -> HttpResponse:
    """A kind of part."""
    form = SpareForm(request.POST or None, places=places.choices())

    def act() -> str:
        made = spares.add_spare(form.cleaned_data, actor=request.actor, now=now())
        return reverse("infrastructure:spare", args=[made.pk])

    return acted(
        request, form, act, section="spares", title="Nowa część", action="Dodaj część", done="Dodano część.",
        back=reverse("infrastructure:spares"),
    )  # fmt: skip


@staff(*SEERS)
@require_http_methods(["GET", "POST"])
def spare(request: ActorRequest, spare_id: int) -> HttpResponse:
    """One part with its moves; pieces come and go here."""
    found = queries.spare(spare_id, actor=request.actor)
    if found is None:
        raise Http404
    form = MoveForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        try:
            device = _device(request, told["device"])
            change = told["count"] * int(told["direction"])
            spares.move_spare(spare_id, change, told["why"], device=device, actor=request.actor, now=now())
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.words)
        else:
            messages.success(request, "Zapisano ruch.")
            return redirect("infrastructure:spare", spare_id)
    context = {"spare": found, "moves": queries.moves(found), "form": form}
    return drawn(request, "spare", "spares", context, status=422 if form.errors else 200)


def _device(request: ActorRequest, name: str) -> int | None:
    if not name.strip():
        return None
    found = devices.named(name, actor=request.actor)
    if found is None:
        raise Refused("device", "Nie ma urządzenia o tej nazwie.")
    return found.pk
