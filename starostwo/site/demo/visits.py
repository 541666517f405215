"""The counters of the transport unit and its branches, and the visits that residents booked there."""

import random
from datetime import datetime, time, timedelta

from django.utils.timezone import localdate

from starostwo.office.actor import Actor, actor_for
from starostwo.office.models import Seat
from starostwo.site.demo.people import INSTALLER, SINCE, Cast, rows
from starostwo.visits.models import Counter, Matter, Place, Visit
from starostwo.visits.queries.hall import waiting_for, walk_in_matters
from starostwo.visits.queries.times import free_times
from starostwo.visits.services.booking import Person, TimeIsTaken, Wish, book_for, book_own, hold
from starostwo.visits.services.erasing import close_past
from starostwo.visits.services.places import (
    Limits,
    WeekHours,
    define_matter,
    open_counter,
    open_place,
    set_hours,
)
from starostwo.visits.services.queue import arrive, call_next, give_ticket

UNIT = "KM"
LONG_DAY_CLOSES = time(17)
BOOKED_BEFORE = timedelta(days=6)
SHARE_BOOKED, DAYS_SHOWN = 0.45, 9
WALK_INS, WAITING_LEFT = 6, 2
DRIVERS = {"prawo-jazdy", "odbior-prawa-jazdy", "profil-kandydata", "miedzynarodowe-prawo-jazdy"}


def open_places(*, now: datetime) -> list[Place]:
    """Set up matters, places, counters and hours."""
    matters = [
        define_matter(
            actor=INSTALLER, unit=UNIT, code=row["code"], name=row["name"], minutes=int(row["minutes"]),
            card_code=row["card"], position=position, valid_from=SINCE, now=now,
        )
        for position, row in enumerate(rows("visit_matters.csv"))
    ]  # fmt: skip
    return [_place(row, matters, now) for row in rows("visit_places.csv")]


def _place(row: dict[str, str], matters: list[Matter], now: datetime) -> Place:
    place = open_place(
        actor=INSTALLER, code=row["code"], name=row["name"], unit=row["unit"],
        seat_id=Seat.objects.get(code=row["seat"]).pk, way=row["way"],
        limits=Limits(walk_in_quota=int(row["quota"])), now=now,
    )  # fmt: skip
    for number in range(1, int(row["counters"]) + 1):
        is_split = int(row["drivers"]) > 0
        is_drivers = number > int(row["counters"]) - int(row["drivers"])
        own = [each for each in matters if not is_split or (each.code in DRIVERS) == is_drivers]
        counter = open_counter(place, actor=INSTALLER, number=number, matters=own, valid_from=SINCE, now=now)
        set_hours(counter, actor=INSTALLER, week=_week(row), valid_from=SINCE, now=now)
    return place


def _week(row: dict[str, str]) -> list[WeekHours]:
    opens, closes = time.fromisoformat(row["opens"]), time.fromisoformat(row["closes"])
    long_day = int(row["long_day"]) if row["long_day"] else None
    return [WeekHours(day, opens, LONG_DAY_CLOSES if day == long_day else closes) for day in range(5)]


def book_visits(places: list[Place], cast: Cast, *, now: datetime, seed: int) -> None:
    """Let people book over the days around today, some of them with an account, some by phone."""
    chance = random.Random(seed)  # noqa: S311 -- the demonstration is the same at each build
    began = now - BOOKED_BEFORE
    names = list(rows("names.csv"))
    matters = list(Matter.objects.order_by("position"))
    for place in places:
        clerk = actor_for(cast.staff[_clerk(place)], today=localdate(now))
        for matter in matters:
            times = free_times(place, [matter], now=began)
            for day in list(times)[:DAYS_SHOWN]:
                for free in chance.sample(times[day], k=_share(len(times[day]), matter, chance)):
                    wish = Wish(place.pk, (matter.code,), free.starts_at)
                    _phone(wish, clerk, names, chance, began)
        _today(place, clerk, now)
    _own_visits(places[0], cast, chance, now)
    _wait_for_their_link(places[0], names, chance, now)
    close_past(today=localdate(now), now=now)


def _today(place: Place, clerk: Actor, now: datetime) -> None:
    """The hall as it stands now: who booked for the last hours has come, some came without a booking."""
    todays = Visit.objects.filter(place=place, comes_on=localdate(now), state=Visit.State.CONFIRMED)
    for visit in todays.filter(starts_at__lte=now + timedelta(minutes=10)).order_by("starts_at"):
        arrive(visit.pk, actor=clerk, now=visit.starts_at - timedelta(minutes=8))
    for matter in walk_in_matters(place, now=now)[:WALK_INS]:
        give_ticket(place, matter.code, actor=None, now=now - timedelta(minutes=25))
    for counter in Counter.objects.select_related("place").filter(place=place):
        waiting, after = len(waiting_for(counter, now=now)), None
        for number in range(max(1, waiting - WAITING_LEFT)):
            moment = now - timedelta(minutes=5 * (waiting - number))
            called = call_next(counter, actor=clerk, after=after, now=moment)
            after = called.pk if called else None


def _clerk(place: Place) -> str:
    return {"dluga": "b.tablica", "ozorkow": "h.most", "glowno": "d.rondo"}[place.code]


def _share(times: int, matter: Matter, chance: random.Random) -> int:
    wanted = SHARE_BOOKED * times / (2 * max(1, matter.minutes // 10))
    return min(times, int(wanted * chance.uniform(0.3, 0.9)))


def _phone(
    wish: Wish, clerk: Actor, names: list[dict[str, str]], chance: random.Random, now: datetime
) -> None:
    phone = f"600 {chance.randrange(100, 1000)} {chance.randrange(100, 1000)}"
    person = Person(chance.choice(names)["given_name"], chance.choice(names)["family_name"], "", phone)
    try:
        book_for(wish, person, actor=clerk, now=now)
    except TimeIsTaken:
        return


def _own_visits(place: Place, cast: Cast, chance: random.Random, now: datetime) -> None:
    """Each resident with an account has a visit in the next days."""
    for account in cast.residents.values():
        wanted = list(Matter.objects.filter(code__in=("rejestracja-pojazdu", "odbior-dowodu")))
        times = free_times(place, wanted, now=now)
        day = chance.choice(list(times)[1:8])
        wish = Wish(place.pk, tuple(each.code for each in wanted), chance.choice(times[day]).starts_at)
        person = Person(account.given_name, account.family_name, account.email)
        book_own(wish, person, actor=actor_for(account, today=localdate(now)), now=now)


def _wait_for_their_link(
    place: Place, names: list[dict[str, str]], chance: random.Random, now: datetime
) -> None:
    """Two people have just booked and not yet pressed the link."""
    matter = Matter.objects.get(code="prawo-jazdy")
    for number in range(2):
        times = free_times(place, [matter], now=now)
        start = chance.choice(times[sorted(times)[2]]).starts_at
        name = chance.choice(names)
        person = Person(name["given_name"], name["family_name"], f"mieszkaniec{number}@example.pl")
        hold(Wish(place.pk, (matter.code,), start), person, now=now, mail_is_needed=False)
