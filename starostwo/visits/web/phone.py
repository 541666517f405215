"""A visit written down by staff for whoever calls."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, localtime, now
from django.views.decorators.http import require_http_methods

from starostwo.office.api import ActorRequest, staff
from starostwo.visits import access
from starostwo.visits.models import Matter, Place
from starostwo.visits.queries.times import FreeTime, free_times, matters_at
from starostwo.visits.rules.booking import MOST_MATTERS
from starostwo.visits.services.booking import (
    Booked,
    CannotBook,
    Person,
    TimeIsTaken,
    TooManyVisits,
    Wish,
    book_for,
)
from starostwo.visits.web.desk import place_of
from starostwo.visits.web.desk_forms import PhoneForm
from starostwo.visits.web.wording import from_figures, weekday


@staff(None)
@require_http_methods(["GET", "POST"])
def phone(request: ActorRequest, code: str) -> HttpResponse:
    """Matters and day first, then the free hours of that day with the name, on one page."""
    place = place_of(request, code, access.may_book_for)
    offered = matters_at(place, localdate())
    chosen = [matter for matter in offered if matter.code in request.GET.getlist("sprawa")][:MOST_MATTERS]
    times = free_times(place, chosen, now=now()) if chosen else {}
    day = _day(request, times)
    starts = [each.starts_at for each in times.get(day, [])] if day else []
    form = PhoneForm(request.POST or None, times=starts)
    if request.method == "POST" and chosen and form.is_valid():
        booked = _booked(request, place, chosen, form)
        if booked is not None:
            messages.success(request, _told(booked))
            return redirect(request.get_full_path())
    context = {
        "place": place,
        "offered": offered,
        "chosen": [matter.code for matter in chosen],
        "minutes": sum(matter.minutes for matter in chosen),
        "days": [(each.isoformat(), f"{weekday(each)} {each:%d.%m}") for each in times],
        "day": day.isoformat() if day else "",
        "form": form,
        "has_times": bool(starts),
    }
    return render(request, "visits/phone.html", context, status=422 if form.errors else 200)


def _day(request: ActorRequest, times: dict[date, list[FreeTime]]) -> date | None:
    wanted = request.GET.get("dzien", "")
    return next((each for each in times if each.isoformat() == wanted), next(iter(times), None))


def _booked(request: ActorRequest, place: Place, chosen: list[Matter], form: PhoneForm) -> Booked | None:
    start = from_figures(form.cleaned_data["termin"])
    if start is None:
        return None
    wish = Wish(place.pk, tuple(matter.code for matter in chosen), start)
    names = {name: form.cleaned_data[name] for name in ("given_name", "family_name", "email", "phone")}
    try:
        return book_for(wish, Person(**names), actor=request.actor, now=now())
    except TimeIsTaken:
        form.add_error("termin", "Tę godzinę właśnie zajął ktoś inny. Wybierz inną; reszta została.")
    except TooManyVisits:
        form.add_error(None, f"Ta osoba ma już {place.most_open} umówione wizyty, więcej mieć nie może.")
    except CannotBook:
        form.add_error(None, "Tych spraw nie da się tu załatwić na jednej wizycie. Wybierz je jeszcze raz.")
    return None


def _told(booked: Booked) -> str:
    visit = booked.visit
    local = localtime(visit.starts_at)
    return (
        f"Umówiono: {visit.person}, {weekday(local.date())} {local:%d.%m.%Y}, godz. {local.hour}:{local:%M}, "
        f"okienko {visit.counter.number}. Podaj kod do biletomatu: {visit.code}."
    )
