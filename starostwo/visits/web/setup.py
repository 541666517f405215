"""Setting a place up: its rules, counters, hours, special days, matters and the key of its machine."""

from datetime import date

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.office import api as office
from starostwo.office.api import ActorRequest, staff
from starostwo.procedures import api as procedures
from starostwo.visits import access
from starostwo.visits.models import Counter, Matter, Place
from starostwo.visits.queries import setup
from starostwo.visits.services import places
from starostwo.visits.services.machine import close_machine, open_machine
from starostwo.visits.web.desk import place_of
from starostwo.visits.web.setup_forms import (
    CounterForm,
    LimitsForm,
    MatterChangeForm,
    MatterForm,
    PlaceOpeningForm,
    SpecialDayForm,
)

LIMITS = "horizon_days release_at lead_minutes confirm_minutes grid_minutes most_open walk_in_quota".split()
STRAYS = (
    "Poza tymi godzinami są umówione wizyty. Odwołaj je najpierw na liście dnia, każdy dostanie wiadomość."
)


@staff(None)
@require_http_methods(["GET", "POST"])
def settings(request: ActorRequest, code: str) -> HttpResponse:
    """The rules of booking, with everything else of the place beside them."""
    place = _mine(request, code)
    form = LimitsForm(request.POST or None, initial={name: getattr(place, name) for name in LIMITS})
    if request.method == "POST" and form.is_valid():
        places.set_limits(place, actor=request.actor, limits=form.limits, now=now())
        messages.success(request, "Zapisano zasady. Wizyty umówione wcześniej zostają.")
        return redirect("visits:settings", code)
    counters = setup.counters_of(place, on=localdate())
    settled = {matter.pk: matter for each in counters for matter in each.matters}
    context = {
        "place": place,
        "form": form,
        "counters": counters,
        "matters": [(matter, access.may_change_matter(request.actor, matter)) for matter in settled.values()],
        "special": setup.special_days(place, since=localdate()),
        "machine": request.session.pop(f"machine_{place.pk}", ""),
    }
    return render(request, "visits/settings.html", context, status=422 if form.errors else 200)


@staff(None)
@require_http_methods(["GET", "POST"])
def special_day(request: ActorRequest, code: str) -> HttpResponse:
    """Other hours on one date."""
    place = _mine(request, code)
    form = SpecialDayForm(request.POST or None, place=place)
    if request.method == "POST" and form.is_valid() and _special(request, form):
        messages.success(request, "Zapisano dzień wyjątkowy.")
        return redirect("visits:settings", code)
    context = {"place": place, "form": form, "title": "Dzień wyjątkowy"}
    return render(request, "visits/setup_form.html", context, status=422 if form.errors else 200)


def _special(request: ActorRequest, form: SpecialDayForm) -> bool:
    typed = form.cleaned_data
    try:
        places.set_special_day(
            typed["counter"], actor=request.actor, day=typed["day"], opens=typed["opens"],
            closes=typed["closes"], reason=typed["reason"], now=now(),
        )  # fmt: skip
    except places.DayIsBooked:
        form.add_error("day", STRAYS)
        return False
    return True


@staff(None)
@require_http_methods(["GET", "POST"])
def new_counter(request: ActorRequest, code: str) -> HttpResponse:
    """One more counter."""
    return _counter_page(request, _mine(request, code), None)


@staff(None)
@require_http_methods(["GET", "POST"])
def counter_setup(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Hours and matters of a counter."""
    place = _mine(request, code)
    counter = Counter.objects.select_related("place").filter(place=place, number=number).first()
    if counter is None:
        raise Http404
    return _counter_page(request, place, counter)


def _counter_page(request: ActorRequest, place: Place, counter: Counter | None) -> HttpResponse:
    today = localdate()
    hours = setup.hours_of(counter, on=today) if counter else {}
    form = CounterForm(request.POST or None, counter=counter, hours=hours, today=today)
    if request.method == "POST" and form.is_valid() and _save_counter(request, place, counter, form, today):
        messages.success(request, "Zapisano okienko.")
        return redirect("visits:settings", place.code)
    return render(
        request,
        "visits/counter_form.html",
        {"place": place, "counter": counter, "form": form},
        status=422 if form.errors else 200,
    )


def _save_counter(
    request: ActorRequest, place: Place, counter: Counter | None, form: CounterForm, today: date
) -> bool:
    typed, actor, moment = form.cleaned_data, request.actor, now()
    kinds = {name: typed[name] for name in ("matters", "takes_bookings", "takes_walk_ins")}
    if typed["valid_from"] < today:
        form.add_error("valid_from", "Nowe godziny obowiązują najwcześniej od dziś.")
        return False
    try:
        with transaction.atomic():
            if counter is None:
                counter = places.open_counter(
                    place, actor=actor, number=typed["number"], valid_from=today, now=moment, **kinds
                )
            else:
                places.set_matters(counter, actor=actor, now=moment, **kinds)
            places.set_hours(counter, actor=actor, week=form.week, valid_from=typed["valid_from"], now=moment)
    except places.DayIsBooked:
        form.add_error("valid_from", STRAYS)
        return False
    except IntegrityError:
        form.add_error("number", "Jest już okienko o tym numerze.")
        return False
    return True


@staff(None)
@require_http_methods(["GET", "POST"])
def new_matter(request: ActorRequest, code: str) -> HttpResponse:
    """One more kind of matter, settled by the unit of this place."""
    place, today = _mine(request, code), localdate()
    cards = [(card.code, card.title) for card in procedures.cards(on=today)]
    form = MatterForm(request.POST or None, cards=cards)
    if request.method == "POST" and form.is_valid():
        position = len(setup.all_matters(on=today))
        places.define_matter(
            actor=request.actor, unit=place.unit_symbol, position=position, valid_from=today, now=now(),
            **form.cleaned_data,
        )  # fmt: skip
        messages.success(request, "Dodano sprawę. Zaznacz ją teraz przy okienkach, które ją załatwiają.")
        return redirect("visits:settings", code)
    context = {"place": place, "form": form, "title": "Nowy rodzaj sprawy"}
    return render(request, "visits/setup_form.html", context, status=422 if form.errors else 200)


@staff(None)
@require_http_methods(["GET", "POST"])
def matter(request: ActorRequest, code: str) -> HttpResponse:
    """Another length of a matter, or its end."""
    found = Matter.objects.filter(code=code).first()
    if found is None or not access.may_change_matter(request.actor, found):
        raise Http404
    known = {name: getattr(found, name) for name in ("name", "minutes", "card_code", "valid_to")}
    cards = [(card.code, card.title) for card in procedures.cards(on=localdate())]
    form = MatterChangeForm(request.POST or None, cards=cards, since=found.valid_from, initial=known)
    if request.method == "POST" and form.is_valid():
        places.change_matter(found, actor=request.actor, now=now(), **form.cleaned_data)
        messages.success(request, "Zapisano rodzaj sprawy.")
        return redirect("visits:overview")
    context = {"form": form, "title": f"Rodzaj sprawy: {found.name}", "place": None}
    return render(request, "visits/setup_form.html", context, status=422 if form.errors else 200)


@staff(None)
@require_http_methods(["GET", "POST"])
def new_place(request: ActorRequest) -> HttpResponse:
    """One more place, by the head of its unit or an administrator."""
    today = localdate()
    units = [
        (unit.symbol, f"{unit.symbol}, {unit.name}")
        for unit in office.units(today)
        if access.may_configure(request.actor, unit.symbol)
    ]
    if not units:
        raise Http404
    form = PlaceOpeningForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        place = places.open_place(
            actor=request.actor, code=typed["code"], name=typed["name"], unit=typed["unit"],
            seat_id=typed["seat"].pk, way=typed["way"], limits=places.Limits(), now=now(),
        )  # fmt: skip
        messages.success(request, "Otwarto miejsce. Dodaj teraz okienka i ich godziny.")
        return redirect("visits:settings", place.code)
    return render(
        request,
        "visits/setup_form.html",
        {"form": form, "title": "Nowe miejsce obsługi", "place": None},
        status=422 if form.errors else 200,
    )


@staff(None)
@require_POST
def machine_key(request: ActorRequest, code: str) -> HttpResponse:
    """Make a new key for the machine, or take it away; the address is shown once."""
    place = _mine(request, code)
    if request.POST.get("co") == "odbierz":
        close_machine(place, actor=request.actor, now=now())
        messages.success(request, "Biletomat już nie wydaje biletów.")
    else:
        key = open_machine(place, actor=request.actor, now=now())
        address = request.build_absolute_uri(reverse("visits:machine", args=[key]))
        request.session[f"machine_{place.pk}"] = address
    return redirect("visits:settings", code)


def _mine(request: ActorRequest, code: str) -> Place:
    return place_of(request, code, lambda actor, place: access.may_configure(actor, place.unit_symbol))
