"""The hall: the board that hangs there and may be watched from home, and the ticket machine."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.office.api import ActorRequest, public
from starostwo.visits.models import Place, Ticket
from starostwo.visits.queries import hall
from starostwo.visits.web.desk_forms import TicketForm
from starostwo.visits.web.giving import given, printed
from starostwo.visits.web.secret import secret_address

MACHINE = "biletomat stoi w holu, jego adres zawiera odwoływalny klucz"


@public("numery na tablicy widzi każdy, kto czeka")
@never_cache
@require_safe
def board(request: ActorRequest, code: str) -> HttpResponse:
    """Numbers and counters, renewed by itself; without names."""
    place = get_object_or_404(Place, code=code)
    stands = "stoi" in request.GET
    context = {"place": place, "board": hall.board(place, now=now()), "now": now(), "stands": stands}
    return render(request, "visits/board.html", context)


@public(MACHINE)
@secret_address
@require_http_methods(["GET", "POST"])
def machine(request: ActorRequest, key: str) -> HttpResponse:
    """A ticket by the code of a confirmation, or one without a booking."""
    place, moment = _place(key), now()
    matters = hall.walk_in_matters(place, now=moment)
    form = TicketForm(request.POST or None, matters=matters)
    if request.method == "POST" and form.is_valid() and (ticket := given(form, place, actor=None)):
        return redirect("visits:machine_ticket", key, ticket.pk)
    left = hall.walk_ins_left(place, now=moment)
    context = {"place": place, "form": form, "matters": matters, "left": left}
    return render(request, "visits/machine.html", context, status=422 if form.errors else 200)


@public(MACHINE)
@secret_address
@require_safe
def machine_ticket(request: ActorRequest, key: str, ticket_id: int) -> HttpResponse:
    """The number, large."""
    return render(request, "visits/machine_ticket.html", {"ticket": _ticket(key, ticket_id), "key": key})


@public(MACHINE)
@secret_address
@require_safe
def machine_print(request: ActorRequest, key: str, ticket_id: int) -> HttpResponse:
    """The ticket on paper."""
    return printed(_ticket(key, ticket_id))


def _place(key: str) -> Place:
    place = hall.place_of_machine(key)
    if place is None:
        raise Http404
    return place


def _ticket(key: str, ticket_id: int) -> Ticket:
    tickets = Ticket.objects.filter(place=_place(key), issued_on=localdate()).select_related(
        "place", "matter", "visit"
    )
    return get_object_or_404(tickets, pk=ticket_id)
