"""The hall: tickets, the quota of a day, who is called, what the board shows."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from starostwo.audit import api as audit
from starostwo.office import testing as office
from starostwo.visits.models import Place, Ticket, Visit
from starostwo.visits.queries import hall
from starostwo.visits.services.changing import confirm
from starostwo.visits.services.places import Limits
from starostwo.visits.services.queue import (
    CannotCall,
    CannotGiveTicket,
    IsClosed,
    NoTicketsLeft,
    SomebodyElseStands,
    arrive,
    arrive_by_code,
    call_again,
    call_next,
    finish,
    give_ticket,
    miss,
)
from starostwo.visits.testing import NINE, NOW, a_place, again, counter_of, held, someone, worker

EARLY = NINE - timedelta(minutes=20)


def confirmed(place: Place, *, at: datetime = NINE, number: int = 1) -> Visit:
    booked = held(place, at=at, person=someone(number))
    confirm(booked.token, now=NOW)
    return again(booked.visit)


@pytest.mark.django_db
def test_walk_ins_get_numbers_until_the_quota_of_the_day_is_used_up() -> None:
    place = a_place(limits=Limits(walk_in_quota=2))

    labels = [give_ticket(place, "dowod", actor=None, now=NINE).label for _ in range(2)]
    with pytest.raises(NoTicketsLeft):
        give_ticket(place, "dowod", actor=None, now=NINE)

    assert labels == ["B01", "B02"]
    assert hall.walk_ins_left(place, now=NINE) == 0
    assert hall.walk_ins_left(place, now=NINE + timedelta(days=1)) == 2
    assert give_ticket(place, "dowod", actor=None, now=NINE + timedelta(days=1)).label == "B01"


@pytest.mark.django_db
def test_the_database_itself_keeps_the_quota() -> None:
    ticket = give_ticket(a_place(limits=Limits(walk_in_quota=1)), "dowod", actor=None, now=NINE)
    ticket.pk, ticket.number = None, 2

    with pytest.raises(IntegrityError, match="walk_ins_keep_the_quota"), transaction.atomic():
        ticket.save(force_insert=True)


def test_thirty_who_press_at_once_get_the_ten_tickets_of_the_day(committed_database: str) -> None:
    place = a_place(limits=Limits(walk_in_quota=10))
    start = Barrier(30)

    def press(number: int) -> str:
        start.wait(timeout=60)
        try:
            return give_ticket(place, "dowod", actor=None, now=NINE).label
        except NoTicketsLeft:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(30) as pool:
        labels = sorted(label for label in pool.map(press, range(30)) if label)

    assert labels == [f"B{number:02d}" for number in range(1, 11)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "matter", "reason"),
    [
        (NINE + timedelta(hours=3), "dowod", "the counters closed at noon"),
        (NINE - timedelta(days=1), "dowod", "a Sunday"),
        (NINE, "nie-ma-takiej", "nobody settles it"),
    ],
)
def test_no_ticket_is_given_where_nobody_will_call_it(at: datetime, matter: str, reason: str) -> None:
    place = a_place()

    with pytest.raises(IsClosed):
        give_ticket(place, matter, actor=None, now=at)
    assert Ticket.objects.count() == 0, reason


@pytest.mark.django_db
def test_the_code_of_the_confirmation_gives_the_number_once_and_on_its_day() -> None:
    place = a_place()
    visit = confirmed(place)

    with pytest.raises(CannotGiveTicket):
        arrive_by_code(place, visit.code, actor=None, now=EARLY - timedelta(days=1))
    assert arrive_by_code(place, visit.code, actor=None, now=EARLY).label == "R01"
    with pytest.raises(CannotGiveTicket):
        arrive_by_code(place, visit.code, actor=None, now=EARLY)
    assert (again(visit).state, Ticket.objects.count()) == ("ARRIVED", 1)


@pytest.mark.django_db
def test_a_booked_hour_goes_before_walk_ins_and_each_is_called_once() -> None:
    place, clerk = a_place(), office.actor(worker())
    counter = counter_of(place)
    visit = confirmed(place)
    give_ticket(place, "dowod", actor=None, now=EARLY)
    give_ticket(place, "rejestracja", actor=None, now=EARLY)
    arrive(visit.pk, actor=clerk, now=EARLY)

    called, after = [], None
    for moment in (EARLY, NINE, NINE, NINE):
        ticket = call_next(counter, actor=clerk, after=after, now=moment)
        after = ticket.pk if ticket else None
        called.append(ticket.label if ticket else "")

    assert called == ["B01", "R01", "B02", ""]
    assert again(visit).state == "SERVED"
    assert set(Ticket.objects.values_list("state", flat=True)) == {"SERVED"}


@pytest.mark.django_db
def test_who_does_not_come_to_the_counter_is_noted_after_a_second_call() -> None:
    place, clerk = a_place(), office.actor(worker())
    counter = counter_of(place)
    visit = confirmed(place)
    arrive(visit.pk, actor=clerk, now=EARLY)
    ticket = call_next(counter, actor=clerk, after=None, now=NINE)
    assert ticket is not None

    call_again(counter, actor=clerk, ticket_id=ticket.pk, now=NINE + timedelta(minutes=2))
    finish(counter, actor=clerk, ticket_id=ticket.pk, came=False, now=NINE + timedelta(minutes=4))

    verbs = [entry.verb for entry in audit.history(str(ticket))]
    assert (again(visit).state, verbs) == ("NO_SHOW", ["issue", "call", "call", "finish"])
    with pytest.raises(CannotCall):
        finish(counter, actor=clerk, ticket_id=ticket.pk, came=True, now=NINE)


@pytest.mark.django_db
def test_a_second_press_in_the_same_page_skips_nobody() -> None:
    place, clerk = a_place(), office.actor(worker())
    counter = counter_of(place)
    for _ in range(2):
        give_ticket(place, "dowod", actor=None, now=NINE)
    call_next(counter, actor=clerk, after=None, now=NINE)

    with pytest.raises(SomebodyElseStands):
        call_next(counter, actor=clerk, after=None, now=NINE)
    assert [t.state for t in Ticket.objects.order_by("number")] == ["CALLED", "WAITING"]


@pytest.mark.django_db
def test_a_visit_is_missed_after_its_hour_only() -> None:
    visit, clerk = confirmed(a_place()), office.actor(worker())

    with pytest.raises(CannotCall):
        miss(visit.pk, actor=clerk, now=EARLY)
    assert miss(visit.pk, actor=clerk, now=NINE).state == "NO_SHOW"


@pytest.mark.django_db
def test_only_the_unit_calls_and_only_it_and_the_mail_desk_give_tickets() -> None:
    place, stranger = a_place(), office.actor(office.jan())
    visit = confirmed(place)

    with pytest.raises(CannotCall):
        call_next(counter_of(place), actor=stranger, after=None, now=NINE)
    with pytest.raises(CannotGiveTicket):
        give_ticket(place, "dowod", actor=stranger, now=NINE)
    with pytest.raises(CannotGiveTicket):
        arrive(visit.pk, actor=stranger, now=NINE)
    with pytest.raises(CannotGiveTicket):
        arrive(visit.pk, actor=office.actor(office.clerk()), now=NINE)
    assert Ticket.objects.count() == 0

    desk = office.actor(office.clerk())
    assert give_ticket(place, "dowod", actor=desk, now=NINE).issued_by_id == desk.account_id
    assert arrive_by_code(place, visit.code, actor=desk, now=NINE).label == "R01"


def test_two_counters_that_call_at_once_call_two_people(committed_database: str) -> None:
    place, clerk = a_place(counters=6), office.actor(worker())
    for _ in range(6):
        give_ticket(place, "dowod", actor=None, now=NINE)
    start = Barrier(6)

    def call(number: int) -> str:
        start.wait(timeout=60)
        try:
            ticket = call_next(counter_of(place, number), actor=clerk, after=None, now=NINE)
            return ticket.label if ticket else ""
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        labels = sorted(pool.map(call, range(1, 7)))

    assert labels == ["B01", "B02", "B03", "B04", "B05", "B06"]


@pytest.mark.django_db
def test_the_board_shows_the_last_call_first_in_two_queries(django_assert_num_queries: object) -> None:
    place, clerk = a_place(counters=2), office.actor(worker())
    for _ in range(3):
        give_ticket(place, "dowod", actor=None, now=NINE)
    call_next(counter_of(place, 2), actor=clerk, after=None, now=NINE)
    call_next(counter_of(place, 1), actor=clerk, after=None, now=NINE + timedelta(minutes=1))

    with django_assert_num_queries(2):  # type: ignore[operator]
        board = hall.board(place, now=NINE)

    shown = [(t.label, t.counter.number) for t in board.called if t.counter]
    assert (shown, board.waiting) == ([("B02", 1), ("B01", 2)], 1)
