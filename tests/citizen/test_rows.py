"""Rows of a repeated group, without JavaScript: added, removed, kept, printed, said wrong at their place."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from lxml import etree

from starostwo.citizen.models import Draft
from starostwo.files import api as files
from starostwo.office import testing as office
from starostwo.procedures import api as procedures
from starostwo.procedures.models import ServiceCard
from starostwo.procedures.services import publish_form
from tests.procedures.test_groups import FORM

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
FIRST = {"wlasciciele-1-nazwa": "Zofia Żak", "wlasciciele-1-rodzaj": "osoba", "wlasciciele-1-udzial": "1/2"}
SECOND = {
    "wlasciciele-2-nazwa": "Budomax",
    "wlasciciele-2-rodzaj": "firma",
    "wlasciciele-2-nip": "7251801126",
}


@pytest.fixture
def piotr(db: None) -> Client:
    office.make_office()
    office.make_unit("ST", name="Starosta")
    procedures.load_forms(actor="system", now=NOW)
    procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=NOW)
    publish_form(FORM, actor="system", now=NOW)
    ServiceCard.objects.filter(code="pismo-ogolne").update(form_code="wspolwlasnosc")
    return office.client_of(office.piotr())


@pytest.fixture
def step(piotr: Client) -> str:
    piotr.post("/eboi/uslugi/pismo-ogolne/nowy/")
    return f"/eboi/wnioski/{Draft.objects.get().pk}/pytania/kto/"


def test_a_row_is_added_and_what_was_typed_stays(piotr: Client, step: str) -> None:
    answer = piotr.post(step, FIRST | {"dodaj": "wlasciciele"})

    assert answer["Location"] == f"{step}#wlasciciele-2"
    page = piotr.get(step).content.decode()
    assert 'value="Zofia Żak"' in page
    assert 'name="wlasciciele-2-nazwa"' in page
    assert "Usuń: Właściciel 2" in page


def test_enter_in_a_field_goes_on_and_removes_nothing(piotr: Client, step: str) -> None:
    piotr.post(step, FIRST | {"dodaj": "wlasciciele"})

    page = piotr.get(step).content.decode()

    assert page.index('name="dalej"') < page.index('name="usun"')


def test_a_row_is_removed_and_the_next_moves_up(piotr: Client, step: str) -> None:
    piotr.post(step, FIRST | {"dodaj": "wlasciciele"})

    piotr.post(step, FIRST | SECOND | {"usun": "wlasciciele-1"})

    answers = Draft.objects.get().answers
    assert (answers["wlasciciele"], answers["wlasciciele-1-nazwa"]) == ("1", "Budomax")
    assert "wlasciciele-2-nazwa" not in answers


def test_the_last_row_a_fourth_row_and_a_stale_button_change_nothing(piotr: Client, step: str) -> None:
    for pressed in ({"usun": "wlasciciele-1"}, {"usun": "wlasciciele-7"}, {"usun": "x"}, {"dodaj": "nie_ma"}):
        assert piotr.post(step, FIRST | pressed).status_code == 302
    for _ in range(5):
        piotr.post(step, FIRST | {"dodaj": "wlasciciele"})

    answers = Draft.objects.get().answers
    assert (answers["wlasciciele"], answers["wlasciciele-1-nazwa"]) == ("3", "Zofia Żak")
    assert "To największa liczba wpisów" in piotr.get(step).content.decode()


def test_what_is_wrong_in_a_row_is_said_there(piotr: Client, step: str) -> None:
    piotr.post(step, FIRST | {"dodaj": "wlasciciele"})
    piotr.post(step, FIRST | SECOND)

    page = piotr.post(step, FIRST | SECOND | {"wlasciciele-2-nazwa": ""}).content.decode()

    assert '<a href="#id_wlasciciele-2-nazwa">Właściciel 2: uzupełnij: Imię i nazwisko</a>' in page


def test_a_question_that_appears_in_a_row_is_asked_before_going_on(piotr: Client, step: str) -> None:
    page = piotr.post(step, FIRST | {"wlasciciele-1-rodzaj": "firma"}).content.decode()

    assert 'name="wlasciciele-1-nip"' in page
    assert "govuk-error-summary" not in page


def test_autosave_keeps_rows(piotr: Client, step: str) -> None:
    piotr.post(f"{step}zapis/", {"wlasciciele-1-nazwa": "Zof", "wlasciciele-9-nazwa": "nie ma takiego wpisu"})

    answers = Draft.objects.get().answers
    assert answers["wlasciciele-1-nazwa"] == "Zof"
    assert "wlasciciele-9-nazwa" not in answers


def test_rows_stand_in_the_check_the_document_and_the_printout(piotr: Client, step: str) -> None:
    piotr.post(step, FIRST | {"dodaj": "wlasciciele"})
    piotr.post(step, FIRST | SECOND)
    assert piotr.post(step, FIRST | SECOND)["Location"].endswith("/pytania/co/")
    draft = Draft.objects.get()
    piotr.post(f"/eboi/wnioski/{draft.pk}/pytania/co/", {"miesiace": "4", "cel": ["osoba"]})

    check = piotr.get(f"/eboi/wnioski/{draft.pk}/sprawdzenie/").content.decode()
    piotr.post(f"/eboi/wnioski/{draft.pk}/zamkniecie/")

    assert check.index("Właściciel 1") < check.index("Zofia Żak") < check.index("Właściciel 2")
    draft.refresh_from_db()
    assert draft.document is not None
    assert draft.printout is not None
    with files.open_blob(draft.document.sha256) as file:
        rows = etree.fromstring(file.read()).findall(".//{*}wlasciciele/{*}wpis")
    assert [row.findtext("{*}nazwa") for row in rows] == ["Zofia Żak", "Budomax"]
    assert piotr.get(f"/eboi/wnioski/{draft.pk}/dokument.pdf").content.startswith(b"%PDF-")


def test_the_address_leads_to_a_heading_of_the_first_fault(piotr: Client, step: str) -> None:
    piotr.post(step, FIRST | {"wlasciciele-1-udzial": "5/2"})

    page = piotr.get(step.replace("pytania/kto/", "sprawdzenie/")).content.decode()

    assert f'href="{step}"' in page
