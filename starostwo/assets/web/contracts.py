"""Contracts of things on the screen: the list by term, one with what it covers."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.assets import access
from starostwo.assets.models import CoveredAsset, ServiceContract
from starostwo.assets.models.contracts import CONTRACTS, MOST_DAYS
from starostwo.assets.services import contracts
from starostwo.assets.services.contracts import Said
from starostwo.assets.services.describing import NoSuchAsset
from starostwo.assets.services.writing import Refused
from starostwo.assets.web.fields import AssetField, PersonField
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import DayField, MoneyField, ScreenForm

SHORT = {"class": "govuk-input--width-10"}
FIELDS = tuple(Said.__dataclass_fields__)


class ContractForm(ScreenForm):
    """What a contract says."""

    kind = forms.ChoiceField(label="Rodzaj", choices=list(CONTRACTS.items()))
    number = forms.CharField(label="Numer umowy", max_length=100)
    name = forms.CharField(label="Czego dotyczy", max_length=200)
    party = forms.CharField(label="Z kim", max_length=200)
    contact = forms.CharField(
        label="Kontakt do zgłoszeń", max_length=200, required=False, help_text="Telefon albo e-mail serwisu."
    )
    valid_from = DayField(label="Od dnia")
    valid_until = DayField(label="Do dnia", required=False, help_text="Puste, gdy bezterminowo.")
    notice_days = forms.IntegerField(
        label="Ile dni przed końcem powiadomić", min_value=0, max_value=MOST_DAYS, initial=60,
        widget=forms.TextInput(attrs=SHORT),
    )  # fmt: skip
    keeper = PersonField(label="Kto pilnuje", required=False, help_text="Dostanie powiadomienie.")
    cost = MoneyField(label="Koszt roczny, zł", required=False)
    note = forms.CharField(label="Uwagi", max_length=500, required=False)


class CoverForm(ScreenForm):
    """Which thing comes under the contract."""

    mark_optional = False

    asset = AssetField(label="Numer inwentarzowy")


@staff(None)
@require_http_methods(["GET", "POST"])
def listed(request: ActorRequest) -> HttpResponse:
    """The contracts that hold, or those that were ended, the newest first; one is entered here."""
    may_manage = access.may_manage(request.actor)
    if request.method == "POST" and not may_manage:
        raise Http404
    form = ContractForm(request.POST or None, initial={"valid_from": localdate()})
    if form.is_valid():
        try:
            made = contracts.enter(Said(**form.cleaned_data), actor=request.actor, now=now())
        except Refused as refused:
            form.add_error(refused.field, refused.words)
        else:
            messages.success(request, "Wpisano umowę. Dodaj składniki, które obejmuje.")
            return redirect("assets:contract", made.pk)
    shows_ended = request.GET.get("stan") == "rozwiazane"
    rows = access.visible_contracts(request.actor).filter(ended_on__isnull=not shows_ended)
    page = keyset_page(rows.select_related("keeper"), key=("-id",), cursor=request.GET.get("cursor"))
    context = {
        "page": page, "form": form if may_manage else None, "today": localdate(), "ended": shows_ended,
        "sees_all": access.sees_all(request.actor),
    }  # fmt: skip
    return render(request, "assets/contracts.html", context, status=422 if form.errors else 200)


@staff(None)
@require_http_methods(["GET", "POST"])
def contract(request: ActorRequest, contract_id: int) -> HttpResponse:
    """One contract; a thing comes under it here."""
    found = _found(request, contract_id)
    may_change = access.may_manage(request.actor) and found.ended_on is None
    if request.method == "POST" and not may_change:
        raise Http404
    form = CoverForm(request.POST or None)
    if form.is_valid():
        try:
            contracts.cover(
                contract_id, form.cleaned_data["asset"], actor=request.actor, today=localdate(), now=now()
            )
        except NoSuchAsset as error:
            raise Http404 from error
        except Refused as refused:
            form.add_error(refused.field, refused.words)
        else:
            messages.success(request, "Umowa obejmuje składnik.")
            return redirect("assets:contract", contract_id)
    rows = CoveredAsset.objects.filter(contract=found).select_related("asset__place")
    context = {
        "contract": found, "form": form if may_change else None, "today": localdate(),
        "page": keyset_page(rows, key=("-id",), cursor=request.GET.get("cursor")),
        "sees_all": access.sees_all(request.actor),
    }  # fmt: skip
    return render(request, "assets/contract.html", context, status=422 if form.errors else 200)


@staff(Right.MANAGE_ASSETS)
@require_http_methods(["GET", "POST"])
def changing(request: ActorRequest, contract_id: int) -> HttpResponse:
    """Prolong a contract, or write it down better."""
    found = _found(request, contract_id)
    if found.ended_on is not None:
        raise Http404
    before: dict[str, Any] = {name: getattr(found, name) for name in FIELDS if name != "keeper"}
    form = ContractForm(request.POST or None, initial=before | {"keeper": found.keeper_id})
    if form.is_valid():
        try:
            contracts.change(contract_id, Said(**form.cleaned_data), actor=request.actor, now=now())
        except Refused as refused:
            form.add_error(refused.field, refused.words)
        else:
            messages.success(request, "Zapisano umowę.")
            return redirect("assets:contract", contract_id)
    context = {"form": form, "title": f"Umowa {found}", "action": "Zapisz umowę"}
    return render(request, "assets/act.html", context, status=422 if form.errors else 200)


@staff(Right.MANAGE_ASSETS)
@require_POST
def ending(request: ActorRequest, contract_id: int) -> HttpResponse:
    """The contract is over."""
    try:
        contracts.end(contract_id, actor=request.actor, today=localdate(), now=now())
    except NoSuchAsset as error:
        raise Http404 from error
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, "Rozwiązano umowę.")
    return redirect("assets:contract", contract_id)


@staff(Right.MANAGE_ASSETS)
@require_POST
def uncovering(request: ActorRequest, covered_id: int) -> HttpResponse:
    """The contract covers the thing no more."""
    try:
        found = contracts.uncover(covered_id, actor=request.actor, today=localdate(), now=now())
    except NoSuchAsset as error:
        raise Http404 from error
    messages.success(request, f"Umowa nie obejmuje już {found.asset}.")
    return redirect("assets:contract", found.contract_id)


def _found(request: ActorRequest, contract_id: int) -> ServiceContract:
    rows = access.visible_contracts(request.actor).select_related("keeper")
    found = rows.filter(pk=contract_id).first()
    if found is None:
        raise Http404
    return found
