"""Writing documents on the screen: OT, BO, ZW, MT, PT, LT; what was typed is never lost."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from starostwo.assets.models import Asset, Document
from starostwo.assets.queries import assets as queries
from starostwo.assets.queries.catalogue import NoThreshold, classes_on
from starostwo.assets.services import documents
from starostwo.assets.services.writing import Refused
from starostwo.assets.web.fields import hundredths
from starostwo.assets.web.forms import (
    HandOverForm,
    HolderForm,
    LiquidationForm,
    OpeningForm,
    PartForm,
    TakeForm,
    ValueForm,
)
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.screens.api import ScreenForm

MOST_CHOSEN = 200


@staff(Right.MANAGE_ASSETS)
@require_http_methods(["GET", "POST"])
def taking(request: ActorRequest) -> HttpResponse:
    """OT."""
    form = TakeForm(request.POST or None, **_choices(), initial={"happened_on": localdate()})

    def act() -> Document:
        told = form.cleaned_data
        new = [_new(told, choice=form.choice())] * told["count"]
        return documents.take(new, form.header(), origin=told["origin"], **_who(request))

    return _written(request, form, act, "Przyjęcie do używania (OT)", "Zapisz OT")


@staff(Right.MANAGE_ASSETS)
@require_http_methods(["GET", "POST"])
def opening(request: ActorRequest) -> HttpResponse:
    """BO."""
    form = OpeningForm(request.POST or None, **_choices())

    def act() -> Document:
        told = form.cleaned_data
        opened = {"taken_on": told["taken_on"], "written_off": told["written_off"]}
        new = _new(told, choice=form.choice(), **opened)
        return documents.bring_forward([new], form.header(), **_who(request))

    return _written(request, form, act, "Bilans otwarcia składnika (BO)", "Zapisz BO")


@staff(Right.MANAGE_ASSETS)
@require_http_methods(["GET", "POST"])
def value(request: ActorRequest, asset_id: int) -> HttpResponse:
    """ZW."""
    chosen = _one(request, asset_id)
    form = ValueForm(request.POST or None, initial={"happened_on": localdate()})

    def act() -> Document:
        by = form.cleaned_data["by"] * int(form.cleaned_data["direction"])
        return documents.change_value(asset_id, by, form.header(), **_who(request))

    return _written(request, form, act, "Zmiana wartości (ZW)", "Zapisz ZW", chosen)


@staff(Right.MANAGE_ASSETS)
@require_http_methods(["GET", "POST"])
def part(request: ActorRequest, asset_id: int) -> HttpResponse:
    """LT of a part."""
    chosen = _one(request, asset_id)
    form = PartForm(request.POST or None, initial={"happened_on": localdate()})

    def act() -> Document:
        told = form.cleaned_data
        gone = documents.Part(told["value"] or 0, told["quantity"] or 0)
        return documents.liquidate_part(asset_id, gone, form.header(), way=told["way"], **_who(request))

    return _written(request, form, act, "Likwidacja części (LT)", "Zapisz LT", chosen)


@staff(Right.MANAGE_ASSETS)
@require_http_methods(["GET", "POST"])
def move(request: ActorRequest) -> HttpResponse:
    """MT of the chosen assets."""
    chosen = chosen_assets(request)
    first = chosen[0] if len(chosen) == 1 else None
    initial: dict[str, Any] = {"happened_on": localdate()}
    if first is not None:
        initial |= {"place": first.place_id, "keeper": first.keeper_id, "user": first.user_id}
    form = HolderForm(request.POST or None, initial=initial)

    def act() -> Document:
        told = form.cleaned_data
        to = documents.Holder(told["place"], told["keeper"], told["user"])
        return documents.move(_ids(chosen), to, form.header(), **_who(request))

    return _written(request, form, act, "Zmiana miejsca użytkowania (MT)", "Zapisz MT", chosen)


@staff(Right.MANAGE_ASSETS)
@require_http_methods(["GET", "POST"])
def hand_over(request: ActorRequest) -> HttpResponse:
    """PT of the chosen assets."""
    chosen = chosen_assets(request)
    form = HandOverForm(request.POST or None, initial={"happened_on": localdate()})

    def act() -> Document:
        header = form.header(form.cleaned_data["other_side"])
        return documents.hand_over(_ids(chosen), header, **_who(request))

    return _written(request, form, act, "Protokół zdawczo-odbiorczy (PT)", "Zapisz PT", chosen)


@staff(Right.MANAGE_ASSETS)
@require_http_methods(["GET", "POST"])
def liquidation(request: ActorRequest) -> HttpResponse:
    """LT of the chosen assets."""
    chosen = chosen_assets(request)
    form = LiquidationForm(request.POST or None, initial={"happened_on": localdate()})

    def act() -> Document:
        way = form.cleaned_data["way"]
        return documents.liquidate(_ids(chosen), form.header(), way=way, **_who(request))

    return _written(request, form, act, "Likwidacja (LT)", "Zapisz LT", chosen)


def _written(
    request: ActorRequest, form: ScreenForm, act: Callable[[], Document], title: str, action: str,
    chosen: list[Asset] | None = None,
) -> HttpResponse:  # fmt: skip
    """Write the document; a refusal stands beside its field."""
    if form.is_valid():
        try:
            made = act()
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.words)
        except NoThreshold:
            form.add_error("happened_on", "Na ten dzień nie ustawiono progu. Ustaw go w „Stawki i próg”.")
        else:
            messages.success(request, f"Zapisano {made}.")
            return redirect("assets:document", made.pk)
    context = {"form": form, "title": title, "action": action, "chosen": chosen or []}
    return render(request, "assets/act.html", context, status=422 if form.errors else 200)


def _choices() -> dict[str, Any]:
    today = localdate()
    return {
        "classes": [
            (one.code, f"{one.code} {one.name} ({hundredths(one.rate)} %)") for one in classes_on(today)
        ],
    }


def _new(told: dict[str, Any], **opening: Any) -> documents.NewAsset:
    names = ("kind", "name", "value", "place", "keeper", "user", "kst_code", "quantity")
    return documents.NewAsset(**{name: told[name] for name in names}, **opening)


def _who(request: ActorRequest) -> dict[str, Any]:
    return {"actor": request.actor, "today": localdate(), "now": now()}


def _one(request: ActorRequest, asset_id: int) -> list[Asset]:
    found = queries.chosen([asset_id], actor=request.actor)
    if not found:
        raise Http404
    return found


def chosen_assets(request: ActorRequest) -> list[Asset]:
    """The chosen assets that are in use."""
    told = (request.POST if request.method == "POST" else request.GET).getlist("s")[:MOST_CHOSEN]
    found = queries.chosen(
        [int(one) for one in told if one.isdecimal() and len(one) < 16], actor=request.actor
    )
    if not found:
        raise Http404
    return found


def _ids(chosen: list[Asset]) -> list[int]:
    return [asset.pk for asset in chosen]
