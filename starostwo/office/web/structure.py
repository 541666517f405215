"""Screens of the structure for administrators: units on a day, one unit with its posts."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from starostwo.office.entrance import staff
from starostwo.office.middleware import ActorRequest
from starostwo.office.models import Right
from starostwo.office.queries import structure as reads
from starostwo.office.services import structure
from starostwo.office.services.refusal import Refusal
from starostwo.office.web.structure_forms import NewUnitForm, PostForm, UnitEndForm, UnitForm
from starostwo.screens.api import DayField


@staff(Right.ADMIN)
def units(request: ActorRequest) -> HttpResponse:
    """The structure as it stands on a day."""
    day = _day(request)
    heads = reads.heads(day)
    rows = [(unit, "– " * unit.depth, heads.get(unit.symbol, "")) for unit in reads.units(day)]
    return render(request, "office/structure.html", {"rows": rows, "day": day})


@staff(Right.ADMIN)
def new_unit(request: ActorRequest) -> HttpResponse:
    """Open a unit."""
    today = timezone.localdate()
    form = NewUnitForm(request.POST or None, on=today, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            structure.open_unit(
                request.actor,
                symbol=told["symbol"],
                name=told["name"],
                parent=told["parent"],
                valid_from=told["on"],
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Komórka {told['symbol']} została dodana.")
            return redirect("office:unit", told["symbol"])
    return render(
        request,
        "office/form.html",
        {"form": form, "title": "Nowa komórka", "action": "Dodaj komórkę"},
        status=422 if form.errors else 200,
    )


@staff(Right.ADMIN)
def unit(request: ActorRequest, symbol: str) -> HttpResponse:
    """One unit: its posts and who holds them."""
    day = _day(request)
    found = reads.unit(symbol, on=day)
    if found is None:
        raise Http404
    page = {"unit": found, "posts": reads.posts(day, unit=symbol), "day": day}
    return render(request, "office/unit.html", page)


@staff(Right.ADMIN)
def unit_change(request: ActorRequest, symbol: str) -> HttpResponse:
    """Give a unit another name or place from a day on."""
    today = timezone.localdate()
    found = reads.unit(symbol, on=today)
    if found is None:
        raise Http404
    initial = {"name": found.name, "parent": found.parent or "", "on": today}
    form = UnitForm(request.POST or None, on=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            structure.change_unit(request.actor, symbol=symbol, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Komórka {symbol} została zmieniona.")
            return redirect("office:unit", symbol)
    page = {"form": form, "title": f"Zmiana komórki {symbol}", "action": "Zapisz zmianę"}
    return render(request, "office/form.html", page, status=422 if form.errors else 200)


@staff(Right.ADMIN)
def unit_end(request: ActorRequest, symbol: str) -> HttpResponse:
    """Close a unit."""
    today = timezone.localdate()
    if reads.unit(symbol, on=today) is None:
        raise Http404
    form = UnitEndForm(request.POST or None, initial={"ends_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            structure.close_unit(request.actor, symbol=symbol, on=form.cleaned_data["ends_on"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Komórka {symbol} została zamknięta.")
            return redirect("office:structure")
    page = {"form": form, "title": f"Zamknięcie komórki {symbol}", "action": "Zamknij komórkę"}
    return render(request, "office/form.html", page, status=422 if form.errors else 200)


@staff(Right.ADMIN)
def new_post(request: ActorRequest, symbol: str) -> HttpResponse:
    """Add a post to a unit."""
    today = timezone.localdate()
    if reads.unit(symbol, on=today) is None:
        raise Http404
    form = PostForm(request.POST or None, initial={"valid_from": today})
    if request.method == "POST" and form.is_valid():
        try:
            structure.open_post(request.actor, unit=symbol, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Stanowisko zostało dodane.")
            return redirect("office:unit", symbol)
    page = {"form": form, "title": f"Nowe stanowisko w komórce {symbol}", "action": "Dodaj stanowisko"}
    return render(request, "office/form.html", page, status=422 if form.errors else 200)


@staff(Right.ADMIN)
@require_POST
def post_end(request: ActorRequest, symbol: str, post_id: int) -> HttpResponse:
    """Close a vacant post from today on."""
    try:
        structure.close_post(request.actor, post_id=post_id, on=timezone.localdate())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Stanowisko zostało zamknięte.")
    return redirect("office:unit", symbol)


def _day(request: ActorRequest) -> date:
    """The day asked for, today when none or nonsense is asked."""
    typed = request.GET.get("dzien", "")
    try:
        day: date | None = DayField(required=False).clean(typed)
    except ValidationError:
        day = None
    return day or timezone.localdate()
