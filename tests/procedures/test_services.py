"""All services of the county: each has a form of its own, and its sample becomes a valid document."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree

from starostwo.procedures.rules.answered import Answered
from starostwo.procedures.rules.answers import shown_answers
from starostwo.procedures.rules.defining import read_definition
from starostwo.procedures.rules.filled import NamedFile, from_xml
from starostwo.procedures.rules.filled_json import answers_from_json, to_json
from starostwo.procedures.rules.json_schema import json_schema
from starostwo.procedures.rules.xsd import xsd

DATA = Path(__file__).resolve().parents[2] / "starostwo" / "procedures" / "data"
NAMES = sorted(path.name for path in (DATA / "forms").glob("*.json"))
MADE_ON = date(2026, 11, 23)


def read(name: str) -> tuple[Answered, list[NamedFile]]:
    form = read_definition(json.loads((DATA / "forms" / name).read_text()))
    sample: dict[str, Any] = json.loads((DATA / "samples" / name).read_text())
    files = [
        NamedFile(f"{kind}.pdf", f"{place:064x}", 1000 + place, kind)
        for place, kind in enumerate(sample["documents"])
    ]
    return Answered(form, answers_from_json(form, sample["answers"])), files


def test_every_service_has_its_form_and_every_form_its_sample() -> None:
    assert len(NAMES) == 25 + 2 + 1  # one of them in two versions
    assert sorted(path.name for path in (DATA / "samples").glob("*.json")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_sample_of_a_form_becomes_a_document_that_both_schemas_accept(name: str) -> None:
    filled, files = read(name)

    assert filled.errors() == []
    assert filled.documents_missing(file.kind for file in files) == []
    xml = filled.xml(addressee="Starostwo", made_on=MADE_ON, attachments=files)
    etree.XMLSchema(etree.fromstring(xsd(filled.form))).assertValid(etree.fromstring(xml))
    document = to_json(
        filled.form,
        filled.answers,
        sender=filled.sender,
        addressee="Starostwo",
        made_on=MADE_ON,
        attachments=files,
    )
    jsonschema.Draft202012Validator(json_schema(filled.form)).validate(document)
    back = from_xml(xml)
    assert dict(back.answers) == shown_answers(filled.form, filled.answers)
    assert back.attachments == tuple(files)


@pytest.mark.parametrize(
    "name", [name for name in NAMES if name.split(".")[0] not in ("pismo-ogolne", "zaswiadczenie")]
)
def test_a_form_without_its_documents_is_refused_by_the_form_and_the_json_schema(name: str) -> None:
    filled, files = read(name)

    missing = filled.documents_missing([])

    document = to_json(filled.form, filled.answers, sender=filled.sender, addressee="S", made_on=MADE_ON)
    schema = jsonschema.Draft202012Validator(json_schema(filled.form))
    assert schema.is_valid(document) == (not missing)
    assert [each.name for each in missing] == [file.kind for file in files]


@pytest.mark.parametrize(
    ("name", "answers", "message", "why"),
    [
        ("rejestracja-pojazdu", {"vin": "WVWZZZ1JZ3W38675"}, "Sprawdź numer VIN", "16"),
        (
            "rejestracja-pojazdu",
            {"vin": "1HGCM82633A004353"},
            "Sprawdź numer VIN",
            "the check digit of a vehicle from America",
        ),
        (
            "rejestracja-pojazdu",
            {"vin": "wvw zzz 1jz 3w 386752"},
            "",
            "written with spaces and small letters",
        ),
        (
            "rejestracja-pojazdu",
            {"krotki_numer": "tak"},
            "Wpisz numer nadwozia, podwozia albo ramy",
            "an old vehicle",
        ),
        ("rejestracja-pojazdu", {"nr_rejestracyjny": "E1"}, "Sprawdź numer rejestracyjny", "too short"),
        (
            "rejestracja-pojazdu",
            {"wlasciciele-2-regon": "472057716"},
            "Właściciel 2: sprawdź numer REGON",
            "a check digit in a row",
        ),
        (
            "rejestracja-pojazdu",
            {"oswiadczenie": ""},
            "Zaznacz oświadczenie, jeśli dane są zgodne z prawdą",
            "a statement is ticked",
        ),
        ("wycofanie-z-ruchu", {"miesiace": "49"}, "Wpisz liczbę od 2 do 48", "at most four years"),
        ("rejestracja-czasowa", {"dni": "31"}, "Wpisz liczbę od 1 do 30", "at most 30 days"),
        ("pozwolenie-na-budowe", {"dzialki-1-numer": "112\\4"}, "Działka 1: sprawdź numer działki", "a plot"),
        (
            "pozwolenie-na-budowe",
            {"dzialki-1-numer": "102009_2.0003.112/4"},
            "",
            "a plot by its full identifier",
        ),
        (
            "przeksztalcenie-uzytkowania",
            {"udzial": "1241/1240"},
            "Wpisz udział jako ułamek, na przykład 1/2",
            "more than the whole",
        ),
        (
            "stowarzyszenie",
            {"zalozyciele-3-imie_nazwisko": ""},
            "Założyciel 3: wpisz imię i nazwisko",
            "three founders",
        ),
        (
            "wyciecie-drzew",
            {"drzewa-1-obwod_5": "gruby"},
            "Roślina 1: wpisz liczbę całkowitą, na przykład 3",
            "a girth is a number",
        ),
    ],
)
def test_what_a_form_says_of_a_wrong_answer(
    name: str, answers: dict[str, str], message: str, why: str
) -> None:
    filled, _ = read(f"{name}.1.json")

    errors = Answered(filled.form, dict(filled.answers) | answers).errors()

    assert len(errors) == (1 if message else 0)
    assert all(error.message.startswith(message) for error in errors)
