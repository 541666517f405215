"""Alarms on the screen, works during which none is told, and who is told."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.infrastructure import access
from starostwo.infrastructure.access import SEERS
from starostwo.infrastructure.queries import monitoring as queries
from starostwo.infrastructure.services import watching
from starostwo.infrastructure.services.watching import Span
from starostwo.infrastructure.services.writing import Refused
from starostwo.infrastructure.web.device_forms import Choices
from starostwo.infrastructure.web.sections import drawn, refused_with
from starostwo.office.api import ActorRequest, Right, places, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import ScreenForm, Tab

NEWEST = ("-began_at", "-id")
WHEN = {"type": "datetime-local", "class": "govuk-input--width-20"}


class TakeForm(ScreenForm):
    """What whoever takes the alarm up does about it."""

    note = forms.CharField(label="Co robisz w tej sprawie", max_length=300, required=False)


class WorksForm(ScreenForm):
    """Works in a place."""

    mark_optional = False

    place = forms.TypedChoiceField(label="Miejsce", coerce=int)
    begins_at = forms.DateTimeField(label="Od", widget=forms.DateTimeInput(WHEN, format="%Y-%m-%dT%H:%M"))
    ends_at = forms.DateTimeField(label="Do", widget=forms.DateTimeInput(WHEN, format="%Y-%m-%dT%H:%M"))
    reason = forms.CharField(label="Co się dzieje", max_length=200)

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "wybierz"), *places]  # type: ignore[attr-defined]


class ReaderForm(ScreenForm):
    """An address to which alarms are told."""

    mark_optional = False

    email = forms.EmailField(label="Adres e-mail", max_length=254)


@staff(*SEERS)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """Alarms that last, or all, the newest first."""
    is_open = request.GET.get("stan") != "wszystkie"
    base = reverse("infrastructure:alarms")
    tabs = [Tab("trwają", base, is_open), Tab("wszystkie", f"{base}?stan=wszystkie", not is_open)]
    rows = queries.alarms(request.actor, is_open=is_open)
    page = keyset_page(rows, key=NEWEST, cursor=request.GET.get("cursor"))
    return drawn(request, "alarms", "state", {"page": page, "tabs": tabs})


@staff(*SEERS)
@require_http_methods(["GET", "POST"])
def alarm(request: ActorRequest, alarm_id: int) -> HttpResponse:
    """One alarm; it is taken up here."""
    found = queries.alarm(alarm_id, actor=request.actor)
    if found is None:
        raise Http404
    form = TakeForm(request.POST or None)
    if form.is_valid():
        try:
            watching.take_alarm(alarm_id, form.cleaned_data["note"], actor=request.actor, now=now())
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            messages.success(request, "Potwierdzono alarm.")
            return redirect("infrastructure:alarm", alarm_id)
    may_take = found.taken_at is None and access.may_work(request.actor)
    context = {"alarm": found, "form": form if may_take or form.errors else None}
    return drawn(request, "alarm", "state", context, status=422 if form.errors else 200)


@staff(*SEERS)
@require_http_methods(["GET", "POST"])
def works(request: ActorRequest) -> HttpResponse:
    """Works that go on or are to come; new ones are announced here."""
    may_manage = access.may_manage(request.actor)
    if request.method == "POST" and not may_manage:
        raise Http404
    form = WorksForm(request.POST or None, places=places.choices())
    if form.is_valid():
        told = form.cleaned_data
        span = Span(told["begins_at"], told["ends_at"])
        try:
            watching.plan_works(told["place"], span, told["reason"], actor=request.actor, now=now())
        except Refused as refused:
            form.add_error(refused.field, refused.words)
        else:
            messages.success(request, "Zapisano prace. Do ich końca nikt nie dostanie stamtąd alarmów.")
            return redirect("infrastructure:works")
    context = {
        "rows": queries.works(request.actor, now=now()), "now": now(), "form": form if may_manage else None
    }  # fmt: skip
    return drawn(request, "works", "state", context, status=422 if form.errors else 200)


@staff(Right.MANAGE_NETWORK)
@require_POST
def ending(request: ActorRequest, works_id: int) -> HttpResponse:
    """Works are over sooner, or called off."""
    try:
        watching.end_works(works_id, actor=request.actor, now=now())
    except Refused as refused:
        refused_with(request, refused)
    else:
        messages.success(request, "Zakończono prace. Alarmy znów są wysyłane.")
    return redirect("infrastructure:works")


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def readers(request: ActorRequest) -> HttpResponse:
    """Who is told; an address is added here."""
    form = ReaderForm(request.POST or None)
    if form.is_valid():
        watching.add_reader(form.cleaned_data["email"], actor=request.actor, now=now())
        messages.success(request, "Zapisano. Pod ten adres będą wysyłane alarmy i terminy.")
        return redirect("infrastructure:readers")
    context = {"rows": queries.readers(request.actor), "form": form}
    return drawn(request, "readers", "state", context, status=422 if form.errors else 200)


@staff(Right.MANAGE_NETWORK)
@require_POST
def dropping(request: ActorRequest, reader_id: int) -> HttpResponse:
    """An address is told no more."""
    try:
        watching.drop_reader(reader_id, actor=request.actor, now=now())
    except Refused as refused:
        refused_with(request, refused)
    return redirect("infrastructure:readers")
