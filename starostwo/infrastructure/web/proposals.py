"""Proposals of discovery on the screen: each is accepted or refused by a person."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.infrastructure.models import Proposal
from starostwo.infrastructure.queries import devices
from starostwo.infrastructure.queries import discovery as queries
from starostwo.infrastructure.rules.differences import NEW_HOST
from starostwo.infrastructure.services.proposals import NoSuchProposal, Said, accept, reject
from starostwo.infrastructure.services.writing import Refused
from starostwo.infrastructure.web.device_forms import Choices
from starostwo.infrastructure.web.sections import drawn
from starostwo.office.api import ActorRequest, Right, places, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import ScreenForm, Tab

DECIDED = "O tej propozycji ktoś już zdecydował."


class HostForm(ScreenForm):
    """What the network does not tell of a new device."""

    name = forms.CharField(label="Nazwa", max_length=60)
    device_type = forms.TypedChoiceField(label="Typ urządzenia", coerce=int)
    place = forms.TypedChoiceField(label="Miejsce", coerce=int)

    def __init__(self, *args: Any, types: Choices, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["device_type"].choices = [("", "wybierz"), *types]  # type: ignore[attr-defined]
        self.fields["place"].choices = [("", "wybierz"), *places]  # type: ignore[attr-defined]


class NothingForm(ScreenForm):
    """Nothing to add."""


@staff(Right.MANAGE_NETWORK)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """Proposals to be decided, or those that were."""
    is_open = request.GET.get("stan") != "rozstrzygniete"
    base = reverse("infrastructure:proposals")
    tabs = [
        Tab("do decyzji", base, is_open), Tab("rozstrzygnięte", f"{base}?stan=rozstrzygniete", not is_open)
    ]  # fmt: skip
    rows = queries.proposals(request.actor, is_open=is_open)
    page = keyset_page(rows, key=("-id",), cursor=request.GET.get("cursor"))
    return drawn(request, "proposals", "runs", {"page": page, "tabs": tabs, "is_open": is_open})


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def deciding(request: ActorRequest, proposal_id: int) -> HttpResponse:
    """One proposal beside what the register says; accepted here."""
    found = queries.proposal(proposal_id, actor=request.actor)
    if found is None:
        raise Http404
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            accept(proposal_id, Said(**form.cleaned_data), actor=request.actor, now=now())
        except NoSuchProposal:
            messages.error(request, DECIDED)
            return redirect("infrastructure:proposals")
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.words)
        else:
            messages.success(request, f"Przyjęto: {found.get_kind_display()}.")
            return redirect("infrastructure:proposals")
    context = {"proposal": found, "form": form}
    return drawn(request, "proposal", "runs", context, status=422 if form.errors else 200)


def _form(request: ActorRequest, found: Proposal) -> ScreenForm:
    if found.kind != NEW_HOST:
        return NothingForm(request.POST if request.method == "POST" else None)
    types = [(one.pk, str(one)) for one in devices.types(request.actor)]
    initial = {"name": found.told["name"] or found.told["address"]}
    told = request.POST if request.method == "POST" else None
    return HostForm(told, initial=initial, types=types, places=places.choices())


@staff(Right.MANAGE_NETWORK)
@require_POST
def refusing(request: ActorRequest, proposal_id: int) -> HttpResponse:
    """Leave the register as it is."""
    try:
        reject(proposal_id, actor=request.actor, now=now())
    except NoSuchProposal:
        messages.error(request, DECIDED)
    else:
        messages.success(request, "Odrzucono. Ta sama różnica nie będzie więcej proponowana.")
    return redirect("infrastructure:proposals")
