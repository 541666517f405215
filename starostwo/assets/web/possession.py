"""Loans, keepers of rooms and terms on the screen."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.assets import access
from starostwo.assets.access import SEES_ALL
from starostwo.assets.models import Loan, RoomKeeper
from starostwo.assets.queries import assets as queries
from starostwo.assets.queries.terms import terms
from starostwo.assets.services import possession
from starostwo.assets.services.describing import NoSuchAsset
from starostwo.assets.services.writing import Refused
from starostwo.assets.web.fields import PersonField, PlaceField
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import DayField, ScreenForm


class LoanForm(ScreenForm):
    """To whom a thing is lent and until when."""

    borrower = PersonField(label="Kto wypożycza")
    due_on = DayField(label="Zwrot do dnia")
    note = forms.CharField(label="Cel, uwagi", max_length=300, required=False)


class KeeperForm(ScreenForm):
    """Who looks after a place."""

    place = PlaceField(label="Miejsce")
    account = PersonField(label="Opiekun")


@staff(Right.MANAGE_ASSETS)
@require_http_methods(["GET", "POST"])
def lending(request: ActorRequest, asset_id: int) -> HttpResponse:
    """Lend a thing."""
    chosen = queries.chosen([asset_id], actor=request.actor)
    if not chosen:
        raise Http404
    form = LoanForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        try:
            possession.lend(
                asset_id, told["borrower"], told["due_on"], told["note"], actor=request.actor,
                today=localdate(), now=now(),
            )  # fmt: skip
        except Refused as refused:
            form.add_error(refused.field, refused.words)
        else:
            messages.success(request, "Zapisano wypożyczenie.")
            return redirect("assets:loans")
    context = {"form": form, "title": "Wypożyczenie", "action": "Wypożycz", "chosen": chosen}
    return render(request, "assets/act.html", context, status=422 if form.errors else 200)


@staff(*SEES_ALL)
@require_safe
def loans(request: ActorRequest) -> HttpResponse:
    """What is lent, the earliest term first."""
    rows = Loan.objects.filter(returned_on=None).select_related("asset", "borrower")
    page = keyset_page(rows, key=("due_on", "id"), cursor=request.GET.get("cursor"))
    context = {"page": page, "today": localdate(), "may_manage": access.may_manage(request.actor)}
    return render(request, "assets/loans.html", context)


@staff(Right.MANAGE_ASSETS)
@require_POST
def returning(request: ActorRequest, loan_id: int) -> HttpResponse:
    """A thing came back."""
    try:
        loan = possession.give_back(loan_id, actor=request.actor, today=localdate(), now=now())
    except NoSuchAsset as error:
        raise Http404 from error
    messages.success(request, f"Zapisano zwrot {loan.asset}.")
    return redirect("assets:loans")


@staff(*SEES_ALL)
@require_http_methods(["GET", "POST"])
def keepers(request: ActorRequest) -> HttpResponse:
    """Who looks after which place; one is named here."""
    may_manage = access.may_manage(request.actor)
    if request.method == "POST" and not may_manage:
        raise Http404
    form = KeeperForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        try:
            possession.appoint(
                told["place"], told["account"], actor=request.actor, today=localdate(), now=now()
            )
        except Refused as refused:
            form.add_error(refused.field, refused.words)
        else:
            messages.success(request, "Wyznaczono opiekuna.")
            return redirect("assets:keepers")
    rows = RoomKeeper.objects.filter(until_on=None).select_related("place", "account")
    page = keyset_page(rows, key=("place__path", "id"), cursor=request.GET.get("cursor"))
    context = {"page": page, "form": form if may_manage else None, "may_manage": may_manage}
    return render(request, "assets/keepers.html", context, status=422 if form.errors else 200)


@staff(Right.MANAGE_ASSETS)
@require_POST
def dismissing(request: ActorRequest, keeper_id: int) -> HttpResponse:
    """Somebody looks after a place no more."""
    try:
        possession.dismiss(keeper_id, actor=request.actor, today=localdate(), now=now())
    except NoSuchAsset as error:
        raise Http404 from error
    messages.success(request, "Zakończono opiekę.")
    return redirect("assets:keepers")


@staff(*SEES_ALL)
@require_safe
def due(request: ActorRequest) -> HttpResponse:
    """What ends soon or is late."""
    today = localdate()
    return render(request, "assets/terms.html", {"terms": terms(today=today), "today": today})
