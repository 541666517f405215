"""Booking: what is taken, what is refused, what falls away, what is deleted."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.timezone import localtime

from starostwo.audit import api as audit
from starostwo.channels.models import Mail
from starostwo.channels.testing import Mailbox, mail_server, post_all
from starostwo.office import testing as office
from starostwo.visits.models import Link, Visit
from starostwo.visits.queries.found import hash_of
from starostwo.visits.queries.times import free_times
from starostwo.visits.services.booking import (
    CannotBeReached,
    CannotBook,
    Person,
    TimeIsTaken,
    TooManyVisits,
    Wish,
    book_for,
    book_own,
    hold,
)
from starostwo.visits.services.changing import CannotCancel, LinkIsOver, cancel, cancel_by_link, confirm
from starostwo.visits.services.erasing import close_past, erase
from starostwo.visits.services.lapsing import lapse
from starostwo.visits.services.places import DayIsBooked, Limits, WeekHours, set_special_day
from starostwo.visits.testing import (
    MONDAY,
    NINE,
    NOW,
    a_place,
    again,
    counter_of,
    head,
    held,
    someone,
    the_matters,
    worker,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: LazySettings) -> Iterator[Mailbox]:
    with mail_server() as box:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        settings.EMAIL_FROM = "Starostwo <kancelaria@powiat.test>"
        yield box


def verbs(visit: Visit) -> list[str]:
    return [entry.verb for entry in audit.history(str(visit))]


def test_several_matters_make_one_visit_as_long_as_their_sum() -> None:
    visit = held(a_place(), matters=("rejestracja", "dowod")).visit

    assert visit.ends_at - visit.starts_at == timedelta(minutes=45)
    assert sorted(visit.matters.values_list("matter__code", "minutes")) == [
        ("dowod", 15),
        ("rejestracja", 30),
    ]
    assert (visit.state, verbs(visit)) == ("HELD", ["hold"])


def test_a_long_visit_takes_all_of_its_time() -> None:
    place = a_place()
    held(place, matters=("rejestracja", "dowod"))

    with pytest.raises(TimeIsTaken):
        held(place, at=NINE + timedelta(minutes=30), person=someone(2))
    held(place, at=NINE + timedelta(minutes=45), person=someone(2))

    assert Visit.objects.count() == 2


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        (("dowod",), TimeIsTaken),
        (("nie-ma-takiej",), CannotBook),
        ((), CannotBook),
        (("dowod", "nie-ma-takiej"), CannotBook),
    ],
)
def test_a_wrong_matter_and_a_past_hour_are_refused(wish: tuple[str, ...], refusal: type[Exception]) -> None:
    place = a_place()
    past = NOW - timedelta(days=1)

    with pytest.raises(refusal):
        held(place, at=past, matters=wish)
    assert (Visit.objects.count(), Mail.objects.count(), Link.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        (NINE + timedelta(minutes=7), "between two steps of the grid"),
        (NINE - timedelta(hours=3), "before the counter opens"),
        (NINE + timedelta(hours=3), "after it closed"),
        (NINE - timedelta(days=1), "a Sunday"),
        (datetime(2026, 12, 25, 9, 0, tzinfo=UTC), "Christmas"),
        (NINE + timedelta(days=60), "behind the horizon"),
    ],
)
def test_only_open_times_can_be_booked(at: datetime, reason: str) -> None:
    place = a_place()

    with pytest.raises(TimeIsTaken):
        held(place, at=at)
    assert Visit.objects.count() == 0, reason


def test_the_hour_is_kept_with_its_zone_across_the_change_of_clocks() -> None:
    place = a_place()
    autumn = datetime(2026, 10, 20, 8, 0, tzinfo=UTC)

    visit = held(place, at=datetime(2026, 10, 26, 8, 0, tzinfo=UTC), now=autumn).visit

    assert f"{localtime(again(visit).starts_at):%d.%m.%Y %H:%M %z}" == "26.10.2026 09:00 +0100"


def test_a_second_counter_takes_the_second_person() -> None:
    place = a_place(counters=2)

    numbers = {held(place, person=someone(n)).visit.counter.number for n in (1, 2)}

    assert numbers == {1, 2}
    with pytest.raises(TimeIsTaken):
        held(place, person=someone(3))


def test_the_database_itself_refuses_two_visits_at_one_counter() -> None:
    visit = held(a_place()).visit
    visit.pk, visit.code, visit.person_key = None, "999999", "another"
    visit.starts_at += timedelta(minutes=14)
    visit.ends_at += timedelta(minutes=14)

    with pytest.raises(IntegrityError, match="one_counter_one_visit_at_a_time"), transaction.atomic():
        visit.save(force_insert=True)
    assert Visit.objects.count() == 1


def test_one_person_holds_no_more_than_the_limit() -> None:
    place = a_place(limits=Limits(most_open=2))
    first = held(place, at=NINE).visit
    held(place, at=NINE + timedelta(hours=1))

    with pytest.raises(TooManyVisits):
        held(place, at=NINE + timedelta(hours=2))
    lapse(now=NOW + timedelta(hours=2))
    held(place, at=NINE + timedelta(hours=2), now=NOW + timedelta(hours=2))

    assert again(first).state == "LAPSED"
    assert Visit.objects.filter(state="HELD").count() == 1


def test_the_database_itself_keeps_the_limit_of_a_person() -> None:
    visit = held(a_place()).visit
    visit.pk, visit.code = None, "999999"
    visit.starts_at += timedelta(hours=1)
    visit.ends_at += timedelta(hours=1)

    with pytest.raises(IntegrityError, match="one_person_keeps_the_limit"), transaction.atomic():
        visit.save(force_insert=True)


def test_a_booking_is_bound_to_its_name() -> None:
    visit = held(a_place()).visit
    visit.given_name, visit.family_name = "Handlarz", "Terminów"

    with pytest.raises(DatabaseError, match="visit_keeps_its_person"), transaction.atomic():
        visit.save()
    assert again(visit).person == "Jan Kowalski 1"


def test_what_is_not_confirmed_in_time_falls_away() -> None:
    booked = held(a_place())

    assert lapse(now=NOW + timedelta(minutes=59)) == 0
    assert lapse(now=NOW + timedelta(minutes=60)) == 1

    assert (again(booked.visit).state, verbs(booked.visit)) == ("LAPSED", ["hold", "lapse"])
    with pytest.raises(LinkIsOver):
        confirm(booked.token, now=NOW + timedelta(minutes=60))


def test_a_lapsed_time_is_free_at_once_even_before_the_worker_comes() -> None:
    place = a_place()
    held(place)
    later = NOW + timedelta(minutes=61)

    assert held(place, person=someone(2), now=later).visit.state == "HELD"


def test_the_link_confirms_once_and_another_one_cancels() -> None:
    booked = held(a_place())

    manage = confirm(booked.token, now=NOW)
    with pytest.raises(LinkIsOver):
        confirm(booked.token, now=NOW)
    with pytest.raises(LinkIsOver):
        cancel_by_link(booked.token, now=NOW)
    with pytest.raises(LinkIsOver):
        confirm(manage, now=NOW)
    assert again(booked.visit).state == "CONFIRMED"

    cancel_by_link(manage, now=NOW)
    with pytest.raises(LinkIsOver):
        cancel_by_link(manage, now=NOW)
    assert (again(booked.visit).state, verbs(booked.visit)) == ("CANCELLED", ["hold", "confirm", "cancel"])


def test_a_link_ends_with_its_time() -> None:
    manage = confirm(held(a_place()).token, now=NOW)

    with pytest.raises(LinkIsOver):
        cancel_by_link(manage, now=NINE)


def test_the_database_keeps_no_secret_of_a_link(server: Mailbox) -> None:
    booked = held(a_place())

    assert Link.objects.get().token_hash == hash_of(booked.token)
    assert post_all() == 1
    assert booked.token in server.messages[0].get_content()
    assert [(mail.body, mail.state) for mail in Mail.objects.all()] == [("", "SENT")]


def test_an_email_names_neither_matter_nor_place_nor_hour(server: Mailbox) -> None:
    confirm(held(a_place()).token, now=NOW)
    post_all()

    for message in server.messages:
        said = f"{message['Subject']} {message.get_content()}"
        assert not any(
            word in said for word in ("dowod", "Dowód", "Komunikacji", "9:00", "30.11", "Kowalski")
        )
    assert len(server.messages) == 2


def test_a_time_that_was_given_back_is_free_after_a_pause_that_nobody_knows() -> None:
    place, matters = a_place(), [the_matters()[1]]
    cancel_by_link(confirm(held(place).token, now=NOW), now=NOW)

    def is_free(now: datetime) -> bool:
        times = free_times(place, matters, now=now, days=[MONDAY])
        return NINE in [each.starts_at for each in times[MONDAY]]

    assert not is_free(NOW + timedelta(minutes=4))
    assert is_free(NOW + timedelta(minutes=46))


def test_without_mail_and_without_an_account_nothing_is_booked() -> None:
    place = a_place()

    with pytest.raises(CannotBeReached):
        hold(Wish(place.pk, ("dowod",), NINE), someone(), now=NOW)
    assert Visit.objects.count() == 0


def test_a_resident_with_an_account_needs_no_link_and_sees_only_his_own() -> None:
    place, piotr = a_place(), office.piotr()
    person = Person("Piotr", "Wrona", "piotr@example.pl")

    visit = book_own(Wish(place.pk, ("dowod",), NINE), person, actor=office.actor(piotr), now=NOW).visit

    assert (visit.state, visit.account_id) == ("CONFIRMED", piotr.pk)
    with pytest.raises(CannotCancel):
        cancel(visit.pk, actor=office.actor(office.maria()), now=NOW)
    cancel(visit.pk, actor=office.actor(piotr), now=NOW)
    assert again(visit).state == "CANCELLED"


def test_clerks_of_the_unit_and_the_mail_desk_book_for_whoever_calls() -> None:
    place = a_place(counters=3)
    wish = Wish(place.pk, ("dowod",), NINE)

    for number, clerk in enumerate((worker(), office.clerk())):
        visit = book_for(wish, someone(number), actor=office.actor(clerk), now=NOW).visit
        assert (visit.state, visit.booked_by_id) == ("CONFIRMED", clerk.pk)
    with pytest.raises(CannotBook):
        book_for(wish, someone(9), actor=office.actor(office.jan()), now=NOW)


def test_a_day_with_visits_is_not_closed_behind_their_backs() -> None:
    place = a_place()
    held(place)
    closing = {"actor": office.actor(head()), "opens": None, "closes": None, "reason": "awaria", "now": NOW}

    with pytest.raises(DayIsBooked):
        set_special_day(counter_of(place), day=MONDAY, **closing)
    set_special_day(counter_of(place), day=MONDAY + timedelta(days=1), **closing)

    days = [MONDAY + timedelta(days=ahead) for ahead in range(3)]
    assert sorted(free_times(place, the_matters()[:1], now=NOW, days=days)) == [days[0], days[2]]


def test_a_special_day_may_open_on_a_saturday() -> None:
    place = a_place()
    saturday = MONDAY + timedelta(days=5)
    set_special_day(
        counter_of(place), actor=office.actor(head()), day=saturday, opens=time(9), closes=time(10),
        reason="sobota dla kierowców", now=NOW,
    )  # fmt: skip

    times = free_times(place, [the_matters()[0]], now=NOW, days=[saturday])

    assert [f"{localtime(each.starts_at):%H:%M}" for each in times[saturday]] == ["09:00", "09:15", "09:30"]


def test_free_times_cost_the_same_few_queries_for_many_days(django_assert_num_queries: object) -> None:
    place, matters = a_place(counters=4), the_matters()[:2]

    with django_assert_num_queries(4):  # type: ignore[operator]
        times = free_times(place, matters, now=NOW)
    assert len(times) == 19


def test_a_lunch_break_is_two_openings() -> None:
    week = (WeekHours(0, time(8), time(9)), WeekHours(0, time(10), time(11)))
    place = a_place(week=week)

    times = free_times(place, [the_matters()[0]], now=NOW, days=[MONDAY])

    assert [f"{localtime(each.starts_at):%H:%M}" for each in times[MONDAY]] == [
        "08:00", "08:15", "08:30", "10:00", "10:15", "10:30",
    ]  # fmt: skip


@pytest.mark.law("RODO art. 5 ust. 1 lit. e")
def test_the_worker_deletes_personal_data_after_the_period() -> None:
    booked = held(a_place())
    confirm(booked.token, now=NOW)
    after = MONDAY + timedelta(days=1)

    assert close_past(today=after, now=NOW) == 1
    assert again(booked.visit).state == "NO_SHOW"
    assert erase(today=MONDAY + timedelta(days=30), now=NOW) == 0
    assert erase(today=MONDAY + timedelta(days=31), now=NOW) == 1

    visit = again(booked.visit)
    assert (visit.person, visit.email, visit.phone, visit.person_key) == ("", "", "", "")
    assert Link.objects.count() == 0
    assert verbs(visit) == ["hold", "confirm", "close", "erase"]
    assert erase(today=MONDAY + timedelta(days=99), now=NOW) == 0


def test_history_names_no_person() -> None:
    visit = held(a_place()).visit

    said = str([entry for entry in audit.history(str(visit))])
    assert "Kowalski" not in said
    assert "example.pl" not in said
