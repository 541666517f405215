"""What residents complain of in other offices' forms does not happen here."""

from datetime import UTC, date, datetime
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from starostwo.citizen import services
from starostwo.citizen.models import Draft, DraftFile
from starostwo.office import testing as office
from starostwo.procedures import api as procedures
from starostwo.records.models import Letter
from starostwo.signatures.testing import build_keys

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
KNOWN = {"given_name": "Piotr", "family_name": "Wrona", "street": "ul. Leśna 12", "postcode": "95-100",
         "town": "Zgierz", "email": "piotr@example.pl"}  # fmt: skip
ANSWERS = {"rodzaj": "wniosek", "w_imieniu": "wlasnym", "sposob_odbioru": "konto", "temat": "Wycinka lipy",
           "tresc": "Proszę o zgodę na usunięcie lipy."}  # fmt: skip


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


def begun(*, filled: bool = False) -> str:
    """The address of a new application; of one with every question answered, if wanted."""
    actor = office.actor(office.piotr())
    made = services.begin("pismo-ogolne", actor=actor, known=KNOWN, now=NOW, today=NOW.date())
    form = procedures.form("pismo-ogolne")
    assert form is not None
    for step in form.steps if filled else ():
        given = {field.name: ANSWERS[field.name] for field in step.fields if field.name in ANSWERS}
        services.answer(made.pk, actor=actor, step=step.name, answers=given, now=NOW)
    return f"/eboi/wnioski/{made.pk}/"


def test_a_file_of_a_paused_application_is_opened_on_another_device(piotr: Client) -> None:
    place = begun()
    piotr.post(f"{place}zalaczniki/", {"uploads": [SimpleUploadedFile("mapa.txt", b"mapa drzew")]})
    piotr.post("/wylogowanie/")
    phone = office.client_of(office.piotr())
    stranger = office.client_of(office.make_resident("maria", "Maria Zych"))

    file = f"{place}zalaczniki/{DraftFile.objects.get().pk}/"

    assert f'href="{file}"' in phone.get(f"{place}zalaczniki/").content.decode()
    assert b"".join(phone.get(file)) == b"mapa drzew"
    assert stranger.get(file).status_code == 404


@pytest.mark.parametrize("before", [True, False], ids=["file first", "answers first"])
def test_saving_and_uploading_in_either_order_keep_both(piotr: Client, before: bool) -> None:
    place = begun()
    acts = [
        lambda: piotr.post(f"{place}zalaczniki/", {"uploads": [SimpleUploadedFile("mapa.txt", b"mapa")]}),
        lambda: piotr.post(f"{place}pytania/sprawa/zapis/", ANSWERS),
    ]
    for act in acts if before else reversed(acts):
        act()

    assert Draft.objects.get().answers["temat"] == "Wycinka lipy"
    assert "mapa.txt" in piotr.get(f"{place}zalaczniki/").content.decode()
    assert 'value="Wycinka lipy"' in piotr.get(f"{place}pytania/sprawa/").content.decode()


@pytest.mark.parametrize("page", ["pytania/sprawa/", "zalaczniki/", "sprawdzenie/"])
def test_after_a_lost_session_one_returns_to_the_very_page_with_everything_there(page: str) -> None:
    piotr = office.client_of(office.piotr())
    place = begun(filled=True)
    piotr.session.flush()

    sent_away = piotr.get(place + page)
    back = office.client_of(office.piotr()).get(place + page)

    assert sent_away.status_code == 302
    assert unquote(sent_away["Location"]) == f"/logowanie/?next={place}{page}"
    assert back.status_code == 200
    assert Draft.objects.get().answers["temat"] == "Wycinka lipy"


def test_a_sent_application_is_neither_changed_nor_thrown_away(piotr: Client) -> None:
    build_keys([])
    place = begun(filled=True)
    piotr.post(f"{place}zamkniecie/")
    receipt = piotr.post(f"{place}wyslanie/")["Location"]

    for act in ("zmiana/", "usuniecie/", "pytania/sprawa/", "wyslanie/"):
        piotr.post(place + act, ANSWERS | {"temat": "Coś innego"})

    draft = Draft.objects.get()
    assert (draft.state, Letter.objects.count()) == ("SENT", 1)
    assert draft.answers["temat"] == "Wycinka lipy"
    assert piotr.get(receipt).status_code == 200


def test_a_mistake_is_said_in_words_at_the_top_and_leads_to_its_field(piotr: Client) -> None:
    place = begun()

    page = piotr.post(f"{place}pytania/sprawa/", {"rodzaj": "wniosek", "temat": ""}).content.decode()

    assert 'role="alert"' in page
    assert 'href="#id_temat"' in page
    assert page.index('href="#id_temat"') < page.index('id="id_temat"')
    assert "temat:" not in page
    assert 'value="wniosek"' in page
    assert "checked" in page
