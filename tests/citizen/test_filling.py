"""A resident fills a form: every answer is kept, errors lead to their fields, strangers see nothing."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from starostwo.citizen import queries, services
from starostwo.citizen.models import Draft
from starostwo.office import testing as office
from starostwo.procedures import api as procedures

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
CARD = "pismo-ogolne"


@pytest.fixture(autouse=True)
def catalogue(db: None) -> None:
    office.make_office()
    office.make_unit("ST", name="Starosta")
    office.make_unit("OR", name="Wydział Organizacyjny", parent="ST")
    procedures.load_forms(actor="system", now=NOW)
    procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=NOW)


@pytest.fixture
def piotr() -> Client:
    return office.client_of(office.piotr())


def begun(client: Client) -> Draft:
    client.post(f"/eboi/uslugi/{CARD}/nowy/")
    return Draft.objects.get()


def test_the_way_from_the_front_page_to_the_first_question(piotr: Client) -> None:
    assert f'href="/uslugi/{CARD}/"' in Client().get("/").content.decode()
    assert f'href="/eboi/uslugi/{CARD}/nowy/"' in Client().get(f"/uslugi/{CARD}/").content.decode()
    assert piotr.get(f"/eboi/uslugi/{CARD}/nowy/").status_code == 200

    answer = piotr.post(f"/eboi/uslugi/{CARD}/nowy/")

    draft = Draft.objects.get()
    assert answer["Location"] == f"/eboi/wnioski/{draft.pk}/pytania/sprawa/"


def test_services_are_found_by_inflected_words_and_without_diacritics() -> None:
    for words in ("wycinka drzewa", "dzialki", "prawa jazdy"):
        page = Client().get("/uslugi/", {"q": words}).content.decode()
        assert "Znaleziono" in page, words


def test_an_unknown_word_leads_on() -> None:
    assert "napisz pismo ogólne" in Client().get("/uslugi/", {"q": "qwertyzxc"}).content.decode()


def test_what_the_account_knows_is_filled_in(piotr: Client) -> None:
    answers = begun(piotr).answers

    assert set(answers.values()) >= {"Piotr", "Wrona", "Zgierz", "95-100"}


def test_a_wrong_answer_is_kept_and_said_to_be_wrong(piotr: Client) -> None:
    draft = begun(piotr)
    first = f"/eboi/wnioski/{draft.pk}/pytania/sprawa/"

    page = piotr.post(first, {"rodzaj": "wniosek", "temat": ""}).content.decode()

    assert "govuk-error-summary" in page
    draft.refresh_from_db()
    assert draft.answers["rodzaj"] == "wniosek"
    assert piotr.get(f"/eboi/wnioski/{draft.pk}/")["Location"] == first


def test_a_field_that_appears_is_asked_before_going_on(piotr: Client) -> None:
    draft = begun(piotr)
    first = f"/eboi/wnioski/{draft.pk}/pytania/sprawa/"

    page = piotr.post(first, {"rodzaj": "uzupelnienie", "temat": "Brakujący załącznik"}).content.decode()

    assert "Znak sprawy" in page
    assert "govuk-error-summary" not in page


def test_autosave_keeps_what_is_typed(piotr: Client) -> None:
    draft = begun(piotr)

    answer = piotr.post(f"/eboi/wnioski/{draft.pk}/pytania/sprawa/zapis/", {"temat": "Wycin"})

    draft.refresh_from_db()
    assert (answer.status_code, draft.answers["temat"]) == (204, "Wycin")


def test_a_draft_goes_on_with_another_device_where_it_was_left(piotr: Client) -> None:
    draft = begun(piotr)
    first = f"/eboi/wnioski/{draft.pk}/pytania/sprawa/"
    piotr.post(first, {"rodzaj": "wniosek", "temat": "Wycinka lipy"})
    files = [SimpleUploadedFile("mapa.txt", b"mapa")]
    piotr.post(f"/eboi/wnioski/{draft.pk}/zalaczniki/", {"uploads": files})
    piotr.post("/wylogowanie/")

    phone = office.client_of(office.piotr())
    place = phone.get(f"/eboi/wnioski/{draft.pk}/")["Location"]

    assert f'href="/eboi/wnioski/{draft.pk}/"' in phone.get("/eboi/").content.decode()
    assert 'value="Wycinka lipy"' in phone.get(place).content.decode()
    assert "mapa.txt" in phone.get(f"/eboi/wnioski/{draft.pk}/zalaczniki/").content.decode()


def test_a_card_shows_what_the_service_costs_from_which_day() -> None:
    page = Client().get("/uslugi/prawo-jazdy/").content.decode()

    assert re.search(r"100,00\szł\s*<span[^>]*>od 19.01.2013, ", page)


def test_files_of_other_kinds_are_refused_with_a_reason_and_the_rest_stays(piotr: Client) -> None:
    draft = begun(piotr)
    address = f"/eboi/wnioski/{draft.pk}/zalaczniki/"
    good = SimpleUploadedFile("notatka.txt", "Zażółć".encode())
    bad = SimpleUploadedFile("program.exe", b"MZ\x90\x00" + b"\x00" * 200)

    page = piotr.post(address, {"uploads": [good, bad]}).content.decode()

    assert "program.exe" in page
    assert "Tego rodzaju plików nie przyjmujemy" in page
    view = queries.draft_of(office.actor(office.piotr()), draft.pk)
    assert view is not None
    assert [file.name for file in view.files] == ["notatka.txt"]


@pytest.mark.parametrize(
    "rest", ["", "pytania/sprawa/", "zalaczniki/", "sprawdzenie/", "podpis/", "usuniecie/", "dokument.xml"]
)
def test_another_resident_a_clerk_and_nobody_do_not_find_the_draft(piotr: Client, rest: str) -> None:
    address = f"/eboi/wnioski/{begun(piotr).pk}/{rest}"
    missing = f"/eboi/wnioski/{uuid4()}/{rest}"
    maria, anna = office.client_of(office.maria()), office.client_of(office.anna())

    for stranger in (maria, anna):
        assert stranger.get(address).status_code == stranger.get(missing).status_code == 404
    assert Client().get(address).status_code == Client().get(missing).status_code == 302


def test_a_draft_untouched_for_thirty_days_is_thrown_away(piotr: Client) -> None:
    begun(piotr)

    assert services.discard_forgotten(now=now() + timedelta(days=29)) == 0
    assert services.discard_forgotten(now=now() + timedelta(days=31)) == 1
    assert not Draft.objects.exists()


def test_a_discarded_draft_is_gone(piotr: Client) -> None:
    draft = begun(piotr)

    piotr.post(f"/eboi/wnioski/{draft.pk}/usuniecie/")

    assert not Draft.objects.exists()


def test_queries_of_a_step(piotr: Client, django_assert_num_queries: Callable[[int], object]) -> None:
    address = f"/eboi/wnioski/{begun(piotr).pk}/pytania/sprawa/"
    piotr.get(address)

    with django_assert_num_queries(9):  # type: ignore[attr-defined]
        page = piotr.get(address)

    assert re.search(r"pytania 1 z \d", page.content.decode())
