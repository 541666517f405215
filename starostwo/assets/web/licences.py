"""Licences on the screen: the list with free seats, one with who uses it."""

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.assets import access
from starostwo.assets.access import SEES_ALL
from starostwo.assets.models import Licence, Seat
from starostwo.assets.services import licences
from starostwo.assets.services.describing import NoSuchAsset
from starostwo.assets.services.licences import NewLicence
from starostwo.assets.services.writing import Refused
from starostwo.assets.web.fields import AssetField, PersonField
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import DayField, ScreenForm


class LicenceForm(ScreenForm):
    """A licence."""

    name = forms.CharField(label="Program", max_length=200)
    kind = forms.CharField(
        label="Rodzaj", max_length=200, required=False, help_text="Na przykład „na użytkownika, roczna”."
    )
    seats = forms.IntegerField(
        label="Liczba stanowisk", min_value=1, max_value=100_000, initial=1,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )  # fmt: skip
    valid_from = DayField(label="Od dnia")
    valid_until = DayField(label="Do dnia", required=False)
    contract = forms.CharField(label="Umowa, faktura", max_length=200, required=False)
    asset = AssetField(label="Numer WNP w ewidencji", required=False)


class SeatForm(ScreenForm):
    """Who gets a seat: a person or a computer."""

    account = PersonField(label="Osoba", required=False)
    asset = AssetField(label="albo komputer (numer)", required=False)


@staff(*SEES_ALL)
@require_http_methods(["GET", "POST"])
def listed(request: ActorRequest) -> HttpResponse:
    """The licences with how many seats are free."""
    may_manage = access.may_manage(request.actor)
    if request.method == "POST" and not may_manage:
        raise Http404
    form = LicenceForm(request.POST or None, initial={"valid_from": localdate()})
    if form.is_valid():
        try:
            made = licences.enter(NewLicence(**form.cleaned_data), actor=request.actor, now=now())
        except Refused as refused:
            form.add_error(refused.field, refused.words)
        else:
            return redirect("assets:licence", made.pk)
    taken = Count("given", filter=Q(given__until_on=None))
    rows = Licence.objects.annotate(taken=taken)
    page = keyset_page(rows, key=("name", "id"), cursor=request.GET.get("cursor"))
    context = {"page": page, "form": form if may_manage else None, "today": localdate()}
    return render(request, "assets/licences.html", context, status=422 if form.errors else 200)


@staff(*SEES_ALL)
@require_http_methods(["GET", "POST"])
def licence(request: ActorRequest, licence_id: int) -> HttpResponse:
    """One licence with its seats; one is given here."""
    found = Licence.objects.select_related("asset").filter(pk=licence_id).first()
    may_manage = access.may_manage(request.actor)
    if found is None or (request.method == "POST" and not may_manage):
        raise Http404
    form = SeatForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        try:
            licences.give_seat(
                licence_id, account=told["account"], asset=told["asset"], actor=request.actor,
                today=localdate(), now=now(),
            )  # fmt: skip
        except Refused as refused:
            form.add_error(refused.field, refused.words)
        else:
            messages.success(request, "Przydzielono stanowisko.")
            return redirect("assets:licence", licence_id)
    rows = Seat.objects.filter(licence=found).select_related("account", "asset")
    page = keyset_page(rows, key=("-id",), cursor=request.GET.get("cursor"))
    context = {
        "licence": found, "page": page, "form": form if may_manage else None, "today": localdate(),
        "taken": Seat.objects.filter(licence=found, until_on=None).count(),
    }  # fmt: skip
    return render(request, "assets/licence.html", context, status=422 if form.errors else 200)


@staff(Right.MANAGE_ASSETS)
@require_POST
def freeing(request: ActorRequest, seat_id: int) -> HttpResponse:
    """Free a seat."""
    try:
        seat = licences.free_seat(seat_id, actor=request.actor, today=localdate(), now=now())
    except NoSuchAsset as error:
        raise Http404 from error
    messages.success(request, "Zwolniono stanowisko.")
    return redirect("assets:licence", seat.licence_id)
