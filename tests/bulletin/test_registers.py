"""Registers: their fields, the days counted from them, their tables and files for everybody."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from starostwo.bulletin.models import Version
from starostwo.bulletin.rules.public_terms import property_shown_until, served_by_notice, settle_petition_by
from starostwo.bulletin.rules.registers import BY_CODE, TYPED, faults_of, lines_of
from starostwo.bulletin.services import drafts, publishing
from starostwo.office import testing as office
from tests.bulletin.makers import NOW, TODAY, a_draft, a_section, editor, published, renew_lists, submitted

RESOLUTION = {
    "number": "XII/98/2026",
    "organ": "Rada Powiatu",
    "adopted_on": "2026-11-19",
    "standing": "obowiązuje",
}


@pytest.mark.law("k.p.a. art. 49 par. 2")
@pytest.mark.law("k.p.a. art. 57 par. 1")
@pytest.mark.parametrize(
    ("public_on", "served_on", "why"),
    [
        (date(2026, 11, 2), date(2026, 11, 16), "the day of the notice is not counted"),
        (date(2026, 12, 18), date(2027, 1, 1), "a day off stays: nobody has to act on it"),
        (date(2028, 2, 15), date(2028, 2, 29), "a leap year"),
    ],
)
def test_a_public_notice_serves_after_fourteen_days(public_on: date, served_on: date, why: str) -> None:
    assert served_by_notice(public_on) == served_on, why


@pytest.mark.law("ustawa o petycjach art. 10 ust. 1")
@pytest.mark.law("u.g.n. art. 35 ust. 1")
def test_petitions_and_lists_of_property() -> None:
    assert settle_petition_by(date(2026, 11, 30)) == date(2027, 2, 28)
    assert settle_petition_by(date(2026, 3, 10)) == date(2026, 6, 10)
    assert property_shown_until(date(2026, 11, 2)) == date(2026, 11, 23)


@pytest.mark.law("ustawa o petycjach art. 8")
@pytest.mark.parametrize(
    ("petitioner", "consent", "is_right"),
    [
        ("", "nie", True),
        ("Stowarzyszenie", "tak", True),
        ("Jan Wrona", "nie", False),
        ("Jan Wrona", "", False),
    ],
)
def test_a_petitioner_is_named_only_with_consent(petitioner: str, consent: str, is_right: bool) -> None:
    values = {"received_on": "2026-11-02", "petitioner": petitioner, "consent": consent}
    said = [one for one in faults_of("petycja", values) if "zgod" in one and "Podmiot" in one]
    assert (said == []) is is_right


def test_what_a_register_needs_is_asked_for() -> None:
    assert faults_of("uchwala", RESOLUTION) == []
    assert faults_of("uchwala", {**RESOLUTION, "number": " "}) == ["Uzupełnij pole „Numer”."]
    assert faults_of("informacja", {}) == []


def test_fields_are_written_for_people() -> None:
    values = {"mark": "GN.6821.3.2026", "organ": "Starosta"}
    assert lines_of("obwieszczenie", values, date(2026, 11, 2)) == [
        ("Znak sprawy", "GN.6821.3.2026"),
        ("Organ", "Starosta"),
        ("Doręczenie z upływem dnia", "16.11.2026 (k.p.a. art. 49)"),
    ]
    plot = {"plot": "12/3", "price": "12345600", "shown_from": "2026-11-02"}
    shown = dict(lines_of("nieruchomosc", plot, date(2026, 11, 3)))
    assert shown["Cena"] == "123\N{NO-BREAK SPACE}456,00\N{NO-BREAK SPACE}zł"
    assert shown["Wykaz do"] == "23.11.2026 (u.g.n. art. 35)"


def test_the_duties_of_a_county_have_their_registers() -> None:
    wanted = {"uchwala", "zarzadzenie", "petycja", "zamowienie", "nabor", "nieruchomosc"}
    assert wanted | {"obwieszczenie", "oswiadczenie", "kontrola", "zbior", "sprawozdanie"} == {
        one.code for one in TYPED
    }
    assert all(BY_CODE[one.code].section for one in TYPED)


def test_a_register_is_written_on_its_own_form(bulletin: Path) -> None:
    section = a_section("uchwaly", "Uchwały")
    client = office.client_of(office.Account.objects.get(pk=editor().account_id))
    form = {
        "section": section.pk,
        "title": "Uchwała w sprawie budżetu",
        "text": "Treść.",
        "pole_number": "XII/98/2026",
        "pole_organ": "Rada Powiatu",
        "pole_adopted_on": "19.11.2026",
    }

    assert "Numer" in client.get("/urzad/bip/nowa/?rodzaj=uchwala").content.decode()
    client.post("/urzad/bip/nowa/?rodzaj=uchwala", form)

    version = Version.objects.get()
    assert version.fields == {k: v for k, v in RESOLUTION.items() if k != "standing"}
    assert version.item.kind == "uchwala"
    page = client.get(f"/urzad/bip/{version.item_id}/wersja-robocza/").content.decode()
    assert "Uzupełnij pole „Stan”." in page
    assert 'value="19.11.2026"' in page
    with pytest.raises(drafts.NotReady):
        submitted(version)


def test_a_register_is_a_table_and_files(bulletin: Path) -> None:
    item = published(a_section("uchwaly"), kind="uchwala", title="=Uchwała", fields=RESOLUTION)
    renew_lists(item)

    table = Client().get("/bip/rejestr/uchwala/").content.decode()
    for said in ("XII/98/2026", "19.11.2026", "Rada Powiatu", "obowiązuje", "=Uchwała"):
        assert said in table
    sheet = Client().get("/bip/rejestr/uchwala/uchwala.csv")
    assert sheet["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][:3] == ["'=Uchwała", "XII/98/2026", "Rada Powiatu"]
    data = json.loads(Client().get("/bip/rejestr/uchwala/uchwala.json").content)
    assert data[0]["title"] == "=Uchwała"
    assert data[0]["adopted_on"] == "2026-11-19"
    assert "Doręczenie" not in Client().get(f"/bip/informacja/{item.pk}/").content.decode()


def test_a_notice_says_when_it_counts_as_served(bulletin: Path) -> None:
    item = published(kind="obwieszczenie", fields={"mark": "GN.6821.3.2026", "organ": "Starosta"})

    assert "07.12.2026 (k.p.a. art. 49)" in Client().get(f"/bip/informacja/{item.pk}/").content.decode()
    assert "07.12.2026" in Client().get("/bip/rejestr/obwieszczenie/").content.decode()


@pytest.mark.law("ustawa o otwartych danych art. 11")
def test_programs_read_the_catalogue_of_open_data(bulletin: Path) -> None:
    values = {"licence": "CC BY 4.0", "frequency": "co rok"}
    item = published(kind="zbior", title="Drogi powiatowe", fields=values)
    publishing.publish(actor="system", now=NOW, today=TODAY)

    answer = Client().get("/bip/otwarte-dane/katalog.json")
    found = json.loads(answer.content)

    assert answer["Content-Type"] == "application/json"
    assert found["@type"] == "dcat:Catalog"
    sets = {one["dct:title"]: one for one in found["dcat:dataset"]}
    assert len(sets) == len(TYPED) + 1
    assert sets["Uchwały"]["dcat:distribution"][0]["dcat:downloadURL"]["@id"].endswith("/uchwala/uchwala.csv")
    assert sets["Drogi powiatowe"]["@id"].endswith(f"/bip/informacja/{item.pk}/")
    assert "CC BY 4.0" in Client().get("/bip/otwarte-dane/").content.decode()


def test_a_draft_of_a_register_copies_its_fields(bulletin: Path) -> None:
    item = published(a_section("uchwaly"), kind="uchwala", fields=RESOLUTION)
    assert drafts.begin_change(item.pk, actor=editor(), now=NOW).fields == RESOLUTION
    assert a_draft().fields == {}
