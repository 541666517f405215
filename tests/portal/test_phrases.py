"""Short texts of the office: translated on a screen, shown in the language of the page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from starostwo.audit import api as audit
from starostwo.office import testing as office
from starostwo.portal import access
from starostwo.portal.models import Alert, Phrase, Shortcut
from starostwo.portal.queries import phrases as reads
from starostwo.portal.services import phrases, things
from starostwo.portal.testing import editing, editor

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
CAR = {"en": "Register a car", "uk": "Зареєструвати авто"}
pytestmark = pytest.mark.django_db


def shortcut(label: str = "Zarejestruj auto", url: str = "/uslugi/rejestracja-pojazdu/") -> Shortcut:
    return things.add(Shortcut, actor=editing(), values={"label": label, "url": url, "position": 1}, now=NOW)


def test_a_translated_text_stands_on_the_pages_of_its_language(client: Client) -> None:
    shortcut()
    phrases.translate("Zarejestruj auto", actor=editing(), into={"en": CAR["en"], "uk": ""}, now=NOW)

    assert "Register a car" in client.get("/en/").content.decode()
    assert '<span lang="pl">Zarejestruj auto</span>' in client.get("/uk/").content.decode()
    assert "Zarejestruj auto</a>" in client.get("/").content.decode()


def test_short_cuts_stay_in_the_language_of_the_page(client: Client) -> None:
    shortcut()
    shortcut("Biuletyn", "/bip/")
    shortcut("Rząd", "https://www.gov.pl/")
    page = client.get("/uk/").content.decode()

    assert 'href="/uk/uslugi/rejestracja-pojazdu/"' in page
    assert 'href="/bip/"' in page
    assert 'href="https://www.gov.pl/"' in page


def test_an_alert_is_announced_in_the_language(client: Client) -> None:
    moment = datetime.now(tz=UTC)
    values = {"text": "Nie działa telefon.", "starts_at": moment, "ends_at": moment + timedelta(days=1)}
    things.add(Alert, actor=editing(), values=values, now=moment)
    phrases.translate(
        "Nie działa telefon.", actor=editing(), into={"en": "No telephone.", "uk": ""}, now=moment
    )
    assert "No telephone." in client.get("/en/kontakt/").content.decode()


def test_the_office_s_words_cost_one_query(client: Client) -> None:
    for number in range(4):
        shortcut(f"Skrót {number}")
    client.get("/en/kontakt/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/en/")
    assert sum("portal_phrase" in query["sql"] for query in queries) == 1
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    assert sum("portal_phrase" in query["sql"] for query in queries) == 0


def test_the_list_begins_with_what_is_not_translated_and_leaves_out_what_the_program_says() -> None:
    editing()
    shortcut("Nowy skrót")
    shortcut("Pozwolenie na budowę")
    phrases.translate(
        "Wydział Promocji", actor=editing(), into={"en": "Promotion", "uk": "Промоція"}, now=NOW
    )

    found = reads.rows(NOW)
    texts = [row.text for row in found]
    assert "Nowy skrót" in texts
    assert "Pozwolenie na budowę" not in texts
    assert (found[-1].text, found[-1].is_whole) == ("Wydział Promocji", True)
    assert not found[0].is_whole


def test_an_editor_translates_on_the_screen(client: Client) -> None:
    client.force_login(editor())
    shortcut()
    key = next(row.key for row in reads.rows(NOW) if row.text == "Zarejestruj auto")
    address = f"/urzad/portal/tlumaczenia/{key}/"

    assert "Zarejestruj auto" in client.get("/urzad/portal/tlumaczenia/").content.decode()
    assert "Zarejestruj auto" in client.get(address).content.decode()
    assert client.post(address, CAR)["Location"] == "/urzad/portal/tlumaczenia/"
    assert dict(Phrase.objects.values_list("language", "translation")) == CAR
    assert [entry.verb for entry in audit.history("portal.phrases")] == ["translate"]
    client.post(address, {"en": CAR["en"], "uk": ""})
    assert list(Phrase.objects.values_list("language", flat=True)) == ["en"]
    assert client.get("/urzad/portal/tlumaczenia/0000/").status_code == 404


def test_nobody_else_translates(client: Client) -> None:
    other = office.make_staff("j.inny", "Jan Inny")
    with pytest.raises(access.NotAnEditor):
        phrases.translate("Skrót", actor=office.actor(other), into=CAR, now=NOW)
    client.force_login(other)
    assert client.get("/urzad/portal/tlumaczenia/").status_code == 404


def test_the_list_of_phrases_asks_a_fixed_number_of_queries(client: Client) -> None:
    client.force_login(editor())
    for number in range(6):
        shortcut(f"Skrót {number}")
    with CaptureQueriesContext(connection) as queries:
        client.get("/urzad/portal/tlumaczenia/")
    assert len(queries) == 18
