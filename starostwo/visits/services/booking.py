"""Booking a time: held until the link of the e-mail is pressed, or confirmed at once for whoever is known.

Two who want the same time meet at the counter's row, which is locked first; the constraint of the database
on the time of a counter stands behind it.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from starostwo.audit import api as audit
from starostwo.channels import api as channels
from starostwo.office.api import Actor
from starostwo.screens.api import languages
from starostwo.visits import access
from starostwo.visits.models import Counter, Link, Matter, Place, Visit, VisitMatter
from starostwo.visits.models.ranges import valid_on
from starostwo.visits.queries.times import FreeTime, free_times
from starostwo.visits.rules.booking import MOST_MATTERS, free_ordinal, length, person_key
from starostwo.visits.services import notices
from starostwo.visits.services.lapsing import lapse_at
from starostwo.visits.services.links import give_link

CODES = 1_000_000
TRIES = 5


@dataclass(frozen=True)
class Person:
    """Who comes: the booking is bound to this name."""

    given_name: str
    family_name: str
    email: str = ""
    phone: str = ""
    remind_by: str = ""


@dataclass(frozen=True)
class Wish:
    """Where, with which matters and when somebody wants to come."""

    place_id: int
    matters: tuple[str, ...]
    starts_at: datetime


@dataclass(frozen=True)
class Booked:
    """What was booked, and the secret of the link that goes on with it."""

    visit: Visit
    token: str


class CannotBook(Exception):
    """There is no such place, or no counter there settles these matters in one visit."""


class TimeIsTaken(CannotBook):
    """The time is not free: it has passed, is not open yet, or somebody was faster."""


class TooManyVisits(CannotBook):
    """The person has as many open visits as one person may have."""


class CannotBeReached(CannotBook):
    """The office sends no mail now, so that a visit without an account cannot be confirmed."""


@transaction.atomic
def hold(wish: Wish, person: Person, *, now: datetime, mail_is_needed: bool = True) -> Booked:
    """Book for whoever wrote his name; it falls away when the link in the e-mail is not pressed in time."""
    if mail_is_needed and not channels.mail_state().is_configured:
        raise CannotBeReached
    visit = _book(wish, person, state=Visit.State.HELD, now=now)
    token = give_link(visit, Link.Purpose.CONFIRM, expires_at=visit.confirm_until or now)
    notices.ask_to_confirm(visit, token)
    _note(visit, "hold", "visitor", now)
    return Booked(visit, token)


@transaction.atomic
def book_own(wish: Wish, person: Person, *, actor: Actor, now: datetime) -> Booked:
    """Book for a resident who is signed in; it is confirmed at once."""
    visit = _book(wish, person, state=Visit.State.CONFIRMED, now=now, account_id=actor.account_id)
    return _confirmed(visit, actor, now)


@transaction.atomic
def book_for(wish: Wish, person: Person, *, actor: Actor, now: datetime) -> Booked:
    """Book for a resident who asked by phone or at the desk; it is confirmed at once."""
    place = Place.objects.filter(pk=wish.place_id).first()
    if place is None or not access.may_book_for(actor, place):
        raise CannotBook
    visit = _book(wish, person, state=Visit.State.CONFIRMED, now=now, booked_by=actor.account_id)
    return _confirmed(visit, actor, now)


def _confirmed(visit: Visit, actor: Actor, now: datetime) -> Booked:
    token = give_link(visit, Link.Purpose.MANAGE, expires_at=visit.starts_at)
    notices.say_confirmed(visit, token)
    _note(visit, "book", actor.audit_name, now)
    return Booked(visit, token)


def _book(
    wish: Wish,
    person: Person,
    *,
    state: Visit.State,
    now: datetime,
    account_id: int | None = None,
    booked_by: int | None = None,
) -> Visit:
    place = Place.objects.select_related("seat").filter(pk=wish.place_id).first()
    matters = _matters(wish)
    if place is None:
        raise CannotBook
    lapse_at(place, now=now)
    key = person_key(account_id=account_id, email=person.email, phone=person.phone)
    row = Visit(
        place=place,
        comes_on=localdate(wish.starts_at),
        starts_at=wish.starts_at,
        ends_at=wish.starts_at + timedelta(minutes=length([matter.minutes for matter in matters])),
        state=state,
        given_name=person.given_name,
        family_name=person.family_name,
        email=person.email,
        phone=person.phone,
        remind_by=person.remind_by,
        language=languages.current(),
        account_id=account_id,
        booked_at=now,
        booked_by_id=booked_by,
        person_key=key,
        ordinal=_ordinal(key, place),
        confirm_until=_confirm_until(wish, place, now) if state == Visit.State.HELD else None,
    )
    _take(row, _free(place, matters, wish, now))
    VisitMatter.objects.bulk_create(
        VisitMatter(visit=row, matter=matter, minutes=matter.minutes) for matter in matters
    )
    return row


def _matters(wish: Wish) -> list[Matter]:
    wanted = set(wish.matters)
    found = list(Matter.objects.filter(valid_on(localdate(wish.starts_at)), code__in=wanted))
    if not found or len(found) != len(wanted) or len(found) > MOST_MATTERS:
        raise CannotBook
    return found


def _confirm_until(wish: Wish, place: Place, now: datetime) -> datetime:
    """The visit is confirmed before it begins."""
    return min(now + timedelta(minutes=place.confirm_minutes), wish.starts_at)


def _ordinal(key: str, place: Place) -> int:
    used = Visit.objects.filter(person_key=key, state__in=Visit.OPEN).values_list("ordinal", flat=True)
    ordinal = free_ordinal(used, limit=place.most_open) if key else 1
    if ordinal is None:
        raise TooManyVisits
    return ordinal


def _free(place: Place, matters: Sequence[Matter], wish: Wish, now: datetime) -> FreeTime:
    day = localdate(wish.starts_at)
    times = free_times(place, matters, now=now, days=[day]).get(day, [])
    free = next((each for each in times if each.starts_at == wish.starts_at), None)
    if free is None:
        raise TimeIsTaken
    return free


def _take(row: Visit, free: FreeTime) -> None:
    """Write the visit at the first counter that is still free; counters are locked in one order by all."""
    list(Counter.objects.select_for_update(no_key=True).filter(pk__in=free.counters).order_by("pk"))
    for counter_id in free.counters:
        row.counter_id = counter_id
        if _written(row):
            return
    raise TimeIsTaken


def _written(row: Visit) -> bool:
    """Try to write the row; say whether the counter was free. A code that is in use is drawn anew."""
    for _ in range(TRIES):
        row.code = f"{secrets.randbelow(CODES):06d}"
        try:
            with transaction.atomic():
                row.pk = None
                row.save(force_insert=True)
        except IntegrityError as error:
            if _broken(error) == "one_counter_one_visit_at_a_time":
                return False
            if _broken(error) == "one_person_keeps_the_limit":
                raise TooManyVisits from error
            if _broken(error) != "one_code_a_place_and_day":
                raise
        else:
            return True
    raise TimeIsTaken


def _broken(error: IntegrityError) -> str:
    """The constraint that the database named."""
    return str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or "")


def _note(visit: Visit, verb: str, actor: str, now: datetime) -> None:
    payload = {
        "place": visit.place.code,
        "counter": visit.counter.number,
        "starts_at": visit.starts_at.isoformat(),
    }
    audit.record(actor=actor, verb=verb, thing=str(visit), payload=payload, at=now)
