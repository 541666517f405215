"""Who may do what with visits; the only place of the package that says so."""

from django.db.models import QuerySet

from starostwo.office.api import Actor, Right
from starostwo.visits.models import Matter, Place, Ticket, Visit


def may_configure(actor: Actor, unit_symbol: str) -> bool:
    """Hours, matters and limits are set by the head of the unit and by administrators."""
    return actor.may(Right.ADMIN) or unit_symbol in actor.heads


def may_open_places(actor: Actor) -> bool:
    """Heads open places for their units, administrators for all."""
    return actor.may(Right.ADMIN) or bool(actor.heads)


def may_change_matter(actor: Actor, matter: Matter) -> bool:
    """A matter is changed by whoever may set up all places that settle it; one of no place by any head."""
    symbols = set(Place.objects.filter(counters__matters=matter).values_list("unit_symbol", flat=True))
    return may_open_places(actor) and all(may_configure(actor, symbol) for symbol in symbols)


def may_serve(actor: Actor, place: Place) -> bool:
    """Names are seen and people are called by the staff of the unit and its heads."""
    return actor.is_staff and place.unit_symbol in actor.units | actor.heads


def may_book_for(actor: Actor, place: Place) -> bool:
    """A visit asked for by phone is written down by the staff of the unit or by the mail desk."""
    return may_serve(actor, place) or may_give_ticket(actor, place)


def may_give_ticket(actor: Actor, place: Place) -> bool:
    """Tickets are given by the staff of the unit and by the mail desk, which is the information desk too."""
    return actor.is_staff and (may_serve(actor, place) or actor.may(Right.REGISTER))


def visible_visits(actor: Actor) -> QuerySet[Visit]:
    """The visits of a resident's account, or those at the places that a member of staff serves."""
    if not actor.is_staff:
        return Visit.objects.filter(account_id=actor.account_id)
    return Visit.objects.filter(place__unit_symbol__in=actor.units | actor.heads)


def visible_tickets(actor: Actor) -> QuerySet[Ticket]:
    """The tickets of the places that a member of staff serves; the mail desk sees all, they name nobody."""
    if actor.may(Right.REGISTER):
        return Ticket.objects.all()
    return Ticket.objects.filter(place__unit_symbol__in=actor.units | actor.heads)
