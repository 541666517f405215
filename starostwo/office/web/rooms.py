"""Screens of the tree of places for administrators: buildings, and each place with those in it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.office.entrance import staff
from starostwo.office.middleware import ActorRequest
from starostwo.office.models import Place, Right
from starostwo.office.queries import rooms as reads
from starostwo.office.services import rooms
from starostwo.office.services.refusal import Refusal
from starostwo.office.web.rooms_forms import BuildingForm, PlaceForm, PlacesForm
from starostwo.platform.paging import keyset_page


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def buildings(request: ActorRequest) -> HttpResponse:
    """The buildings; a new one is added here."""
    form = BuildingForm(request.POST or None, seats=reads.seats())
    if form.is_valid():
        told = form.cleaned_data
        new = rooms.NewPlace(told["code"], told["name"])
        try:
            made = rooms.open_building(request.actor, seat_id=told["seat_id"], new=new)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Dodano budynek {made.code}.")
            return redirect("office:place", made.pk)
    page = {"rows": reads.buildings(), "form": form}
    return render(request, "office/places.html", page, status=422 if form.errors else 200)


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def place(request: ActorRequest, place_id: int) -> HttpResponse:
    """One place; those inside it are listed and added here."""
    found = _found(place_id)
    form = PlacesForm(request.POST or None, level=found.level)
    if form.is_valid():
        try:
            made = rooms.open_places(request.actor, parent_id=place_id, new=form.cleaned_data["lines"])
        except Refusal as refusal:
            form.add_error("lines", str(refusal))
        else:
            messages.success(request, f"Dodane miejsca: {len(made)}.")
            return redirect("office:place", place_id)
    takes_more = found.closed_on is None and found.level < Place.Level.RACK
    page = {
        "place": found,
        "above": reads.above(found),
        "page": keyset_page(reads.inside(found), key=("code", "id"), cursor=request.GET.get("cursor")),
        "form": form if takes_more else None,
        "is_there": found.closed_on is None,
    }
    return render(request, "office/place.html", page, status=422 if form.errors else 200)


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def change(request: ActorRequest, place_id: int) -> HttpResponse:
    """Give a place another code or name."""
    found = _found(place_id)
    form = PlaceForm(request.POST or None, initial={"code": found.code, "name": found.name})
    if form.is_valid():
        try:
            rooms.rename_place(request.actor, place_id=place_id, new=rooms.NewPlace(**form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Zmieniono miejsce.")
            return redirect("office:place", place_id)
    page = {"form": form, "title": f"Zmiana miejsca {found.path}", "action": "Zapisz zmianę"}
    return render(request, "office/form.html", page, status=422 if form.errors else 200)


@staff(Right.ADMIN)
@require_POST
def closing(request: ActorRequest, place_id: int) -> HttpResponse:
    """Close a place from today on."""
    _found(place_id)
    try:
        rooms.close_place(request.actor, place_id=place_id, on=timezone.localdate())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Zamknięto miejsce.")
    return redirect("office:place", place_id)


def _found(place_id: int) -> Place:
    found = reads.place(place_id)
    if found is None:
        raise Http404
    return found
