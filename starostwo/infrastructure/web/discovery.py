"""Discovery on the screen: runs with their progress, what was seen, and accesses over SNMP."""

from ipaddress import ip_network
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.infrastructure.models import DiscoveryRun, SnmpAccess
from starostwo.infrastructure.queries import discovery as queries
from starostwo.infrastructure.services.discovering import Network, order_run, stop_run
from starostwo.infrastructure.services.snmp_access import NewAccess, keep_access
from starostwo.infrastructure.services.writing import Refused
from starostwo.infrastructure.web.device_forms import Choices, whole
from starostwo.infrastructure.web.sections import drawn, refused_with
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import ScreenForm

AGAIN_AFTER = "5"  # seconds after which a page of a run that goes on is asked for again
SILENT = "Ta instalacja nie pyta sieci. Włącza to administrator ustawieniem NETWORK_ASKING=1."
SECRET = forms.PasswordInput(attrs={"autocomplete": "off"})


class RunForm(ScreenForm):
    """Which network is looked over, and by which words."""

    network = forms.CharField(label="Sieć", max_length=43, help_text="Na przykład 10.20.0.0/24.")
    access = forms.TypedChoiceField(label="Dostęp SNMP", coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, accesses: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["access"].choices = [("", "bez SNMP"), *accesses]  # type: ignore[attr-defined]

    def clean_network(self) -> Network:
        """A network with the length of its prefix."""
        try:
            return ip_network(self.cleaned_data["network"].strip())
        except ValueError as error:
            raise forms.ValidationError(
                "Podaj sieć z długością prefiksu, na przykład 10.20.0.0/24."
            ) from error


class AccessForm(ScreenForm):
    """Words by which devices are asked; secrets are never shown again."""

    name = forms.CharField(
        label="Nazwa", max_length=60, help_text="Ta sama nazwa: nowe hasła zastąpią dawne."
    )
    version = forms.ChoiceField(label="Wersja", choices=SnmpAccess.Version.choices)
    port = whole("Port UDP", most=65535, min_value=1, initial=161, required=True)
    community = forms.CharField(label="Społeczność (v2c)", max_length=100, required=False, widget=SECRET)
    user = forms.CharField(label="Użytkownik (v3)", max_length=60, required=False)
    auth = forms.ChoiceField(label="Uwierzytelnienie (v3)", choices=SnmpAccess.Auth.choices)
    auth_secret = forms.CharField(
        label="Hasło uwierzytelnienia (v3)", max_length=100, required=False, widget=SECRET
    )
    priv = forms.ChoiceField(label="Szyfrowanie (v3)", choices=SnmpAccess.Priv.choices)
    priv_secret = forms.CharField(
        label="Hasło szyfrowania (v3)", max_length=100, required=False, widget=SECRET
    )


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def listed(request: ActorRequest) -> HttpResponse:
    """The runs; a new one is ordered here."""
    choices = [(one.pk, one.name) for one in queries.accesses(request.actor)]
    form = RunForm(request.POST or None, accesses=choices)
    if form.is_valid():
        told = form.cleaned_data
        try:
            if not settings.NETWORK_ASKING:
                raise Refused("network", SILENT)
            made = order_run(told["network"], told["access"], actor=request.actor, now=now())
        except Refused as refused:
            form.add_error(refused.field, refused.words)
        else:
            return redirect("infrastructure:run", made.pk)
    page = keyset_page(queries.runs(request.actor), key=("-id",), cursor=request.GET.get("cursor"))
    context = {
        "page": page, "form": form, "networks": queries.networks(request.actor),
        "waiting": queries.proposals(request.actor).count(),
    }  # fmt: skip
    return drawn(request, "runs", "runs", context, status=422 if form.errors else 200)


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET"])
def run(request: ActorRequest, run_id: int) -> HttpResponse:
    """One run: how far it is, what it saw."""
    found = queries.run(run_id, actor=request.actor)
    if found is None:
        raise Http404
    page = keyset_page(queries.sightings(found), key=("address", "id"), cursor=request.GET.get("cursor"))
    context = {
        "run": found, "page": page, "drawing": queries.drawing(page.rows),
        "is_over": found.ended_at is not None,
        "proposals": list(queries.proposals(request.actor).filter(run=found).order_by("kind", "id")[:50]),
    }  # fmt: skip
    answer = drawn(request, "run", "runs", context)
    if found.ended_at is None:
        answer["Refresh"] = AGAIN_AFTER
    return answer


@staff(Right.MANAGE_NETWORK)
@require_POST
def stopping(request: ActorRequest, run_id: int) -> HttpResponse:
    """Stop a run."""
    try:
        stop_run(run_id, actor=request.actor, now=now())
    except Refused as refused:
        refused_with(request, refused)
    else:
        messages.success(request, "Przegląd zatrzyma się po odpowiedziach, na które już czeka.")
    known = DiscoveryRun.objects.filter(pk=run_id).exists()
    return redirect("infrastructure:run", run_id) if known else redirect("infrastructure:runs")


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def accesses(request: ActorRequest) -> HttpResponse:
    """The accesses; one is kept here."""
    form = AccessForm(request.POST or None)
    if form.is_valid():
        try:
            keep_access(NewAccess(**form.cleaned_data), actor=request.actor, now=now())
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.words)
        else:
            messages.success(request, "Zapisano dostęp. Haseł nikt już nie zobaczy.")
            return redirect("infrastructure:accesses")
    context = {"rows": queries.accesses(request.actor), "form": form}
    return drawn(request, "accesses", "runs", context, status=422 if form.errors else 200)
