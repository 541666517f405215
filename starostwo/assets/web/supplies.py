"""Consumables on the screen: the store, one of them with its moves, labels, requests of employees."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, localtime, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.assets import access
from starostwo.assets.access import SEES_ALL
from starostwo.assets.labels import supply_labels_pdf
from starostwo.assets.models import Supply, SupplyMove, Wish
from starostwo.assets.services import supplies
from starostwo.assets.services.supplies import Moved, NewSupply
from starostwo.assets.services.writing import Refused
from starostwo.assets.web.fields import PersonField, PlaceField
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import DayField, ScreenForm, Tab

SHORT = {"class": "govuk-input--width-10"}


class SupplyForm(ScreenForm):
    """What is kept in a store."""

    name = forms.CharField(label="Nazwa", max_length=200)
    unit = forms.CharField(label="Jednostka miary", max_length=20, initial="szt.")
    least = forms.IntegerField(
        label="Zamawiać od stanu", min_value=0, max_value=1_000_000, initial=0,
        widget=forms.TextInput(attrs=SHORT),
    )  # fmt: skip
    place = PlaceField(label="Miejsce")
    fits = forms.CharField(label="Do czego pasuje", max_length=200, required=False)


class MoveForm(ScreenForm):
    """What came, was issued, came back, or was counted."""

    mark_optional = False

    kind = forms.ChoiceField(label="Co się stało", choices=SupplyMove.Kind.choices, initial="ISSUED")
    quantity = forms.IntegerField(
        label="Ilość", min_value=0, max_value=1_000_000, widget=forms.TextInput(attrs=SHORT),
        help_text="Przy wyrównaniu: tyle, ile policzono.",
    )  # fmt: skip
    account = PersonField(label="Komu albo od kogo", required=False)
    on = DayField(label="Dzień")
    note = forms.CharField(label="Podstawa, uwagi", max_length=300, required=False)


@staff(*SEES_ALL)
@require_http_methods(["GET", "POST"])
def listed(request: ActorRequest) -> HttpResponse:
    """The store; those that run out can be seen alone."""
    may_manage = access.may_manage(request.actor)
    if request.method == "POST" and not may_manage:
        raise Http404
    form = SupplyForm(request.POST or None)
    if form.is_valid():
        new = NewSupply(**form.cleaned_data)
        try:
            made = supplies.keep(new, actor=request.actor, today=localdate(), now=now())
        except Refused as refused:
            form.add_error(refused.field, refused.words)
        else:
            return redirect("assets:supply", made.pk)
    is_short = request.GET.get("stan") == "konczy-sie"
    rows = Supply.objects.filter(is_kept=True).select_related("place")
    page = keyset_page(
        rows.filter(quantity__lte=F("least")) if is_short else rows, key=("name", "id"),
        cursor=request.GET.get("cursor"),
    )  # fmt: skip
    tabs = [Tab("wszystkie", request.path, not is_short), Tab("kończy się", "?stan=konczy-sie", is_short)]
    context = {"page": page, "tabs": tabs, "form": form if may_manage else None, "may_manage": may_manage}
    return render(request, "assets/supplies.html", context, status=422 if form.errors else 200)


@staff(*SEES_ALL)
@require_http_methods(["GET", "POST"])
def supply(request: ActorRequest, supply_id: int) -> HttpResponse:
    """One consumable: how many there are, its moves; a new move is written here."""
    found = Supply.objects.select_related("place").filter(pk=supply_id).first()
    may_manage = access.may_manage(request.actor)
    if found is None or (request.method == "POST" and not may_manage):
        raise Http404
    form = MoveForm(request.POST or None, initial={"on": localdate(), "quantity": 1})
    if form.is_valid() and _moved(request, form, supply_id):
        return redirect("assets:supply", supply_id)
    rows = SupplyMove.objects.filter(supply=found).select_related("account")
    page = keyset_page(rows, key=("-id",), cursor=request.GET.get("cursor"))
    context: dict[str, Any] = {"supply": found, "page": page, "form": form if may_manage else None}
    return render(request, "assets/supply.html", context, status=422 if form.errors else 200)


def _moved(request: ActorRequest, form: ScreenForm, supply_id: int) -> bool:
    told = Moved(**form.cleaned_data)
    try:
        supplies.move(supply_id, told, actor=request.actor, today=localdate(), now=now())
    except Refused as refused:
        form.add_error(refused.field, refused.words)
        return False
    messages.success(request, "Zapisano obrót.")
    return True


@staff(Right.MANAGE_ASSETS)
@require_safe
def labels(request: ActorRequest) -> HttpResponse:
    """Labels of all consumables, or of one."""
    rows = Supply.objects.filter(is_kept=True).order_by("name", "id")
    chosen = request.GET.get("s", "")
    if chosen.isdecimal() and len(chosen) < 16:
        rows = rows.filter(pk=int(chosen))
    found = list(rows)
    if not found:
        raise Http404
    pdf = supply_labels_pdf(found, single=bool(chosen), at=localtime())
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="etykiety-materialow.pdf"'
    return answer


@staff(Right.MANAGE_ASSETS)
@require_safe
def wishes(request: ActorRequest) -> HttpResponse:
    """What employees ask for, those that wait first."""
    rows = Wish.objects.select_related("supply", "account")
    is_old = request.GET.get("stan") == "zalatwione"
    rows = rows.exclude(state=Wish.State.WAITING) if is_old else rows.filter(state=Wish.State.WAITING)
    page = keyset_page(rows, key=("-id",), cursor=request.GET.get("cursor"))
    tabs = [Tab("czekają", request.path, not is_old), Tab("załatwione", "?stan=zalatwione", is_old)]
    return render(request, "assets/wishes.html", {"page": page, "tabs": tabs, "is_old": is_old})


@staff(Right.MANAGE_ASSETS)
@require_POST
def answering(request: ActorRequest, wish_id: int) -> HttpResponse:
    """Grant a request or refuse it."""
    answer, words = request.POST.get("answer"), request.POST.get("words", "").replace("\0", "")
    if answer not in {"GRANT", "REFUSE"}:
        raise Http404
    try:
        supplies.answer(
            wish_id,
            grants=answer == "GRANT",
            words=words[:300],
            actor=request.actor,
            today=localdate(),
            now=now(),
        )
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, "Załatwiono zapotrzebowanie.")
    return redirect("assets:wishes")
