"""Filled from an earlier application: only when the resident says so, only his own, no statement, no date."""

import json
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.test import Client

from starostwo.citizen import services
from starostwo.citizen.models import Draft
from starostwo.files import api as files
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.procedures import api as procedures
from starostwo.procedures.rules.carrying import carried
from starostwo.procedures.rules.defining import read_definition
from starostwo.procedures.services import DATA, publish_form

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
CARD = "rejestracja-pojazdu"
TICKED = {"z_poprzedniego": "on"}


@pytest.fixture(autouse=True)
def catalogue(db: None) -> None:
    office.make_office()
    procedures.load_forms(actor="system", now=NOW)
    procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=NOW)


@pytest.fixture
def piotr() -> Client:
    return office.client_of(office.piotr())


def sent(account: Account, code: str = CARD) -> Draft:
    """An application of the service that was sent with its sample answers."""
    form = procedures.form(code)
    assert form is not None
    blob = files.put(b"<a/>", name="a.xml", limit=100)
    return Draft.objects.create(
        account=account, card_code=code, form_code=code, form_version=1, title="Wysłany wniosek",
        answers=procedures.sample_of(form), state=Draft.State.SENT, document=blob, printout=blob,
        submission=uuid4(), started_at=NOW, saved_at=NOW,
    )  # fmt: skip


def begun(client: Client, code: str, ticked: dict[str, str]) -> dict[str, str]:
    client.post(f"/eboi/uslugi/{code}/nowy/", ticked)
    answers: dict[str, str] = Draft.objects.get(state=Draft.State.FILLING).answers
    return answers


def test_the_page_offers_it_unticked_and_says_what_will_be_taken(piotr: Client) -> None:
    assert "Wpisz dane z poprzedniego wniosku" not in piotr.get(f"/eboi/uslugi/{CARD}/nowy/").content.decode()
    sent(office.piotr())

    page = piotr.get(f"/eboi/uslugi/{CARD}/nowy/").content.decode()
    other = piotr.get("/eboi/uslugi/wyrejestrowanie/nowy/").content.decode()

    assert "„Wysłany wniosek”, wysłany 23" in page
    assert "Przepiszemy wszystkie odpowiedzi oprócz dat i oświadczeń." in page
    assert "Przepiszemy tylko Twoje dane." in other
    assert "checked" not in page


def test_without_his_consent_nothing_is_taken(piotr: Client) -> None:
    sent(office.piotr())

    assert "vin" not in begun(piotr, CARD, {})


def test_of_the_same_service_all_is_taken_but_statements_and_dates(piotr: Client) -> None:
    sent(office.piotr())

    answers = begun(piotr, CARD, TICKED)

    assert (answers["vin"], answers["wlasciciele"], answers["wlasciciele-2-regon"]) == (
        "WVWZZZ1JZ3W386752",
        "2",
        "472057715",
    )
    assert answers["nazwisko"] == "Żółć-Łęcka"
    assert not {"oswiadczenie", "nabyty_dnia"} & answers.keys()


def test_of_another_service_only_the_person_is_taken(piotr: Client) -> None:
    sent(office.piotr())

    answers = begun(piotr, "wyrejestrowanie", TICKED)

    assert (answers["imie"], answers["w_imieniu"]) == ("Zofia", "wlasnym")
    assert not {"vin", "marka", "nr_rejestracyjny", "sposob_odbioru"} & answers.keys()


def test_another_residents_application_is_not_offered_and_not_taken(piotr: Client) -> None:
    foreign = sent(office.maria())

    assert "poprzedniego wniosku" not in piotr.get(f"/eboi/uslugi/{CARD}/nowy/").content.decode()
    assert "vin" not in begun(piotr, CARD, TICKED)
    with pytest.raises(services.NoSuchDraft):
        services.begin(CARD, actor=office.actor(office.piotr()), known={}, now=NOW, today=NOW.date(),
                       earlier=foreign.pk)  # fmt: skip


def test_a_newer_version_takes_only_what_it_still_asks_and_accepts() -> None:
    data = json.loads((DATA / "forms" / f"{CARD}.1.json").read_text())
    old = read_definition(data)
    sample = procedures.sample_of(old)
    fields = data["steps"][0]["fields"]
    fields[0]["choices"] = fields[0]["choices"][1:]  # a car is not offered any more
    fields[1]["type"] = "text"
    data["steps"][1]["fields"][0]["most"] = 1

    answers = carried(old, sample, read_definition(data | {"version": 2}))

    assert not {"rodzaj_pojazdu", "nr_rejestracyjny", "wlasciciele-2-adres"} & answers.keys()
    assert (answers["marka"], answers["wlasciciele"]) == ("Volkswagen", "1")


def test_an_open_draft_goes_on_with_its_version_when_a_newer_one_is_published(piotr: Client) -> None:
    begun(piotr, CARD, {})
    old = Draft.objects.get()
    data = json.loads((DATA / "forms" / f"{CARD}.1.json").read_text())
    data["steps"][0]["title"] = {"pl": "Nowy tytuł strony"}
    publish_form(data | {"version": 2}, actor="system", now=NOW)

    page = piotr.get(f"/eboi/wnioski/{old.pk}/pytania/pojazd/").content.decode()
    piotr.post(f"/eboi/uslugi/{CARD}/nowy/")

    assert "Nowy tytuł strony" not in page
    new = Draft.objects.exclude(pk=old.pk).get()
    assert (old.form_version, new.form_version) == (1, 2)
    assert "Nowy tytuł strony" in piotr.get(f"/eboi/wnioski/{new.pk}/pytania/pojazd/").content.decode()
