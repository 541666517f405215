"""The queue of the hall: tickets with and without a booking, who is called, who was served.

Whoever gives out a ticket or calls locks the place's row first, so that no number is given or called twice.
"""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from starostwo.audit import api as audit
from starostwo.office.api import Actor
from starostwo.visits import access
from starostwo.visits.models import Counter, Matter, Place, Ticket, Visit
from starostwo.visits.queries.hall import as_waiting, waiting_for, walk_in_matters
from starostwo.visits.rules.queue import next_of

MACHINE = "ticket machine"


class CannotGiveTicket(Exception):
    """The person may not give tickets here, or the visit is not one of today that is waited for."""


class NoTicketsLeft(CannotGiveTicket):
    """The tickets without a booking of this day are used up."""


class IsClosed(CannotGiveTicket):
    """No counter that settles this matter is open any more today."""


@transaction.atomic
def give_ticket(place: Place, matter_code: str, *, actor: Actor | None, now: datetime) -> Ticket:
    """Give a ticket without a booking; without an actor it is the machine of the hall that gives it."""
    if actor is not None and not access.may_give_ticket(actor, place):
        raise CannotGiveTicket
    locked = _locked(place)
    matter = next((each for each in walk_in_matters(locked, now=now) if each.code == matter_code), None)
    if matter is None:
        raise IsClosed
    number = _next_number(locked, Ticket.Kind.WALK_IN, now)
    if number > locked.walk_in_quota:
        raise NoTicketsLeft
    return _issue(locked, Ticket.Kind.WALK_IN, number, actor, now, matter=matter)


@transaction.atomic
def arrive(visit_id: int, *, actor: Actor, now: datetime) -> Ticket:
    """Note that whoever booked is here, and give him his number."""
    visit = access.visible_visits(actor).select_related("place").filter(pk=visit_id).first()
    if visit is None or not actor.is_staff:
        raise CannotGiveTicket
    return _arrive(visit, actor, now)


@transaction.atomic
def arrive_by_code(place: Place, code: str, *, actor: Actor | None, now: datetime) -> Ticket:
    """The same by the code of the confirmation, at the machine or at the information desk."""
    if actor is not None and not access.may_give_ticket(actor, place):
        raise CannotGiveTicket
    todays = Visit.objects.select_related("place").filter(place=place, comes_on=localdate(now), code=code)
    visit = todays.filter(state=Visit.State.CONFIRMED).first()
    if visit is None:
        raise CannotGiveTicket
    return _arrive(visit, actor, now)


def _arrive(visit: Visit, actor: Actor | None, now: datetime) -> Ticket:
    place = _locked(visit.place)
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if visit.state != Visit.State.CONFIRMED or visit.comes_on != localdate(now):
        raise CannotGiveTicket
    _mark(visit, Visit.State.ARRIVED, "arrive", actor, now)
    number = _next_number(place, Ticket.Kind.BOOKED, now)
    return _issue(place, Ticket.Kind.BOOKED, number, actor, now, visit=visit)


class CannotCall(Exception):
    """The person does not serve at this counter."""


class SomebodyElseStands(CannotCall):
    """At the counter does not stand whom the page showed: the button was pressed twice or in two windows."""


@transaction.atomic
def call_next(counter: Counter, *, actor: Actor, after: int | None, now: datetime) -> Ticket | None:
    """Call who is next to the counter; None when nobody waits.

    `after` is the ticket that the clerk sees at his counter: its person was served.
    """
    current = _current(counter, actor, after)
    if current is not None:
        _finish(current, Ticket.State.SERVED, actor, now)
    waiting = {ticket.pk: ticket for ticket in waiting_for(counter, now=now)}
    chosen = next_of([as_waiting(ticket) for ticket in waiting.values()], now=now)
    if chosen is None:
        return None
    ticket = waiting[chosen.id]
    ticket.state, ticket.counter = Ticket.State.CALLED, counter
    _called(ticket, actor, now)
    return ticket


@transaction.atomic
def call_again(counter: Counter, *, actor: Actor, ticket_id: int, now: datetime) -> Ticket:
    """Call the same person once more."""
    ticket = _standing(counter, actor, ticket_id)
    _called(ticket, actor, now)
    return ticket


@transaction.atomic
def finish(counter: Counter, *, actor: Actor, ticket_id: int, came: bool, now: datetime) -> Ticket:
    """The person at the counter was served, or did not come to it."""
    ticket = _standing(counter, actor, ticket_id)
    _finish(ticket, Ticket.State.SERVED if came else Ticket.State.NO_SHOW, actor, now)
    return ticket


@transaction.atomic
def miss(visit_id: int, *, actor: Actor, now: datetime) -> Visit:
    """Note that whoever booked did not come to the office."""
    mine = access.visible_visits(actor).select_for_update(of=("self",))
    visit = mine.filter(pk=visit_id, state=Visit.State.CONFIRMED, starts_at__lte=now).first()
    if visit is None or not actor.is_staff:
        raise CannotCall
    _mark(visit, Visit.State.NO_SHOW, "miss", actor, now)
    return visit


def _current(counter: Counter, actor: Actor, seen: int | None) -> Ticket | None:
    """Who stands at the counter, which must be whom the clerk saw there."""
    if not access.may_serve(actor, counter.place):
        raise CannotCall
    _locked(counter.place)
    called = Ticket.objects.filter(counter=counter, state=Ticket.State.CALLED)
    current = called.select_related("visit").first()
    if (current.pk if current else None) != seen:
        raise SomebodyElseStands
    return current


def _standing(counter: Counter, actor: Actor, ticket_id: int) -> Ticket:
    ticket = _current(counter, actor, ticket_id)
    if ticket is None:
        raise SomebodyElseStands
    return ticket


def _locked(place: Place) -> Place:
    return Place.objects.select_for_update(no_key=True).get(pk=place.pk)


def _next_number(place: Place, kind: Ticket.Kind, now: datetime) -> int:
    given = Ticket.objects.filter(place=place, issued_on=localdate(now), kind=kind).order_by("-number")
    return (given.values_list("number", flat=True).first() or 0) + 1


def _issue(
    place: Place, kind: Ticket.Kind, number: int, actor: Actor | None, now: datetime,
    *, matter: Matter | None = None, visit: Visit | None = None,
) -> Ticket:  # fmt: skip
    ticket = Ticket.objects.create(
        place=place, issued_on=localdate(now), kind=kind, number=number, matter=matter, visit=visit,
        quota=place.walk_in_quota if kind == Ticket.Kind.WALK_IN else None,
        issued_at=now, issued_by_id=actor.account_id if actor else None,
    )  # fmt: skip
    _note(ticket, "issue", actor, now, {"ticket": ticket.label, "place": place.code})
    return ticket


def _called(ticket: Ticket, actor: Actor, now: datetime) -> None:
    ticket.called_at, ticket.called_by_id = now, actor.account_id
    ticket.save(update_fields=["state", "counter", "called_at", "called_by"])
    _note(ticket, "call", actor, now, {"counter": ticket.counter.number if ticket.counter else None})


def _finish(ticket: Ticket, state: Ticket.State, actor: Actor, now: datetime) -> None:
    ticket.state, ticket.finished_at = state, now
    ticket.save(update_fields=["state", "finished_at"])
    _note(ticket, "finish", actor, now, {"state": state.value})
    if ticket.visit:
        _mark(ticket.visit, Visit.State(state.value), "finish", actor, now)


def _mark(visit: Visit, state: Visit.State, verb: str, actor: Actor | None, now: datetime) -> None:
    visit.state = state
    visit.save(update_fields=["state"])
    audit.record(actor=_name(actor), verb=verb, thing=str(visit), payload={"state": state.value}, at=now)


def _note(ticket: Ticket, verb: str, actor: Actor | None, now: datetime, payload: dict[str, object]) -> None:
    audit.record(actor=_name(actor), verb=verb, thing=str(ticket), payload=payload, at=now)


def _name(actor: Actor | None) -> str:
    return actor.audit_name if actor else MACHINE
