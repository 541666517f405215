"""Events month by month, alerts while they matter, contacts without people; each kept by editors alone."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.timezone import localtime, now
from lxml import html

from starostwo.audit import api as audit
from starostwo.office import testing as office
from starostwo.portal.access import NotAnEditor
from starostwo.portal.models import Alert, Event, Shortcut, UnitContact
from starostwo.portal.queries import events as reads
from starostwo.portal.services import things
from starostwo.portal.testing import editing, editor
from starostwo.screens import menus

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def make_event(title: str = "Kiermasz", *, starts_at: datetime = NOW, **told: Any) -> Event:
    values = {"title": title, "summary": "Krótko.", "place": "Zgierz, Stary Rynek", "starts_at": starts_at}
    return things.add(Event, actor=editing(), values={**values, "is_shown": True, **told}, now=NOW)


def make_alert(
    text: str = "Awaria telefonów.", *, starts_at: datetime, ends_at: datetime, **told: Any
) -> Alert:
    values = {"text": text, "starts_at": starts_at, "ends_at": ends_at, **told}
    return things.add(Alert, actor=editing(), values=values, now=NOW)


def page(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_month_shows_its_events_day_by_day() -> None:
    make_event("Kolędy", starts_at=datetime(2026, 12, 5, 16, tzinfo=UTC))
    make_event(
        "Targi",
        starts_at=datetime(2026, 11, 29, 8, tzinfo=UTC),
        ends_at=datetime(2026, 12, 2, 15, tzinfo=UTC),
    )
    make_event("Po Nowym Roku", starts_at=datetime(2027, 1, 2, tzinfo=UTC))
    make_event("Szkic", starts_at=datetime(2026, 12, 6, tzinfo=UTC), is_shown=False)

    tree = html.fromstring(page("/wydarzenia/?miesiac=2026-12"))

    assert tree.xpath("//main//h2/text()") == ["grudzień 2026"]
    assert tree.xpath("//section[@class='st-day']/h3/text()") == ["1 grudnia 2026", "5 grudnia 2026"]
    assert tree.xpath("//p[@class='st-events__title']/a/text()") == ["Targi", "Kolędy"]
    assert tree.xpath("//nav[@class='st-months']/a/@href") == [
        "?miesiac=2026-11",
        "/wydarzenia/",
        "?miesiac=2027-01",
    ]


@pytest.mark.parametrize("asked", ["2026-13", "x", "1999-12", "2101-01", "0000-01"])
def test_no_such_month(asked: str) -> None:
    assert Client().get(f"/wydarzenia/?miesiac={asked}").status_code == 404


def test_an_empty_month_says_so() -> None:
    assert "nie ma zapisanych wydarzeń" in page("/wydarzenia/?miesiac=2026-07")


def test_an_event_has_its_page_and_its_file() -> None:
    made = make_event(ends_at=NOW + timedelta(hours=2), text="Zobacz [plan](/powiat/).", access="bez progów")
    make_event("Szkic", is_shown=False)

    assert "bez progów" in page(f"/wydarzenia/{made.slug}/")
    answer = Client().get(f"/wydarzenia/{made.slug}/termin.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"DTSTART:20261123T090500Z" in answer.content
    assert Client().get("/wydarzenia/szkic/").status_code == 404
    assert Client().get("/wydarzenia/szkic/termin.ics").status_code == 404


def test_the_calendar_file_names_what_is_to_come_and_what_was_lately() -> None:
    for title, days in (("Dawno", -90), ("Niedawno", -5), ("Wkrótce", 5)):
        make_event(title, starts_at=now() + timedelta(days=days))

    content = page("/wydarzenia/kalendarz.ics")

    assert [name for name in ("Dawno", "Niedawno", "Wkrótce") if f"SUMMARY:{name}" in content] == [
        "Niedawno",
        "Wkrótce",
    ]


def test_what_goes_on_now_is_still_ahead() -> None:
    make_event("Trwa", starts_at=NOW - timedelta(hours=1), ends_at=NOW + timedelta(hours=1))
    make_event("Minęło", starts_at=NOW - timedelta(hours=1))

    assert [event.title for event in reads.next_events(NOW, 4)] == ["Trwa"]


def test_an_alert_stands_on_every_public_page_while_it_is_in_force() -> None:
    office.make_office()
    moment, hour = now(), timedelta(hours=1)
    make_alert(
        "Burza.",
        starts_at=moment - hour,
        ends_at=moment + hour,
        is_urgent=True,
        url="/kontakt/",
        words="Telefony alarmowe",
    )
    make_alert("Było.", starts_at=moment - 2 * hour, ends_at=moment - hour)
    make_alert("Będzie.", starts_at=moment + hour, ends_at=moment + 2 * hour)

    for address in ("/", "/uslugi/", "/aktualnosci/", "/kontakt/", "/nie-ma-takiej/"):
        tree = html.fromstring(Client().get(address).content)
        said = tree.xpath("//section[@class='st-alerts']//li")
        assert [" ".join(one.text_content().split()) for one in said] == [
            "Pilne: Burza. Telefony alarmowe"
        ], address
    staff = office.client_of(editor()).get("/urzad/portal/wpisy/komunikaty/").content.decode()
    assert "st-alerts" not in staff


def test_the_database_refuses_an_alert_that_ends_before_it_starts_or_names_no_link() -> None:
    alert = make_alert(starts_at=NOW, ends_at=NOW + timedelta(hours=1))

    for wrong in ({"ends_at": NOW}, {"url": "/kontakt/"}, {"words": "Kontakt"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Alert.objects.filter(pk=alert.pk).update(**wrong)


def test_contacts_come_from_the_structure_and_name_nobody() -> None:
    office.make_office()
    office.ewa()
    things.add(UnitContact, actor=editing(), values={"unit": "GN", "phone": "42 111 22 33"}, now=NOW)

    text = page("/kontakt/")

    assert "Wydział Gospodarki Nieruchomościami" in text
    assert "42 111 22 33" in text
    assert [name for name in ("Lis", "Ewa") if name in text] == []
    seats, rows = reads.contacts(date(2026, 11, 23))
    assert seats == []
    assert {row.unit.symbol for row in rows} == {"ST", "GN", "PK"}


def test_short_cuts_take_the_place_of_the_catalogue() -> None:
    things.add(
        Shortcut, actor=editing(), values={"label": "Zgłoś dziurę", "url": "/uslugi/", "position": 1}, now=NOW
    )

    assert html.fromstring(page("/")).xpath("//ul[@class='st-tiles']//a/text()") == ["Zgłoś dziurę"]


FIELDS: dict[str, dict[str, str]] = {
    "wydarzenia": {
        "title": "Kiermasz",
        "summary": "Krótko.",
        "starts_at": "05.12.2026 17:00",
        "place": "Zgierz",
        "is_shown": "on",
    },
    "komunikaty": {"text": "Awaria.", "starts_at": "05.12.2026 17:00", "ends_at": "06.12.2026 17:00"},
    "skroty": {"label": "Usługi", "url": "/uslugi/", "position": "1"},
    "kontakty": {"unit": "PK", "phone": "42 1"},
}


@pytest.mark.parametrize("section", FIELDS)
def test_editors_add_and_change_things_on_one_pair_of_screens(section: str) -> None:
    client, base = office.client_of(editor()), f"/urzad/portal/wpisy/{section}/"

    assert "Nie ma tu jeszcze" in client.get(base).content.decode()
    assert client.post(f"{base}nowy/", {}).status_code == 422
    assert client.post(f"{base}nowy/", FIELDS[section]).status_code == 302
    row = html.fromstring(client.get(base).content).xpath("string(//a[@data-row-open]/@href)")
    assert client.get(row).status_code == 200
    assert client.post(row, FIELDS[section]).status_code == 302
    assert [e.verb for e in audit.acts_of(office.actor(editor()).audit_name)] == ["change", "add"]


@pytest.mark.parametrize(
    ("section", "wrong", "said"),
    [
        ("wydarzenia", {"ends_at": "05.12.2026 16:00"}, "później niż początek"),
        ("wydarzenia", {"starts_at": "jutro"}, "Podaj dzień i godzinę"),
        ("komunikaty", {"url": "/kontakt/"}, "nie ma treści"),
        ("komunikaty", {"url": "/kontakt/", "words": "kliknij tutaj"}, "dokąd prowadzi"),
        ("skroty", {"url": "javascript:alert"}, "niepoprawny"),
    ],
)
def test_a_refusal_says_what_to_do(section: str, wrong: dict[str, str], said: str) -> None:
    answer = office.client_of(editor()).post(f"/urzad/portal/wpisy/{section}/nowy/", FIELDS[section] | wrong)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_second_contact_of_a_unit_is_refused() -> None:
    client = office.client_of(editor())
    client.post("/urzad/portal/wpisy/kontakty/nowy/", FIELDS["kontakty"])

    answer = client.post("/urzad/portal/wpisy/kontakty/nowy/", FIELDS["kontakty"])

    assert "już istnieje" in answer.content.decode()
    assert UnitContact.objects.count() == 1


def test_only_editors_keep_things() -> None:
    anna, event = office.actor(office.anna()), make_event()

    with pytest.raises(NotAnEditor):
        things.add(Event, actor=anna, values={"title": "X"}, now=NOW)
    with pytest.raises(NotAnEditor):
        things.change(Event, event.pk, actor=anna, values={"title": "X"}, now=NOW)
    assert office.client_of(office.anna()).get("/urzad/portal/wpisy/wydarzenia/").status_code == 404
    assert Event.objects.get().title == "Kiermasz"


def test_lists_take_the_same_queries_for_one_and_for_three(django_assert_num_queries: Any) -> None:
    client = office.client_of(editor())
    for number in range(3):
        make_event(f"Wydarzenie {number}", starts_at=now())
        with django_assert_num_queries(6):
            client.get("/urzad/portal/wpisy/wydarzenia/")
        with django_assert_num_queries(3):
            page("/wydarzenia/")
        with django_assert_num_queries(5):
            page("/kontakt/")


def test_every_entry_of_the_menus_leads_somewhere() -> None:
    assert [name for name in menus.missing() if name.startswith("portal:")] == []
    assert localtime(NOW).hour == 10


def test_what_comes_next_is_a_feed_in_both_forms() -> None:
    make_event("Kiermasz", starts_at=now() + timedelta(days=2))
    make_event("Dawne", starts_at=now() - timedelta(days=2))
    make_event("Ukryte", starts_at=now() + timedelta(days=2), is_shown=False)

    for name in ("atom.xml", "rss.xml"):
        fed = page(f"/wydarzenia/kanal/{name}")
        assert [title for title in ("Kiermasz", "Dawne", "Ukryte") if title in fed] == ["Kiermasz"]
        assert "/wydarzenia/kiermasz/" in fed
        assert "Zgierz, Stary Rynek" in fed
        assert f"/wydarzenia/kanal/{name}" in page("/wydarzenia/")
    assert Client().get("/wydarzenia/kanal/inny.xml").status_code == 404
