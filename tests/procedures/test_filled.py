"""A filled form as XML: it follows its schema, comes back whole, and does not open what came from outside."""

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from starostwo.procedures.rules.answers import (
    letter_title,
    sender_of,
    shown_answers,
    shown_documents,
    validate,
)
from starostwo.procedures.rules.defining import read_definition
from starostwo.procedures.rules.definition import Definition
from starostwo.procedures.rules.filled import NamedFile, NotOurForm, Sender, from_xml, to_xml
from starostwo.procedures.rules.filled_json import to_json
from starostwo.procedures.rules.json_schema import json_schema
from starostwo.procedures.rules.xsd import xsd
from tests.procedures.answering import answers_to

FORMS = sorted((Path(__file__).resolve().parents[2] / "starostwo/procedures/data/forms").glob("*.json"))
DEFINITIONS = [read_definition(json.loads(path.read_text())) for path in FORMS]
SCHEMAS = {(form.code, form.version): etree.XMLSchema(etree.fromstring(xsd(form))) for form in DEFINITIONS}
JSON_SCHEMAS = {
    (form.code, form.version): jsonschema.Draft202012Validator(json_schema(form)) for form in DEFINITIONS
}
LETTER = next(form for form in DEFINITIONS if form.code == "pismo-ogolne")
MADE_ON = date(2026, 11, 23)
SENDER = Sender(
    given_name="Zofia", family_name="Żółć-Łęcka", street="Długa 49", postcode="95-100", town="Zgierz"
)
ANSWERS = {
    "rodzaj": "wniosek",
    "temat": "Naprawa przepustu <pilne> & ważne",
    "tresc": "Proszę o naprawę.\r\nPrzepust jest zapadnięty.\x00",
    "w_imieniu": "wlasnym",
    "imie": "Zofia",
    "nazwisko": "Żółć-Łęcka",
    "ulica": "Długa 49",
    "kod_pocztowy": "95-100",
    "miejscowosc": "Zgierz",
    "sposob_odbioru": "konto",
}


def filled(definition: Definition, answers: dict[str, str], **more: object) -> bytes:
    return to_xml(definition, answers, sender=SENDER, addressee="Starostwo", made_on=MADE_ON, **more)  # type: ignore[arg-type]


@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 9")
def test_a_filled_letter_follows_its_schema_and_reads_back() -> None:
    attachment = NamedFile("mapa działki.pdf", "ab" * 32, 1234)

    xml = filled(LETTER, ANSWERS, attachments=[attachment])
    read = from_xml(xml)

    SCHEMAS["pismo-ogolne", 1].assertValid(etree.fromstring(xml))
    xmlschema.XMLSchema(xsd(LETTER).decode().partition("?>")[2]).validate(xml.decode().partition("?>")[2])
    assert (read.code, read.version, read.made_on, read.addressee) == (
        "pismo-ogolne",
        1,
        MADE_ON,
        "Starostwo",
    )
    assert read.sender == SENDER
    assert read.attachments == (attachment,)
    assert read.answers == shown_answers(LETTER, ANSWERS)
    assert read.answers["tresc"] == "Proszę o naprawę.\nPrzepust jest zapadnięty."
    assert letter_title(LETTER, read.answers) == "Pismo ogólne: Naprawa przepustu <pilne> & ważne"


@pytest.mark.law("k.p.a. art. 63 par. 2")
def test_the_sender_of_the_document_comes_from_the_answers() -> None:
    assert sender_of(LETTER, ANSWERS) == SENDER


def test_the_same_answers_make_the_same_bytes() -> None:
    assert filled(LETTER, ANSWERS) == filled(LETTER, dict(reversed(ANSWERS.items())))


def test_a_hidden_field_is_left_out_even_when_answered() -> None:
    xml = filled(LETTER, ANSWERS | {"znak_sprawy": "OR.1.1.2026", "podmiot": "Firma"})

    assert b"znak_sprawy" not in xml
    assert b"Firma" not in xml


@pytest.mark.parametrize(
    ("answers", "faults"),
    [
        ({}, []),
        ({"temat": ""}, [("temat", "Wpisz temat pisma")]),
        ({"temat": "x" * 151}, [("temat", "Skróć odpowiedź do 150 znaków (teraz ma 151)")]),
        ({"rodzaj": "uzupelnienie"}, [("znak_sprawy", "Wpisz znak sprawy, którą uzupełniasz")]),
        ({"rodzaj": "spam"}, [("rodzaj", "Wybierz, co chcesz złożyć")]),
        ({"kod_pocztowy": "95100"}, [("kod_pocztowy", "Wpisz kod pocztowy w postaci 95-100")]),
        ({"email": "zofia"}, [("email", "Wpisz adres e-mail w postaci nazwa@domena.pl")]),
        ({"pesel": "44051401457"}, [("pesel", "Sprawdź numer PESEL: ma 11 cyfr, a ostatnia jest kontrolna")]),
        ({"pesel": "44051401359"}, []),
        (
            {"pesel": "440514 01359"},
            [("pesel", "Sprawdź numer PESEL: ma 11 cyfr, a ostatnia jest kontrolna")],
        ),
        (
            {"rodzaj": "odwolanie", "zaskarzany_znak": "AB.1", "data_doreczenia": "2026-02-30"},
            [("data_doreczenia", "Wpisz datę, która istnieje w kalendarzu, na przykład 27 3 2026")],
        ),
    ],
)
def test_what_must_be_corrected(answers: dict[str, str], faults: list[tuple[str, str]]) -> None:
    assert [(fault.field, fault.message) for fault in validate(LETTER, ANSWERS | answers)] == faults


def test_one_step_is_checked_alone() -> None:
    assert [fault.field for fault in validate(LETTER, {}, step="tresc_pisma")] == ["tresc"]


@pytest.mark.parametrize(
    ("xml", "why"),
    [
        (b"<a/>", "another document"),
        (b'<dokument xmlns="urn:x-starostwo:formularz:pismo-ogolne:0"/>', "no such version can be"),
        (b'<dokument xmlns="urn:x-starostwo:formularz:pismo-ogolne:1"/>', "without a head"),
        (b"<a>", "not well-formed"),
        (b"", "nothing"),
        (b'<!DOCTYPE a><a xmlns="urn:x-starostwo:formularz:pismo-ogolne:1"/>', "a DTD"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "an entity"),
        (b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>', "an outside DTD"),
    ],
)
def test_what_is_not_our_form(xml: bytes, why: str) -> None:
    with pytest.raises(NotOurForm):
        from_xml(xml)


@given(st.data())
def test_what_the_form_accepts_its_schemas_accept_and_reading_gives_it_back(data: st.DataObject) -> None:
    definition = data.draw(st.sampled_from(DEFINITIONS))
    answers = data.draw(answers_to(definition))

    xml = filled(definition, answers)

    assert dict(from_xml(xml).answers) == shown_answers(definition, answers)
    if not validate(definition, answers):
        SCHEMAS[definition.code, definition.version].assertValid(etree.fromstring(xml))
        files = [
            NamedFile("plik.pdf", "ab" * 32, 1, each.name) for each in shown_documents(definition, answers)
        ]
        document = to_json(
            definition, answers, sender=SENDER, addressee="Starostwo", made_on=MADE_ON, attachments=files
        )
        JSON_SCHEMAS[definition.code, definition.version].validate(document)


ATTESTATION = next(form for form in DEFINITIONS if form.code == "zaswiadczenie")
ASKED = {
    "dziedzina": "inne",
    "przedmiot": "że działka nie jest objęta planem",
    "cel": "u notariusza",
    "zwolnienie": "nie",
    **{name: value for name, value in ANSWERS.items() if name not in ("rodzaj", "temat", "tresc")},
    "postac": "elektroniczna",
    "sposob_odbioru": "",
    "oswiadczenie": "tak",
}


@pytest.mark.law("k.p.a. art. 217 par. 2")
@pytest.mark.parametrize(
    ("answers", "missing", "why"),
    [
        ({}, ["podstawa"], "the law or a legal interest is named"),
        ({"podstawa": "przepis"}, [], "pkt 1: the law demands it; which one may stay open"),
        ({"podstawa": "interes"}, ["interes"], "pkt 2: the legal interest is described"),
        ({"podstawa": "interes", "interes": "sprzedaję działkę"}, [], "pkt 2"),
    ],
)
def test_an_attestation_needs_a_reason(answers: dict[str, str], missing: list[str], why: str) -> None:
    assert [fault.field for fault in validate(ATTESTATION, ASKED | answers)] == missing


@pytest.mark.law("k.p.a. art. 217 par. 4")
def test_an_electronic_attestation_needs_no_way_of_collection() -> None:
    reasons = {"podstawa": "przepis"}

    assert validate(ATTESTATION, ASKED | reasons) == []
    assert [fault.field for fault in validate(ATTESTATION, ASKED | reasons | {"postac": "papierowa"})] == [
        "sposob_odbioru"
    ]
