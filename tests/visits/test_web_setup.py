"""A head sets his place up on the screens, from nothing to the first free times."""

from datetime import time, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from lxml import html

from starostwo.audit import api as audit
from starostwo.office import testing as office
from starostwo.visits.models import Counter, Hours, Matter, Place, SpecialDay
from starostwo.visits.queries.times import free_times, matters_on
from starostwo.visits.testing import a_place, head, held, someone, the_matters, worker

pytestmark = pytest.mark.django_db
LIMITS = {
    "horizon_days": "14", "release_at": "7.30", "lead_minutes": "30", "confirm_minutes": "60",
    "grid_minutes": "10", "most_open": "3", "walk_in_quota": "12",
}  # fmt: skip


def said(answer: HttpResponse) -> str:
    return " ".join(html.fromstring(answer.content).text_content().split())


def page(name: str, *args: object) -> str:
    return reverse(f"visits:{name}", args=args)


def test_a_place_with_a_counter_and_a_matter_is_opened_on_the_screens() -> None:
    client, seat = office.client_of(head()), office.make_seat("DLUGA")

    opened = client.post(
        page("new_place"), {"name": "Filia", "code": "filia", "unit": "KM", "way": "", "seat": seat.pk}
    )
    client.post(
        page("new_matter", "filia"), {"name": "Porada", "code": "porada", "minutes": "20", "card_code": ""}
    )
    typed = {
        "number": "1", "valid_from": f"{localdate():%d.%m.%Y}", "matters": [Matter.objects.get().pk],
        "takes_bookings": "on", "takes_walk_ins": "on",
        **{f"from_{day}": "8" for day in range(5)}, **{f"to_{day}": "12:00" for day in range(5)},
    }  # fmt: skip
    shown = client.post(page("new_counter", "filia"), typed, follow=True)

    assert opened["Location"] == page("settings", "filia")
    assert "pn 8:00–12:00" in said(shown)
    place = Place.objects.get()
    assert free_times(place, [Matter.objects.get()], now=now())
    verbs = [entry.verb for entry in audit.history(f"visits.place:{place.pk}")]
    assert verbs == ["open_place", "open_counter", "set_hours"]


def test_the_rules_of_a_place_are_changed_by_its_head() -> None:
    place, client = a_place(), office.client_of(head())

    client.post(page("settings", "dluga"), LIMITS)
    wrong = client.post(page("settings", "dluga"), {**LIMITS, "walk_in_quota": "-1"})

    place.refresh_from_db()
    assert (place.horizon_days, place.release_at, place.walk_in_quota) == (14, time(7, 30), 12)
    assert "Nie zapisano" in said(wrong)


def test_new_hours_hold_from_their_day() -> None:
    place, client = a_place(), office.client_of(head())
    later = localdate() + timedelta(days=10)
    typed = {
        "valid_from": f"{later:%d.%m.%Y}",
        "matters": [m.pk for m in the_matters()],
        "takes_bookings": "on",
    }

    client.post(page("counter_setup", "dluga", 1), {**typed, "from_2": "10:00", "to_2": "11:00"})
    backwards = client.post(page("counter_setup", "dluga", 1), {**typed, "from_2": "11:00", "to_2": "10:00"})

    times = free_times(place, the_matters()[1:2], now=now())
    before = [day for day in times if day < later]
    after = [day for day in times if day >= later]
    assert before
    assert {day.weekday() for day in after} == {2}
    assert "późniejszą niż otwarcia" in said(backwards)
    assert Counter.objects.get().takes_walk_ins is False


def test_a_day_on_which_somebody_comes_is_not_closed_on_the_screen() -> None:
    place, client = a_place(), office.client_of(head())
    times = free_times(place, the_matters()[1:2], now=now())
    day = max(times)
    held(place, at=times[day][0].starts_at, now=now())
    typed = {"counter": place.counters.get().pk, "day": f"{day:%d.%m.%Y}", "reason": "awaria"}

    closed = client.post(page("special_day", "dluga"), typed)
    shorter = client.post(page("special_day", "dluga"), {**typed, "opens": "10:00", "closes": "12:00"})
    fitting = client.post(page("special_day", "dluga"), {**typed, "opens": "8:00", "closes": "9:00"})

    assert "umówione wizyty" in said(closed)
    assert "umówione wizyty" in said(shorter)
    assert fitting.status_code == 302
    assert SpecialDay.objects.get().closes == time(9)


def test_new_hours_do_not_leave_a_visit_outside() -> None:
    place, client = a_place(), office.client_of(head())
    day = max(free_times(place, the_matters()[1:2], now=now()))
    held(place, at=free_times(place, the_matters()[1:2], now=now())[day][0].starts_at, now=now())
    typed = {"valid_from": f"{localdate():%d.%m.%Y}", "matters": [m.pk for m in the_matters()]}
    later = {f"{side}_{each}": hour for each in range(5) for side, hour in (("from", "9"), ("to", "12"))}

    refused = client.post(page("counter_setup", "dluga", 1), {**typed, **later})

    assert "umówione wizyty" in said(refused)
    assert {row.opens for row in Hours.objects.all()} == {time(8)}
    assert place.counters.get().takes_bookings is True


def test_the_address_of_the_machine_is_shown_once() -> None:
    a_place()
    client = office.client_of(head())

    shown = client.post(page("machine_key", "dluga"), {"co": "nowy"}, follow=True)
    (address,) = html.fromstring(shown.content).xpath("//a[contains(@href, 'biletomat')]/@href")
    path = address.partition("//")[2].partition("/")[2]

    assert Client().get(f"/{path}").status_code == 200
    assert "biletomat/" not in client.get(page("settings", "dluga")).content.decode().replace(
        page("machine_key", "dluga"), ""
    )
    client.post(page("machine_key", "dluga"), {"co": "odbierz"})
    assert Client().get(f"/{path}").status_code == 404


@pytest.mark.parametrize("name", ["settings", "special_day", "new_counter", "new_matter"])
def test_who_is_no_head_of_the_unit_sets_nothing_up(name: str) -> None:
    a_place()

    for stranger in (worker(), office.ewa(), office.clerk()):
        assert office.client_of(stranger).get(page(name, "dluga")).status_code == 404
        assert office.client_of(stranger).post(page("machine_key", "dluga")).status_code == 404
    assert office.client_of(head()).get(page(name, "dluga")).status_code == 200
    assert office.client_of(office.jan()).get(page("new_place")).status_code == 404
    assert Place.objects.get().machine_hash == ""


def test_another_length_holds_for_new_visits_alone() -> None:
    place, client = a_place(), office.client_of(head())
    times = free_times(place, the_matters()[1:2], now=now())
    day = max(times)
    before = held(place, at=times[day][0].starts_at, now=now()).visit
    typed = {"name": "Odbiór dowodu", "minutes": "30", "card_code": "", "valid_to": ""}

    shown = client.get(page("settings", "dluga"))
    assert client.post(page("matter", "dowod"), typed).status_code == 302
    after = held(place, at=times[day][4].starts_at, person=someone(2), now=now()).visit

    assert page("matter", "dowod") in shown.content.decode()
    assert [(v.ends_at - v.starts_at) // timedelta(minutes=1) for v in (before, after)] == [15, 30]
    assert list(before.matters.values_list("minutes", flat=True)) == [15]
    wrong = client.post(page("matter", "dowod"), {**typed, "valid_to": "01.01.2020"})
    assert "od kiedy sprawa obowiązuje" in said(wrong)
    assert office.client_of(office.ewa()).get(page("matter", "dowod")).status_code == 404
    assert office.client_of(worker()).get(page("matter", "dowod")).status_code == 404


def test_an_ended_matter_is_offered_no_more() -> None:
    a_place()
    end = (localdate() + timedelta(days=1)).strftime("%d.%m.%Y")
    typed = {"name": "Odbiór dowodu", "minutes": "15", "card_code": "", "valid_to": end}
    office.client_of(head()).post(page("matter", "dowod"), typed)

    days = [localdate(), localdate() + timedelta(days=1)]
    assert [len(matters_on(day)) for day in days] == [3, 2]
