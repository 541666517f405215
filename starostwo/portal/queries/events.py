"""What is read of events, short cuts and contacts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from starostwo.office import api as office
from starostwo.portal.models import Event, Shortcut, UnitContact

MOST_IN_A_MONTH = 300
FED_BACK = timedelta(days=60)
FED = 500


def shown_events() -> QuerySet[Event]:
    """The events that the public sees. Every public read of events starts here."""
    return Event.objects.filter(is_shown=True)


def next_events(now: datetime, count: int) -> list[Event]:
    """What comes next, with what is going on now."""
    coming = shown_events().filter(Q(starts_at__gte=now) | Q(ends_at__gt=now))
    return list(coming.order_by("starts_at", "id")[:count])


def events_between(first: datetime, end: datetime) -> list[Event]:
    """The events that lie in these days at least in part."""
    began = shown_events().filter(starts_at__lt=end)
    found = began.filter(Q(starts_at__gte=first) | Q(ends_at__gt=first))
    return list(found.order_by("starts_at", "id")[:MOST_IN_A_MONTH])


def fed_events(now: datetime) -> list[Event]:
    """What the calendar file names: what is to come and the last two months."""
    return list(shown_events().filter(starts_at__gte=now - FED_BACK).order_by("starts_at", "id")[:FED])


def shortcuts() -> list[Shortcut]:
    """The short cuts of the start page in their order."""
    return list(Shortcut.objects.filter(is_shown=True).order_by("position", "label", "id")[:12])


@dataclass(frozen=True)
class ContactRow:
    """A unit of the office with all ways to it."""

    unit: office.UnitRef
    contact: UnitContact | None


@dataclass(frozen=True)
class SeatRow:
    """A building of the office with its hours."""

    name: str
    address: str
    hours: str


def contacts(on: date) -> tuple[list[SeatRow], list[ContactRow]]:
    """The seats, and the units of the office in their order; no names of people."""
    units: Sequence[office.UnitRef] = office.units(on)
    kept = {contact.unit: contact for contact in UnitContact.objects.all()}
    seats = {unit.seat: SeatRow(unit.seat, unit.address, unit.hours) for unit in units if unit.seat}
    return list(seats.values()), [ContactRow(unit, kept.get(unit.symbol)) for unit in units]
