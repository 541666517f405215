"""The hall today: who is called where, who waits, and how many walk-ins the day still takes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Prefetch, Q, QuerySet
from django.utils.timezone import localdate

from starostwo.office.api import Actor
from starostwo.visits import access
from starostwo.visits.models import Counter, Matter, Place, Ticket, Visit, VisitMatter
from starostwo.visits.models.ranges import valid_on
from starostwo.visits.queries.found import hash_of
from starostwo.visits.queries.times import Timetable, timetable_of
from starostwo.visits.rules.queue import WALK_IN, Waiting

SHOWN_CALLS = 8


@dataclass(frozen=True)
class Board:
    """What hangs in the hall: numbers and counters, no names."""

    called: list[Ticket]
    waiting: int


def board(place: Place, *, now: datetime) -> Board:
    """The board of today; two queries."""
    today = Ticket.objects.filter(place=place, issued_on=localdate(now))
    called = today.filter(state=Ticket.State.CALLED).select_related("counter").order_by("-called_at")
    return Board(list(called[:SHOWN_CALLS]), today.filter(state=Ticket.State.WAITING).count())


@dataclass(frozen=True)
class PlaceToday:
    """A place as the overview of staff shows it."""

    place: Place
    counters: list[Counter]
    waiting: int
    visits: int
    walk_ins_left: int
    may_serve: bool
    may_give_ticket: bool
    may_configure: bool


def overview(actor: Actor, *, now: datetime) -> list[PlaceToday]:
    """All places, those that the person serves first; four queries. Numbers are no secret, names are."""
    today = localdate(now)
    counters = Counter.objects.filter(valid_on(today)).order_by("number")
    places = Place.objects.prefetch_related(Prefetch("counters", queryset=counters)).order_by("name")
    tickets = _by_place(
        Ticket.objects.filter(issued_on=today)
        .values("place")
        .annotate(waiting=Count("id", filter=Q(state="WAITING")), last=Max("number", filter=Q(kind=WALK_IN)))
    )
    visits = _by_place(
        Visit.objects.filter(comes_on=today).exclude(state__in=Visit.GIVEN_BACK)
        .values("place").annotate(number=Count("id"))
    )  # fmt: skip
    shown = [_today(place, tickets.get(place.pk, {}), visits.get(place.pk, {}), actor) for place in places]
    return sorted(shown, key=lambda each: not each.may_serve)


def _by_place(rows: Iterable[Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
    return {row["place"]: row for row in rows}


def _today(place: Place, tickets: Mapping[str, Any], visits: Mapping[str, Any], actor: Actor) -> PlaceToday:
    return PlaceToday(
        place=place,
        counters=list(place.counters.all()),
        waiting=tickets.get("waiting", 0),
        visits=visits.get("number", 0),
        walk_ins_left=max(0, place.walk_in_quota - (tickets.get("last") or 0)),
        may_serve=access.may_serve(actor, place),
        may_give_ticket=access.may_give_ticket(actor, place),
        may_configure=access.may_configure(actor, place.unit_symbol),
    )


def counter(counter_id: int, *, actor: Actor) -> Counter | None:
    """A counter that the person serves; None also where there is none."""
    found = Counter.objects.select_related("place__seat").filter(pk=counter_id).first()
    return found if found and access.may_serve(actor, found.place) else None


def at_counter(counter: Counter) -> Ticket | None:
    """Who stands at the counter now."""
    called = Ticket.objects.filter(counter=counter, state=Ticket.State.CALLED)
    return called.select_related("visit", "matter").prefetch_related(_MATTERS_OF_VISIT).first()


def visits_at(counter: Counter, *, day: date) -> list[tuple[Visit, Ticket | None]]:
    """The visits of a counter on a day with their tickets, by the hour; three queries."""
    return _with_tickets(Visit.objects.filter(counter=counter, comes_on=day))


def visits_of(place: Place, *, actor: Actor, day: date) -> list[tuple[Visit, Ticket | None]]:
    """The visits of a whole place on a day; none for whoever does not serve there."""
    return _with_tickets(access.visible_visits(actor).filter(place=place, comes_on=day))


def _with_tickets(visits: QuerySet[Visit]) -> list[tuple[Visit, Ticket | None]]:
    shown = visits.exclude(state__in=Visit.GIVEN_BACK).select_related("counter")
    rows = list(shown.prefetch_related(_MATTERS).order_by("starts_at", "counter__number"))
    tickets = {ticket.visit_id: ticket for ticket in Ticket.objects.filter(visit__in=rows)}
    return [(row, tickets.get(row.pk)) for row in rows]


def waiting_for(counter: Counter, *, now: datetime) -> list[Ticket]:
    """Who can be called to the counter: its own booked visits, and walk-ins with its matters."""
    own = Q(kind=Ticket.Kind.BOOKED, visit__counter=counter)
    if counter.takes_walk_ins:
        own |= Q(kind=Ticket.Kind.WALK_IN, matter__in=counter.matters.all())
    today = Ticket.objects.filter(own, place=counter.place, issued_on=localdate(now), state="WAITING")
    return list(today.select_related("visit", "matter").order_by("issued_at", "id"))


def as_waiting(ticket: Ticket) -> Waiting:
    """A ticket as the rule of the queue reads it."""
    return Waiting(ticket.pk, ticket.issued_at, ticket.visit.starts_at if ticket.visit else None)


def walk_in_matters(place: Place, *, now: datetime) -> list[Matter]:
    """With what one can come without a booking now: some counter is still open today for it."""
    today = localdate(now)
    counters = list(Counter.objects.filter(valid_on(today), place=place, takes_walk_ins=True))
    table = timetable_of(counters, days=[today])
    open_ones = [each.pk for each in counters if _is_open(table, each, today, now)]
    found = Matter.objects.filter(
        valid_on(today), pk__in=Counter.objects.filter(pk__in=open_ones).values("matters")
    )
    return list(found.order_by("position", "name"))


def _is_open(table: Timetable, counter: Counter, day: date, now: datetime) -> bool:
    return any(span.ends_at > now for span in table.opened(counter, day))


def walk_ins_left(place: Place, *, now: datetime) -> int:
    """How many tickets without a booking the day still has."""
    given = Ticket.objects.filter(place=place, issued_on=localdate(now), kind=WALK_IN)
    return max(0, place.walk_in_quota - given.count())


def ticket_of(ticket_id: int, *, actor: Actor) -> Ticket | None:
    """One ticket for staff who may give it out."""
    return (
        access.visible_tickets(actor).select_related("place", "matter", "visit").filter(pk=ticket_id).first()
    )


_MATTERS = Prefetch("matters", queryset=VisitMatter.objects.select_related("matter"))
_MATTERS_OF_VISIT = Prefetch("visit__matters", queryset=VisitMatter.objects.select_related("matter"))


def place_of_machine(key: str) -> Place | None:
    """The place whose machine has this key."""
    return Place.objects.filter(machine_hash=hash_of(key)).first() if key else None
