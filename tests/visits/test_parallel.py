"""Two hundred people want twenty times at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta
from threading import Barrier

from django.db import IntegrityError, OperationalError, connection

from starostwo.visits.models import Visit
from starostwo.visits.services.booking import CannotBook, TimeIsTaken
from starostwo.visits.services.places import Limits, WeekHours
from starostwo.visits.testing import MONDAY, NINE, a_place, held, someone

PEOPLE, TIMES, AT_ONCE = 200, 20, 40


def test_two_hundred_bookings_of_twenty_times_give_exactly_twenty(committed_database: str) -> None:
    week = (WeekHours(0, time(9), time(11, 30)),)
    place = a_place(counters=2, week=week)
    start = Barrier(AT_ONCE)

    def want(number: int) -> str:
        start.wait(timeout=60)
        try:
            held(place, at=NINE + timedelta(minutes=15 * (number % 10)), person=someone(number))
        except TimeIsTaken:
            return "taken"
        finally:
            connection.close()
        return "booked"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(want, range(PEOPLE)))

    assert (answers.count("booked"), answers.count("taken")) == (TIMES, PEOPLE - TIMES)
    places = Visit.objects.values_list("counter_id", "starts_at")
    assert (len(places), len(set(places))) == (TIMES, TIMES)
    assert set(Visit.objects.values_list("comes_on", flat=True)) == {MONDAY}


def test_one_person_who_presses_everywhere_at_once_keeps_the_limit(committed_database: str) -> None:
    place = a_place(limits=Limits(most_open=2))
    start = Barrier(12)

    def want(number: int) -> bool:
        start.wait(timeout=60)
        try:
            held(place, at=NINE + timedelta(minutes=15 * number), person=someone(1))
        except CannotBook:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(12) as pool:
        done = list(pool.map(want, range(12)))

    assert done.count(True) == Visit.objects.count()
    assert 1 <= Visit.objects.count() <= 2


def test_without_the_lock_the_constraint_alone_lets_one_through(committed_database: str) -> None:
    place = a_place()
    visit = held(place, at=NINE + timedelta(hours=1)).visit
    start = Barrier(6)

    def insert(number: int) -> bool:
        row = Visit.objects.get(pk=visit.pk)
        row.pk, row.code, row.person_key = None, f"00000{number}", f"person {number}"
        row.starts_at, row.ends_at = NINE, NINE + timedelta(minutes=15)
        start.wait(timeout=60)
        try:
            row.save(force_insert=True)
        except (IntegrityError, OperationalError):
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(insert, range(6)))

    assert done.count(True) == Visit.objects.filter(starts_at=NINE).count() == 1
