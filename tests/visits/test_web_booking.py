"""The residents' pages: what is chosen is kept, what is taken is said, links do their one thing."""

from datetime import datetime

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from lxml import html

from starostwo.office import testing as office
from starostwo.visits.models import Matter, Place, Visit
from starostwo.visits.queries.times import free_times
from starostwo.visits.services.booking import Booked
from starostwo.visits.services.changing import confirm
from starostwo.visits.services.places import Limits
from starostwo.visits.testing import a_place, again, held, someone
from starostwo.visits.web.wording import in_figures

pytestmark = pytest.mark.django_db
TYPED = {"given_name": "Ewa", "family_name": "Bąk", "email": "ewa@example.pl", "phone": ""}


@pytest.fixture
def place() -> Place:
    return a_place(limits=Limits(most_open=1))


def free(place: Place, code: str = "dowod") -> datetime:
    """A time of the day after the first free one."""
    times = free_times(place, list(Matter.objects.filter(code=code)), now=now())
    return times[sorted(times)[1]][2].starts_at


def person_page(place: Place, at: datetime) -> str:
    return f"{reverse('visits:person')}?sprawa=dowod&miejsce={place.code}&termin={in_figures(at)}"


def a_visit(place: Place) -> Booked:
    return held(place, at=free(place), now=now())


def said(answer: HttpResponse) -> str:
    return " ".join(html.fromstring(answer.content).text_content().split())


def test_four_pages_lead_from_the_matter_to_the_person(place: Place) -> None:
    client = Client()

    where = client.get(reverse("visits:matters"), {"sprawa": ["rejestracja", "dowod"], "dalej": "1"})
    when = client.get(f"{where['Location']}&miejsce=dluga&dalej=1")
    hours = client.get(when["Location"])
    first = html.fromstring(hours.content).xpath("//input[@name='termin']/@value")[0]
    who = client.get(f"{when['Location']}&termin={first}&dalej=1")
    page = client.get(who["Location"])

    assert "Wizyta potrwa 45 minut" in said(hours)
    assert "Rejestracja pojazdu" in said(page)
    assert (where.status_code, when.status_code, who.status_code, page.status_code) == (302, 302, 302, 200)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/wizyty/?dalej=1", "Zaznacz sprawę"),
        ("/wizyty/miejsce/?sprawa=dowod&dalej=1", "Wybierz miejsce"),
        ("/wizyty/termin/?sprawa=dowod&miejsce=dluga&dalej=1", "Wybierz godzinę"),
        ("/wizyty/termin/?sprawa=dowod&miejsce=dluga&dalej=1&termin=20200101T0800Z", "nie ma wśród wolnych"),
    ],
)
def test_each_page_says_what_is_missing(place: Place, address: str, words: str) -> None:
    page = Client().get(address)

    assert page.status_code == 422
    assert words in html.fromstring(page.content).xpath("string(//*[contains(@class, 'error-summary')])")


@pytest.mark.parametrize(
    "address",
    [
        "/wizyty/miejsce/?sprawa=%00",
        "/wizyty/miejsce/",
        "/wizyty/termin/",
        "/wizyty/dane/",
        "/wizyty/do-potwierdzenia/",
    ],
)
def test_a_page_that_lacks_what_comes_before_it_leads_back(place: Place, address: str) -> None:
    answer = Client().get(address, follow=True)

    assert answer.redirect_chain
    assert "Z czym przychodzisz?" in said(answer)


def test_more_matters_than_a_visit_takes_are_refused_with_the_reason(place: Place) -> None:
    Matter.objects.create(code="czwarta", name="Czwarta", minutes=10, valid_from="2026-01-01")
    place.counters.get().matters.set(Matter.objects.all())

    codes = [code for code in Matter.objects.values_list("code", flat=True)]
    answer = Client().get(reverse("visits:matters"), {"sprawa": codes, "dalej": "1"})

    assert "najwyżej 3 sprawy" in said(answer)


def test_a_visitor_books_confirms_sees_and_calls_off(place: Place, settings: LazySettings) -> None:
    settings.DEMO, client = True, Client()

    waiting = client.post(person_page(place, free(place)), TYPED, follow=True)
    link = html.fromstring(waiting.content).xpath("//a[contains(@href, 'potwierdzenie')]/@href")[0]
    path = link.partition("//")[2].partition("/")[2]
    asked = client.get(f"/{path}")
    visit = Visit.objects.get()
    assert (visit.state, "Potwierdzam wizytę" in said(asked)) == ("HELD", True)

    shown = client.post(f"/{path}", follow=True)
    assert (again(visit).state, visit.code in said(shown)) == ("CONFIRMED", True)
    address = shown.redirect_chain[-1][0]
    assert again(visit).state == "CONFIRMED"
    assert "Odwołać wizytę?" in said(client.get(f"{address}odwolanie/"))
    assert again(visit).state == "CONFIRMED", "opening the page calls nothing off"

    gone = client.post(f"{address}odwolanie/", follow=True)
    assert "Wizyta jest odwołana" in said(gone)
    assert (again(visit).state, client.get(address).status_code) == ("CANCELLED", 404)


def test_a_taken_time_is_said_and_everything_typed_is_kept(place: Place) -> None:
    at, client = free(place), Client()
    held(place, at=at, person=someone(2), now=now())

    page = client.post(person_page(place, at), TYPED, follow=True)
    near = html.fromstring(page.content).xpath("//div[@role='alert']//a/@href")

    assert "Ten termin właśnie zajął ktoś inny" in said(page)
    assert len(near) == 6
    fields = html.fromstring(client.get(near[0]).content).xpath("//form[@method='post']")[0].fields
    assert {name: fields[name] or "" for name in TYPED} == TYPED
    assert Visit.objects.count() == 1


def test_a_change_of_the_time_keeps_what_was_typed(place: Place) -> None:
    client, address = Client(), person_page(place, free(place))

    times = client.post(address, {**TYPED, "email": "to nie adres", "zmien": "time"})
    fields = html.fromstring(client.get(address).content).xpath("//form[@method='post']")[0].fields

    assert times["Location"].startswith("/wizyty/termin/?sprawa=dowod&miejsce=dluga&termin=")
    assert (fields["family_name"], fields["email"]) == ("Bąk", "to nie adres")


def test_wrong_data_are_named_and_kept(place: Place) -> None:
    page = Client().post(person_page(place, free(place)), {**TYPED, "email": "", "family_name": ""})
    form = html.fromstring(page.content).xpath("//form[@method='post']")[0]

    assert "Uzupełnij pole „Nazwisko”" in said(page)
    assert form.fields["given_name"] == "Ewa"
    assert Visit.objects.count() == 0


def test_no_name_stands_in_an_address(place: Place) -> None:
    answer = Client().post(person_page(place, free(place)), TYPED, follow=True)

    assert not any("ewa" in url.lower() for url, _ in answer.redirect_chain)


def test_the_limit_of_a_person_is_explained(place: Place) -> None:
    a_visit(place)
    mine = {**TYPED, "email": "jan1@example.pl"}

    page = Client().post(person_page(place, free(place)), mine)

    assert page.status_code == 409
    assert "najwięcej 1" in said(page)
    assert Visit.objects.count() == 1


def test_too_many_bookings_from_one_address_wait(place: Place) -> None:
    client = Client()
    answers = [client.post(person_page(place, free(place)), TYPED).status_code for _ in range(21)]

    assert answers[-1] == 429
    assert Visit.objects.count() == 1


def test_a_resident_finds_his_data_filled_in_and_sees_his_visits(place: Place) -> None:
    client = office.client_of(office.piotr())
    address = person_page(place, free(place))
    fields = html.fromstring(client.get(address).content).xpath("//form[@method='post'][.//@name='email']")[0]
    assert fields.fields["family_name"] == "Wrona"

    shown = client.post(address, {**TYPED, "given_name": "Piotr", "family_name": "Wrona"}, follow=True)
    visit = Visit.objects.get()

    assert (visit.state, visit.code in said(shown)) == ("CONFIRMED", True)
    others = office.client_of(office.maria())
    assert visit.code not in said(others.get(reverse("visits:mine")))
    assert others.post(reverse("visits:own_cancellation", args=[visit.pk])).status_code == 404
    assert others.get(reverse("visits:own_cancellation", args=[visit.pk])).status_code == 404
    assert "Odwołać wizytę?" in said(client.get(reverse("visits:own_cancellation", args=[visit.pk])))
    assert again(visit).state == "CONFIRMED"
    client.post(reverse("visits:own_cancellation", args=[visit.pk]))
    assert again(visit).state == "CANCELLED"


def test_unknown_used_and_expired_links_look_the_same(place: Place) -> None:
    token, client = a_visit(place).token, Client()
    manage = confirm(token, now=now())
    pages = [
        client.get(reverse("visits:confirmation", args=[token])),
        client.get(reverse("visits:visit", args=[token])),
        client.get(reverse("visits:confirmation", args=[manage])),
        client.get(reverse("visits:visit", args=["x" * 43])),
        client.post(reverse("visits:cancellation", args=["x" * 43])),
    ]

    assert {page.status_code for page in pages} == {404}
    assert len({said(page) for page in pages}) == 1
    assert {page["Referrer-Policy"] for page in pages} == {"strict-origin"}


def test_a_service_card_leads_to_its_matter(place: Place, client: Client) -> None:
    Matter.objects.filter(code="dowod").update(card_code="pismo-ogolne")
    page = client.get(reverse("visits:matters"), {"sprawa": "dowod"})

    checked = html.fromstring(page.content).xpath("//input[@checked]/@value")
    assert checked == ["dowod"]
