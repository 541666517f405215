"""Liquidation by a commission on the screen: applications, one with its steps."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.assets import access
from starostwo.assets.models import Asset, Disposal
from starostwo.assets.rules.kinds import WAYS_OUT
from starostwo.assets.services import disposals
from starostwo.assets.services.describing import NoSuchAsset
from starostwo.assets.services.writing import MayNotManage, Refused
from starostwo.assets.web.acts import chosen_assets
from starostwo.assets.web.fields import PersonField
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import ScreenForm

WIDE = forms.Textarea(attrs={"rows": 3})


class ApplyForm(ScreenForm):
    """Why things should go, and who examines them."""

    reason = forms.CharField(label="Uzasadnienie", max_length=500, widget=WIDE)
    first = PersonField(label="Przewodniczący komisji")
    second = PersonField(label="Drugi członek komisji")
    third = PersonField(label="Trzeci członek komisji")


class FindingForm(ScreenForm):
    """What the commission saw."""

    finding = forms.CharField(label="Co stwierdzono", max_length=1000, widget=WIDE)
    way = forms.ChoiceField(label="Sposób", choices=[(k, v) for k, v in WAYS_OUT.items() if k != "SHORTAGE"])


class DecisionForm(ScreenForm):
    """The decision."""

    mark_optional = False

    approves = forms.ChoiceField(
        label="Decyzja", choices=[("1", "zatwierdzam"), ("0", "odmawiam")], widget=forms.RadioSelect
    )
    decision = forms.CharField(label="Treść", max_length=500, required=False)


FORMS = {"APPLIED": FindingForm, "EXAMINED": DecisionForm}


@staff(None)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """The applications that the person sees."""
    rows = access.visible_disposals(request.actor)
    page = keyset_page(rows, key=("-id",), cursor=request.GET.get("cursor"))
    return render(request, "assets/disposals.html", {"page": page})


@staff(Right.MANAGE_ASSETS)
@require_http_methods(["GET", "POST"])
def applying(request: ActorRequest) -> HttpResponse:
    """An application for the chosen things."""
    chosen = chosen_assets(request)
    form = ApplyForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        commission = [told["first"], told["second"], told["third"]]
        try:
            made = disposals.apply([one.pk for one in chosen], told["reason"], commission, **_who(request))
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.words)
        else:
            return redirect("assets:disposal", made.pk)
    context = {"form": form, "title": "Wniosek o likwidację", "action": "Złóż wniosek", "chosen": chosen}
    return render(request, "assets/act.html", context, status=422 if form.errors else 200)


@staff(None)
@require_http_methods(["GET", "POST"])
def disposal(request: ActorRequest, disposal_id: int) -> HttpResponse:
    """One application; the step that waits is made here by whoever may."""
    found = access.visible_disposals(request.actor).filter(pk=disposal_id).first()
    if found is None:
        raise Http404
    commission = [one.account for one in found.commission.select_related("account").order_by("id")]
    acts = _acts(request, found, [one.pk for one in commission])
    if request.method == "POST" and not acts:
        raise Http404
    kind = FORMS.get(found.state)
    form = kind(request.POST or None) if kind and acts else None
    if (
        request.method == "POST"
        and (form is None or form.is_valid())
        and acts
        and _stepped(request, form, acts)
    ):
        return redirect("assets:disposal", disposal_id)
    context = {
        "disposal": found, "form": form, "acts": bool(acts), "commission": commission,
        "things": Asset.objects.filter(pk__in=found.items.values("asset_id")).select_related("place"),
        "sees_all": access.sees_all(request.actor),
    }  # fmt: skip
    return render(request, "assets/disposal.html", context, status=422 if form and form.errors else 200)


def _acts(
    request: ActorRequest, found: Disposal, commission: list[int]
) -> Callable[[dict[str, Any]], object] | None:
    """The step that waits, when it is this person's."""
    actor, who = request.actor, _who(request)
    if found.state == Disposal.State.APPLIED and (access.may_manage(actor) or actor.account_id in commission):
        return lambda told: disposals.examine(found.pk, told["finding"], told["way"], **who)
    if found.state == Disposal.State.EXAMINED and access.may_decide_disposals(actor):
        return lambda told: disposals.decide(
            found.pk, approves=told["approves"] == "1", decision=told["decision"], **who
        )
    if found.state == Disposal.State.APPROVED and access.may_manage(actor):
        return lambda told: disposals.carry_out(found.pk, **who)
    return None


def _stepped(
    request: ActorRequest, form: ScreenForm | None, acts: Callable[[dict[str, Any]], object]
) -> bool:
    try:
        acts(form.cleaned_data if form else {})
    except Refused as refused:
        if form is not None and refused.field in form.fields:
            form.add_error(refused.field, refused.words)
            return False
        messages.error(request, refused.words)
    except (NoSuchAsset, MayNotManage):
        messages.error(request, "Wniosek jest już na innym etapie. Oto jego stan.")
    else:
        messages.success(request, "Zapisano.")
    return True


def _who(request: ActorRequest) -> dict[str, Any]:
    return {"actor": request.actor, "today": localdate(), "now": now()}
