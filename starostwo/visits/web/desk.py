"""The staff's side: who comes today, who is next, tickets, visits by phone."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.audit import api as audit
from starostwo.office.api import ActorRequest, staff
from starostwo.visits import access
from starostwo.visits.models import Counter, Place, Ticket
from starostwo.visits.queries import hall
from starostwo.visits.services import queue
from starostwo.visits.services.changing import CannotCancel, cancel
from starostwo.visits.web.desk_forms import DayForm, TicketForm
from starostwo.visits.web.giving import given, printed

LONGEST_ID = 16


@staff(None)
@require_safe
def overview(request: ActorRequest) -> HttpResponse:
    """All places with how many wait; the own ones first."""
    context = {
        "places": hall.overview(request.actor, now=now()),
        "may_open": access.may_open_places(request.actor),
    }
    return render(request, "visits/overview.html", context)


@staff(None)
@require_safe
def counter(request: ActorRequest, counter_id: int) -> HttpResponse:
    """One counter today: who stands at it, who is next, who comes."""
    found = _counter(request, counter_id)
    moment = now()
    audit.record_read(
        actor=request.actor.audit_name, actor_name=request.actor.name, thing=f"visits.counter:{found.pk}"
    )
    context = {
        "counter": found,
        "current": hall.at_counter(found),
        "waiting": hall.waiting_for(found, now=moment),
        "visits": hall.visits_at(found, day=localdate(moment)),
        "now": moment,
        "today": localdate(moment),
    }
    return render(request, "visits/counter.html", context)


@staff(None)
@require_POST
def calling(request: ActorRequest, counter_id: int) -> HttpResponse:
    """Call the next one, call again, or close what is at the counter."""
    found = _counter(request, counter_id)
    act = ACTS.get(request.POST.get("co", "next"))
    given = request.POST.get("teraz", "")
    seen = int(given) if given.isdecimal() and len(given) < LONGEST_ID else None
    if act is None or (seen is None and act is not _next):
        raise Http404
    try:
        act(request, found, seen)
    except queue.SomebodyElseStands:
        messages.warning(
            request, "Przy okienku stoi już ktoś inny, więc nic nie zmieniono. Sprawdź numer niżej."
        )
    return redirect("visits:counter", counter_id)


def _next(request: ActorRequest, found: Counter, seen: int | None) -> None:
    if queue.call_next(found, actor=request.actor, after=seen, now=now()) is None:
        messages.info(request, "Nikt nie czeka do tego okienka.")


def _again(request: ActorRequest, found: Counter, seen: int | None) -> None:
    ticket = queue.call_again(found, actor=request.actor, ticket_id=seen or 0, now=now())
    messages.info(request, f"Wezwano ponownie: {ticket.label}.")


def _served(request: ActorRequest, found: Counter, seen: int | None) -> None:
    queue.finish(found, actor=request.actor, ticket_id=seen or 0, came=True, now=now())


def _missing(request: ActorRequest, found: Counter, seen: int | None) -> None:
    ticket = queue.finish(found, actor=request.actor, ticket_id=seen or 0, came=False, now=now())
    messages.info(request, f"Odnotowano, że {ticket.label} się nie zgłosił.")


ACTS: dict[str, Callable[[ActorRequest, Counter, int | None], None]] = {
    "next": _next,
    "again": _again,
    "served": _served,
    "missing": _missing,
}


@staff(None)
@require_POST
def marking(request: ActorRequest, visit_id: int, what: str) -> HttpResponse:
    """Who booked is here, did not come, or is told that the visit does not take place."""
    try:
        if what == "przybycie":
            ticket = queue.arrive(visit_id, actor=request.actor, now=now())
            messages.success(request, f"Bilet {ticket.label} czeka na wezwanie.")
        elif what == "nieobecnosc":
            queue.miss(visit_id, actor=request.actor, now=now())
        else:
            cancel(visit_id, actor=request.actor, now=now())
            messages.success(
                request, "Odwołano wizytę. Kto podał e-mail, dostanie wiadomość; do innych zadzwoń."
            )
    except (queue.CannotGiveTicket, queue.CannotCall, CannotCancel):
        messages.error(request, "Tej wizyty nie da się już tak oznaczyć. Odśwież listę i sprawdź jej stan.")
    return redirect(_back(request))


def _back(request: ActorRequest) -> str:
    """The list from which the button was pressed; only own addresses are named by a form."""
    wanted = request.POST.get("skad", "")
    return wanted if wanted.startswith("/urzad/wizyty/") and "\\" not in wanted else "/urzad/wizyty/"


@staff(None)
@require_safe
def day(request: ActorRequest, code: str) -> HttpResponse:
    """All visits of a place on a day."""
    place = place_of(request, code, access.may_serve)
    form = DayForm(request.GET if "dzien" in request.GET else None, initial={"dzien": localdate()})
    shown = (form.cleaned_data["dzien"] if form.is_valid() else None) or localdate()
    audit.record_read(
        actor=request.actor.audit_name, actor_name=request.actor.name, thing=f"visits.place:{place.pk}"
    )
    visits = hall.visits_of(place, actor=request.actor, day=shown)
    context = {
        "place": place,
        "visits": visits,
        "form": form,
        "day": shown,
        "today": localdate(),
        "now": now(),
    }
    return render(request, "visits/day.html", context)


@staff(None)
@require_http_methods(["GET", "POST"])
def ticket(request: ActorRequest, code: str) -> HttpResponse:
    """Give a ticket at the information desk."""
    place = place_of(request, code, access.may_give_ticket)
    form = TicketForm(request.POST or None, matters=hall.walk_in_matters(place, now=now()))
    last = None
    if request.method == "POST" and form.is_valid():
        made = given(form, place, actor=request.actor)
        if made is not None:
            return redirect(f"{request.path}?bilet={made.pk}")
    number = request.GET.get("bilet", "")
    if number.isdecimal() and len(number) < LONGEST_ID:
        last = hall.ticket_of(int(number), actor=request.actor)
    context = {"place": place, "form": form, "last": last, "left": hall.walk_ins_left(place, now=now())}
    return render(request, "visits/ticket.html", context, status=422 if form.errors else 200)


@staff(None)
@require_safe
def ticket_print(request: ActorRequest, ticket_id: int) -> HttpResponse:
    """A ticket on paper."""
    found: Ticket | None = hall.ticket_of(ticket_id, actor=request.actor)
    if found is None:
        raise Http404
    return printed(found)


def place_of(request: ActorRequest, code: str, may: Callable[..., bool]) -> Place:
    """The place of the address for whoever may; 404 for all others."""
    found = Place.objects.select_related("seat").filter(code=code).first()
    if found is None or not may(request.actor, found):
        raise Http404
    return found


def _counter(request: ActorRequest, counter_id: int) -> Counter:
    found = hall.counter(counter_id, actor=request.actor)
    if found is None:
        raise Http404
    return found
