"""The register on the screen: the list, an asset with its history and plan, its description."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.assets import access
from starostwo.assets.models import Asset
from starostwo.assets.queries import assets as queries
from starostwo.assets.queries.values import plan_of, worth_on
from starostwo.assets.rules.depreciation import by_year
from starostwo.assets.rules.kinds import KINDS
from starostwo.assets.services.describing import describe
from starostwo.assets.services.documents import DESCRIBED
from starostwo.assets.web.fields import hundredths
from starostwo.assets.web.forms import DescribeForm
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import DayField, Tab


@staff(None)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """The register: by number, narrowed by words, kind, state, place or person."""
    wanted = queries.Wanted.told(request.GET)
    rows = queries.listed(request.actor, wanted)
    page = keyset_page(rows, key=queries.BY_NUMBER, cursor=request.GET.get("cursor"))
    base = reverse("assets:assets")
    tabs = [Tab("wszystkie rodzaje", base, not wanted.kind)]
    tabs += [Tab(words, f"{base}?rodzaj={kind}", kind == wanted.kind) for kind, words in KINDS.items()]
    context = {
        "page": page, "wanted": wanted, "tabs": tabs, "states": queries.STATES.items(),
        "may_manage": access.may_manage(request.actor), "sees_all": access.sees_all(request.actor),
    }  # fmt: skip
    return render(request, "assets/assets.html", context)


@staff(None)
@require_safe
def asset(request: ActorRequest, asset_id: int) -> HttpResponse:
    """One asset: what it is, what it is worth on a day, its documents, the plan of depreciation."""
    found = _found(request, asset_id)
    day = _day(request)
    value, written_off = worth_on(found, day)
    plan = plan_of(found)
    context = {
        "asset": found, "day": day, "value": value, "written_off": written_off, "net": value - written_off,
        "rate": hundredths(found.rate), "factor": hundredths(found.factor), "history": queries.history(found),
        "plan": plan[:12], "years": by_year(plan), "in_use": found.state == Asset.State.IN_USE,
        "may_manage": access.may_manage(request.actor), "sees_all": access.sees_all(request.actor),
        "files": queries.attachments(found), "contracts": queries.contracts(found, actor=request.actor),
    }  # fmt: skip
    return render(request, "assets/asset.html", context)


@staff(Right.MANAGE_ASSETS)
@require_http_methods(["GET", "POST"])
def description(request: ActorRequest, asset_id: int) -> HttpResponse:
    """Write down better what an asset is."""
    found = _found(request, asset_id)
    form = DescribeForm(request.POST or None, initial={name: getattr(found, name) for name in DESCRIBED})
    if form.is_valid():
        describe(asset_id, form.cleaned_data, actor=request.actor, now=now())
        messages.success(request, "Zapisano opis.")
        return redirect("assets:asset", asset_id)
    context = {"form": form, "title": f"Opis {found.number}", "action": "Zapisz opis", "chosen": [found]}
    return render(request, "assets/act.html", context, status=422 if form.errors else 200)


def _found(request: ActorRequest, asset_id: int) -> Asset:
    found = queries.one(asset_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


def _day(request: ActorRequest) -> date:
    try:
        asked = DayField(required=False).clean(request.GET.get("dzien", ""))
    except ValidationError:
        asked = None
    return asked or localdate()
