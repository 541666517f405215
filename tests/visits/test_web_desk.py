"""The staff's pages, the board and the machine: who gets in, what is shown, what the buttons do."""

from datetime import time, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from lxml import html

from starostwo.office import testing as office
from starostwo.visits.models import Place, Ticket, Visit
from starostwo.visits.queries.times import free_times
from starostwo.visits.services.machine import close_machine, open_machine
from starostwo.visits.services.places import Limits, set_special_day
from starostwo.visits.services.queue import call_next, give_ticket
from starostwo.visits.testing import a_place, counter_of, head, someone, the_matters, worker

pytestmark = pytest.mark.django_db
QUARTER = timedelta(minutes=15)


@pytest.fixture
def place() -> Place:
    """A place that is open all of today, whatever day and hour it is, with a visit in its last quarter."""
    place = a_place(limits=Limits(lead_minutes=0, walk_in_quota=3))
    set_special_day(
        counter_of(place), actor=office.actor(head()), day=localdate(), opens=time(0),
        closes=time(23, 59), reason="dzień otwarty", now=now(),
    )  # fmt: skip
    return place


def visit_today(place: Place) -> Visit:
    """A confirmed visit of the present minutes."""
    moment, counter, person = now(), counter_of(place), someone()
    return Visit.objects.create(
        place=place, counter=counter, comes_on=localdate(moment), starts_at=moment,
        ends_at=moment + QUARTER, state="CONFIRMED", code="123456",
        given_name=person.given_name, family_name=person.family_name, person_key="ktoś", ordinal=1,
        booked_at=moment,
    )  # fmt: skip


def said(answer: HttpResponse) -> str:
    return " ".join(html.fromstring(answer.content).text_content().split())


def address(name: str, *args: object) -> str:
    return reverse(f"visits:{name}", args=args)


def test_names_are_for_the_unit_alone_and_others_learn_nothing(place: Place) -> None:
    visit_today(place)
    counter, day = address("counter", counter_of(place).pk), address("day", "dluga")

    for page in (counter, day):
        assert "Jan Kowalski 1" in said(office.client_of(worker()).get(page))
        for stranger in (office.jan(), office.clerk(), office.piotr()):
            assert office.client_of(stranger).get(page).status_code == 404
        assert Client().get(page).status_code == 302
    assert office.client_of(office.jan()).get(address("ticket", "dluga")).status_code == 404
    overview = said(office.client_of(office.jan()).get(address("overview")))
    assert ("Wydział Komunikacji" in overview, "Kowalski" in overview) == (True, False)


def test_a_day_at_the_counter(place: Place) -> None:
    visit, client = visit_today(place), office.client_of(worker())
    page = address("counter", counter_of(place).pk)
    calling = address("calling", counter_of(place).pk)

    shown = client.post(address("arrival", visit.pk), {"skad": page}, follow=True)
    assert "Bilet R01 czeka" in said(shown)
    assert shown.redirect_chain[-1][0] == page
    assert "Czeka do tego okienka: 1" in said(shown)

    called = client.post(calling, {"co": "next"}, follow=True)
    assert "R01 Jan Kowalski 1" in said(called)
    assert "stoi już ktoś inny" in said(client.post(calling, {"co": "next"}, follow=True))
    at_counter = {"teraz": str(Ticket.objects.get().pk)}
    assert "Wezwano ponownie" in said(client.post(calling, {"co": "again", **at_counter}, follow=True))
    client.post(calling, {"co": "served", **at_counter})
    assert Visit.objects.get().state == "SERVED"
    assert "Nikt nie czeka" in said(client.post(calling, {"co": "next"}, follow=True))
    assert "nic nie zmieniono" in said(client.post(calling, {"co": "missing", **at_counter}, follow=True))
    assert client.post(calling, {"co": "cokolwiek"}).status_code == 404


def test_the_next_person_is_called_by_one_key(place: Place) -> None:
    page = office.client_of(worker()).get(address("counter", counter_of(place).pk))

    (button,) = html.fromstring(page.content).xpath("//button[@data-key='n']")
    assert (button.get("name"), button.get("value")) == ("co", "next")


def test_what_cannot_be_marked_any_more_is_explained(place: Place) -> None:
    visit, client = visit_today(place), office.client_of(worker())
    client.post(address("absence", visit.pk))

    answer = client.post(address("arrival", visit.pk), {"skad": "https://zly.example/"}, follow=True)

    assert "nie da się już tak oznaczyć" in said(answer)
    assert answer.redirect_chain[-1][0] == "/urzad/wizyty/"
    assert (Visit.objects.get().state, Ticket.objects.count()) == ("NO_SHOW", 0)


def test_the_information_desk_gives_a_printed_ticket_until_the_quota_ends(place: Place) -> None:
    client, page = office.client_of(office.clerk()), address("ticket", "dluga")

    given = client.post(page, {"sprawa": "dowod"}, follow=True)
    assert "Wydano bilet B01" in said(given)
    paper = client.get(address("ticket_print", Ticket.objects.get().pk))
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")

    for _ in range(2):
        client.post(page, {"sprawa": "dowod"})
    refused = client.post(page, {"sprawa": "dowod"})
    assert (refused.status_code, Ticket.objects.count()) == (422, 3)
    assert "Bilety bez rezerwacji na dziś się skończyły" in said(refused)
    assert "Wpisz kod wizyty albo wybierz sprawę" in said(client.post(page, {"kod": ""}))


def test_a_clerk_books_for_whoever_calls(place: Place) -> None:
    client = office.client_of(office.clerk())
    page = f"{address('phone', 'dluga')}?sprawa=dowod&sprawa=rejestracja"
    form = html.fromstring(client.get(page).content)
    start = form.xpath("//input[@name='termin']/@value")[-1]
    names = {"given_name": "Ewa", "family_name": "Bąk"}

    missing = client.post(page, {"termin": start, **names})
    assert "Podaj telefon albo e-mail" in said(missing)
    done = client.post(page, {"termin": start, **names, "phone": "600 700 800"}, follow=True)

    visit = Visit.objects.get()
    assert f"Podaj kod do biletomatu: {visit.code}" in said(done)
    assert (visit.state, visit.person, visit.ends_at - visit.starts_at) == (
        "CONFIRMED",
        "Ewa Bąk",
        timedelta(minutes=45),
    )
    again = client.post(page, {"termin": start, **names, "phone": "600 700 800"})
    assert "nie ma już wśród wolnych" in said(again)


def test_the_office_calls_a_visit_off(place: Place) -> None:
    client = office.client_of(worker())
    times = free_times(place, the_matters()[:1], now=now())
    page = f"{address('phone', 'dluga')}?sprawa=rejestracja&dzien={max(times).isoformat()}"
    start = html.fromstring(client.get(page).content).xpath("//input[@name='termin']/@value")[0]
    client.post(page, {"termin": start, "given_name": "Ewa", "family_name": "Bąk", "phone": "600"})
    visit = Visit.objects.get()

    assert office.client_of(office.jan()).post(address("call_off", visit.pk)).status_code == 302
    assert Visit.objects.get().state == "CONFIRMED"
    client.post(address("call_off", visit.pk))
    assert Visit.objects.get().state == "CANCELLED"


def test_the_board_is_public_and_names_nobody(place: Place) -> None:
    visit, client = visit_today(place), office.client_of(worker())
    client.post(address("arrival", visit.pk))
    call_next(counter_of(place), actor=office.actor(worker()), after=None, now=now())

    page = Client().get(address("board", "dluga"))
    tree = html.fromstring(page.content)

    assert "R01" in said(page)
    assert "Kowalski" not in page.content.decode()
    assert tree.xpath("//*[@data-renew]/@id") == ["numery"]
    assert tree.xpath("//noscript/meta/@content") == ["15"]
    assert not html.fromstring(Client().get(f"{address('board', 'dluga')}?stoi=1").content).xpath(
        "//noscript"
    )
    assert Client().get(address("board", "nie-ma")).status_code == 404


def test_the_machine_gives_tickets_as_long_as_its_key_holds(place: Place) -> None:
    key, client = open_machine(place, actor=office.actor(head()), now=now()), Client()
    visit, page = visit_today(place), reverse("visits:machine", args=[key])

    assert "Twój numer: R01" in said(client.post(page, {"kod": visit.code}, follow=True))
    walk_in = client.post(page, {"sprawa": "dowod"}, follow=True)
    assert "Twój numer: B01" in said(walk_in)
    paper = html.fromstring(walk_in.content).xpath("//a[contains(@href, '.pdf')]/@href")[0]
    assert client.get(paper).content[:5] == b"%PDF-"
    assert "Nie ma dziś w tym miejscu" in said(client.post(page, {"kod": "000000"}))
    assert "ma 6 cyfr" in said(client.post(page, {"kod": "12"}))

    close_machine(place, actor=office.actor(head()), now=now())
    assert [client.get(each).status_code for each in (page, paper)] == [404, 404]
    assert Place.objects.get().machine_hash == ""


def test_tries_of_codes_at_the_machine_are_limited(place: Place) -> None:
    key, client = open_machine(place, actor=office.actor(head()), now=now()), Client()
    visit, page = visit_today(place), reverse("visits:machine", args=[key])
    for number in range(20):
        client.post(page, {"kod": f"{number:06d}"})

    assert "Zbyt wiele prób" in said(client.post(page, {"kod": visit.code}))
    assert Visit.objects.get().state == "CONFIRMED"


@pytest.mark.parametrize(("name", "queries"), [("overview", 9), ("day", 10), ("counter", 12)])
def test_each_list_costs_a_fixed_number_of_queries(
    place: Place, name: str, queries: int, django_assert_num_queries: object
) -> None:
    visit, client = visit_today(place), office.client_of(worker())
    client.post(address("arrival", visit.pk))
    for _ in range(2):
        give_ticket(place, "dowod", actor=None, now=now())
    args = {"overview": [], "day": ["dluga"], "counter": [counter_of(place).pk]}[name]

    with django_assert_num_queries(queries):  # type: ignore[operator]
        client.get(address(name, *args))
