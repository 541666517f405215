"""For tests of this and of other packages: a place with counters, hours and matters, and people who book."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from starostwo.office import testing as office
from starostwo.visits.models import Counter, Matter, Place, Visit
from starostwo.visits.services.booking import Booked, Person, Wish, hold
from starostwo.visits.services.places import (
    Limits,
    WeekHours,
    define_matter,
    open_counter,
    open_place,
    set_hours,
)

SINCE = date(2026, 1, 1)
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)  # Friday, 10:00 in Warsaw
MONDAY = date(2026, 11, 30)
NINE = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)  # Monday, 9:00 in Warsaw
WEEK = tuple(WeekHours(day, time(8), time(12)) for day in range(5))
MATTERS = (
    ("rejestracja", "Rejestracja pojazdu", 30),
    ("dowod", "Odbiór dowodu", 15),
    ("pytanie", "Porada", 20),
)


def head() -> office.Account:
    """Celina Droga, head of KM: sets up the place."""
    office.make_office()
    office.make_unit("KM", name="Wydział Komunikacji i Transportu", parent="ST")
    return office.make_staff(
        "c.droga", "Celina Droga", unit="KM", title="naczelniczka wydziału", rights=office.HEAD, is_head=True
    )


def worker() -> office.Account:
    """Beata Tablica of KM: serves at a counter."""
    head()
    return office.make_staff("b.tablica", "Beata Tablica", unit="KM")


def a_place(
    *, counters: int = 1, code: str = "dluga", limits: Limits | None = None, week: Sequence[WeekHours] = WEEK
) -> Place:
    """A place of KM with counters that settle everything, open from 8 to 12."""
    actor = office.actor(head())
    seat = office.make_seat("DLUGA")
    place = open_place(
        actor=actor, code=code, name=f"Wydział Komunikacji ({code})", unit="KM", seat_id=seat.pk,
        way="parter", limits=limits or Limits(), now=NOW,
    )  # fmt: skip
    matters = the_matters()
    for number in range(1, counters + 1):
        made = open_counter(place, actor=actor, number=number, matters=matters, valid_from=SINCE, now=NOW)
        set_hours(made, actor=actor, week=week, valid_from=SINCE, now=NOW)
    return place


def the_matters() -> list[Matter]:
    """The kinds of matters, made once."""
    if not Matter.objects.exists():
        actor = office.actor(head())
        for position, (code, name, minutes) in enumerate(MATTERS):
            define_matter(
                actor=actor, unit="KM", code=code, name=name, minutes=minutes, card_code="",
                position=position, valid_from=SINCE, now=NOW,
            )  # fmt: skip
    return list(Matter.objects.order_by("position"))


def counter_of(place: Place, number: int = 1) -> Counter:
    """One counter of the place."""
    return Counter.objects.select_related("place").get(place=place, number=number)


def someone(number: int = 1) -> Person:
    """Somebody without an account, another one for each number."""
    return Person("Jan", f"Kowalski {number}", f"jan{number}@example.pl", "600 100 200")


def held(
    place: Place, *, at: datetime = NINE, person: Person | None = None, matters: Sequence[str] = ("dowod",),
    now: datetime = NOW,
) -> Booked:  # fmt: skip
    """A booking that waits for its confirmation."""
    wish = Wish(place.pk, tuple(matters), at)
    return hold(wish, person or someone(), now=now, mail_is_needed=False)


def again(visit: Visit) -> Visit:
    """The visit as the database has it now."""
    return Visit.objects.get(pk=visit.pk)
