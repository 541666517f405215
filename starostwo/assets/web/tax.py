"""Depreciation for tax beside that of the balance sheet on the screen; readings of use."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.assets import access
from starostwo.assets.access import SEES_ALL
from starostwo.assets.models import Asset, UseReading
from starostwo.assets.queries import assets as queries
from starostwo.assets.queries import tax as compared
from starostwo.assets.rules.kinds import BY_USE
from starostwo.assets.rules.tax import TAX_METHODS
from starostwo.assets.services import tax as services
from starostwo.assets.services.describing import NoSuchAsset
from starostwo.assets.services.tax import NewTerms
from starostwo.assets.services.writing import Refused
from starostwo.assets.web.fields import hundredths
from starostwo.assets.web.forms import FACTORS, SHORT
from starostwo.office.api import ActorRequest, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import DayField, MoneyField, ScreenForm

YEARS = range(1990, 2101)


class TermsForm(ScreenForm):
    """What is set for tax from a day on."""

    since = DayField(label="Od dnia", help_text="Pierwszy dzień miesiąca; następna stawka od 1 stycznia.")
    method = forms.ChoiceField(label="Metoda", choices=list(TAX_METHODS.items()))
    rate = MoneyField(
        label="Stawka roczna, %", required=False, help_text="Na przykład 30 albo 12,50.",
        error_messages={"not_money": "Podaj stawkę, na przykład 30 albo 12,50."},
    )  # fmt: skip
    factor = forms.TypedChoiceField(label="Współczynnik metody degresywnej", choices=FACTORS, coerce=int)
    written_off = MoneyField(
        label="Odpisano podatkowo wcześniej, zł", required=False, help_text="Tylko przy pierwszych warunkach."
    )
    ground = forms.CharField(
        label="Podstawa", max_length=300, help_text="Na przykład „wykaz stawek, poz. 04, KŚT 487”."
    )


class UseForm(ScreenForm):
    """How much a thing did."""

    mark_optional = False

    on = DayField(label="Do dnia")
    units = forms.IntegerField(
        label="Ile od poprzedniego odczytu", min_value=1, max_value=10**12,
        widget=forms.TextInput(attrs=SHORT),
    )  # fmt: skip


@staff(*SEES_ALL)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """A year: what the balance sheet and the tax write off of each thing for which tax is kept."""
    typed = request.GET.get("rok", "")
    year = int(typed) if typed.isdecimal() and len(typed) == 4 else localdate().year
    year = year if year in YEARS else localdate().year
    page = keyset_page(
        compared.with_terms(request.actor), key=compared.BY_NUMBER, cursor=request.GET.get("cursor")
    )
    rows = [(one.asset, one.of(year)) for one in compared.compare(page.rows, until=year)]
    context = {"page": page, "rows": rows, "year": year, "years": [year - 1, year + 1]}
    return render(request, "assets/taxes.html", context)


@staff(*SEES_ALL)
@require_http_methods(["GET", "POST"])
def of_asset(request: ActorRequest, asset_id: int) -> HttpResponse:
    """One asset year by year, both ways; terms for tax are set here."""
    found = _found(request, asset_id)
    may_keep = access.may_keep_tax(request.actor) and found.state == Asset.State.IN_USE
    if request.method == "POST" and not may_keep:
        raise Http404
    terms = compared.terms_of(found)
    form = TermsForm(request.POST or None, initial=_initial(found, terms))
    if form.is_valid():
        told = form.cleaned_data
        numbers = {"rate": told["rate"] or 0, "written_off": told["written_off"] or 0}
        try:
            services.set_terms(asset_id, NewTerms(**told | numbers), actor=request.actor, now=now())
        except Refused as refused:
            form.add_error(refused.field, refused.words)
        else:
            messages.success(request, "Zapisano warunki podatkowe.")
            return redirect("assets:tax", asset_id)
    [years] = compared.compare([found], until=localdate().year)
    context = {
        "asset": found, "years": years.years, "this_year": localdate().year,
        "terms": [(one, hundredths(one.rate), hundredths(one.factor)) for one in terms],
        "form": form if may_keep else None,
    }  # fmt: skip
    return render(request, "assets/tax.html", context, status=422 if form.errors else 200)


def _initial(asset: Asset, terms: list[Any]) -> dict[str, Any]:
    if terms:
        last = terms[-1]
        return {"method": last.method, "rate": last.rate, "factor": last.factor}
    return {"rate": asset.rate, "factor": 100}


@staff(*SEES_ALL)
@require_http_methods(["GET", "POST"])
def use(request: ActorRequest, asset_id: int) -> HttpResponse:
    """How much a thing did, from reading to reading."""
    found = _found(request, asset_id)
    if found.method != BY_USE:
        raise Http404
    may_manage = access.may_manage(request.actor) and found.state == Asset.State.IN_USE
    if request.method == "POST" and not may_manage:
        raise Http404
    form = UseForm(request.POST or None, initial={"on": localdate()})
    if form.is_valid():
        told = form.cleaned_data
        try:
            services.read_use(
                asset_id, told["units"], told["on"], actor=request.actor, today=localdate(), now=now()
            )
        except NoSuchAsset as error:
            raise Http404 from error
        except Refused as refused:
            form.add_error(refused.field, refused.words)
        else:
            messages.success(request, "Zapisano użycie. Odpis zrobi najbliższe umorzenie.")
            return redirect("assets:use", asset_id)
    rows = UseReading.objects.filter(asset=found)
    context = {
        "asset": found, "form": form if may_manage else None,
        "page": keyset_page(rows, key=("-on", "-id"), cursor=request.GET.get("cursor")),
    }  # fmt: skip
    return render(request, "assets/use.html", context, status=422 if form.errors else 200)


def _found(request: ActorRequest, asset_id: int) -> Asset:
    found = queries.one(asset_id, actor=request.actor)
    if found is None:
        raise Http404
    return found
