"""Repeated groups: what a row is called and asks, both schemas beside the form, and reading back."""

import copy
from datetime import date
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from starostwo.procedures.rules.answers import shown_answers, validate
from starostwo.procedures.rules.defining import look_at, read_definition
from starostwo.procedures.rules.filled import from_xml, to_xml
from starostwo.procedures.rules.filled_json import answers_from_json, to_json
from starostwo.procedures.rules.json_schema import json_schema
from starostwo.procedures.rules.mistakes import Mistake
from starostwo.procedures.rules.reading import readable
from starostwo.procedures.rules.rows import NoMoreRows, RowMustStay, belongs, with_row, without_row
from starostwo.procedures.rules.sender import Sender
from starostwo.procedures.rules.xsd import xsd
from tests.procedures.answering import answers_to


def said(text: str) -> dict[str, str]:
    return {"pl": text}


KINDS = [{"value": "osoba", "label": said("osoba")}, {"value": "firma", "label": said("firma")}]
OWNERS: dict[str, Any] = {
    "name": "wlasciciele",
    "type": "group",
    "label": said("Właściciele"),
    "row": said("Właściciel"),
    "least": 1,
    "most": 3,
    "fields": [
        {"name": "nazwa", "type": "text", "label": said("Imię i nazwisko")},
        {"name": "rodzaj", "type": "choice", "label": said("Kto to jest?"), "choices": KINDS},
        {"name": "nip", "type": "nip", "label": said("NIP"), "when": {"field": "rodzaj", "is": ["firma"]}},
        {"name": "udzial", "type": "share", "label": said("Udział"), "required": False},
    ],
}
FORM: dict[str, Any] = {
    "code": "wspolwlasnosc",
    "version": 1,
    "title": said("Współwłasność"),
    "summary": said("Kto jest właścicielem"),
    "steps": [
        {
            "name": "kto",
            "title": said("Kto"),
            "fields": [
                {"name": "jest_wiecej", "type": "consent", "label": said("Są inni"), "required": False},
                OWNERS,
                {
                    "name": "inni",
                    "type": "group",
                    "label": said("Inni"),
                    "row": said("Inna osoba"),
                    "when": {"field": "jest_wiecej", "is": ["tak"]},
                    "fields": [{"name": "nazwa", "type": "text", "label": said("Nazwa")}],
                },
            ],
        },
        {
            "name": "co",
            "title": said("Co"),
            "when": {"not": {"field": "jest_wiecej", "is": ["tak"]}},
            "fields": [
                {"name": "miesiace", "type": "number", "label": said("Na ile?"), "least": 2, "most": 48},
                {"name": "cel", "type": "choices", "label": said("Po co?"), "choices": KINDS},
                {
                    "name": "kwota",
                    "type": "money",
                    "label": said("Za ile?"),
                    "when": {
                        "any": [{"field": "cel", "is": ["firma"]}, {"field": "jest_wiecej", "is": ["tak"]}]
                    },
                },
            ],
        },
    ],
}
DEFINITION = read_definition(FORM)
GROUP = DEFINITION.fields[1]
XSD = etree.XMLSchema(etree.fromstring(xsd(DEFINITION)))
JSON = jsonschema.Draft202012Validator(json_schema(DEFINITION))
WHERE: dict[str, Any] = {
    "sender": Sender(town="Zgierz"),
    "addressee": "Starostwo",
    "made_on": date(2026, 11, 23),
}
TWO = {
    "wlasciciele": "2",
    "wlasciciele-1-nazwa": "Zofia Żak",
    "wlasciciele-1-rodzaj": "osoba",
    "wlasciciele-1-nip": "hidden, so left out",
    "wlasciciele-2-nazwa": "Budomax",
    "wlasciciele-2-rodzaj": "firma",
    "wlasciciele-2-nip": "725-18-01-126",
    "miesiace": "04",
    "cel": "firma osoba",
    "kwota": "1 250,50 zł",
}


def test_rows_are_written_one_below_the_other_and_read_back() -> None:
    xml = to_xml(DEFINITION, TWO, **WHERE)

    assert validate(DEFINITION, TWO) == []
    XSD.assertValid(etree.fromstring(xml))
    read = dict(from_xml(xml).answers)
    assert read == shown_answers(DEFINITION, TWO)
    assert (read["wlasciciele"], read["wlasciciele-2-nip"], read["kwota"]) == ("2", "7251801126", "1250.50")
    assert "wlasciciele-1-nip" not in read


def test_the_json_says_the_same_with_lists_numbers_and_ticks() -> None:
    document = to_json(DEFINITION, TWO, **WHERE)

    JSON.validate(document)
    assert document["odpowiedzi"] == {
        "kto": {
            "wlasciciele": [
                {"nazwa": "Zofia Żak", "rodzaj": "osoba"},
                {"nazwa": "Budomax", "rodzaj": "firma", "nip": "7251801126"},
            ]
        },
        "co": {"miesiace": 4, "cel": ["osoba", "firma"], "kwota": "1250.50"},
    }
    assert answers_from_json(DEFINITION, document["odpowiedzi"]) == shown_answers(DEFINITION, TWO)


def test_a_person_reads_each_row_under_its_name() -> None:
    who, what = readable(DEFINITION, TWO)

    assert [(title, [each.value for each in answers]) for title, answers in who.sections] == [
        ("Właściciel 1", ["Zofia Żak", "osoba"]),
        ("Właściciel 2", ["Budomax", "firma", "7251801126"]),
    ]
    assert [each.value for each in what.answers] == ["4", "osoba, firma", "1\u00a0250,50\u00a0zł"]


@pytest.mark.parametrize(
    ("answers", "faults", "why"),
    [
        ({"wlasciciele-2-nip": ""}, ["Właściciel 2: uzupełnij: NIP"], "the row is named"),
        (
            {"wlasciciele-2-nip": "1"},
            ["Właściciel 2: sprawdź numer NIP: ma 10 cyfr, a ostatnia jest kontrolna"],
            "a digit",
        ),
        (
            {"wlasciciele-1-udzial": "3/2"},
            ["Właściciel 1: wpisz udział jako ułamek, na przykład 1/2"],
            "over 1",
        ),
        (
            {"wlasciciele": "3"},
            ["Właściciel 3: uzupełnij: Imię i nazwisko", "Właściciel 3: wybierz odpowiedź: Kto to jest"],
            "an empty row is no row",
        ),
        ({"miesiace": "49"}, ["Wpisz liczbę od 2 do 48"], "a number has bounds"),
        ({"cel": "firma kot"}, ["Wybierz odpowiedź: Po co"], "an answer that is not offered"),
    ],
)
def test_what_must_be_corrected_in_a_row(answers: dict[str, str], faults: list[str], why: str) -> None:
    assert [error.message for error in validate(DEFINITION, TWO | answers)] == faults


def test_too_many_rows_are_said_and_none_is_lost() -> None:
    many = TWO | {"wlasciciele": "4"} | {f"wlasciciele-{row}-nazwa": "X" for row in (3, 4)}
    many |= {f"wlasciciele-{row}-rodzaj": "osoba" for row in (3, 4)}

    assert [error.field for error in validate(DEFINITION, many)] == ["wlasciciele"]
    assert shown_answers(DEFINITION, many)["wlasciciele-4-nazwa"] == "X"


def test_rows_are_added_and_removed_and_the_rest_moves_up() -> None:
    three = with_row(GROUP, TWO)

    assert three["wlasciciele"] == "3"
    with pytest.raises(NoMoreRows):
        with_row(GROUP, three)
    left = without_row(GROUP, three, 1)
    assert (left["wlasciciele"], left["wlasciciele-1-nazwa"], left["wlasciciele-1-nip"]) == (
        "2",
        "Budomax",
        "725-18-01-126",
    )
    assert "wlasciciele-2-nazwa" not in left
    assert left["kwota"] == TWO["kwota"]
    for row in (0, 3):
        with pytest.raises(RowMustStay):
            without_row(GROUP, left, row)
    with pytest.raises(RowMustStay):
        without_row(GROUP, without_row(GROUP, left, 2), 1)


def test_a_step_keeps_only_what_it_asks() -> None:
    step = DEFINITION.steps[0]

    kept = ["wlasciciele-2-nazwa", "jest_wiecej"]
    other = [
        "wlasciciele",
        "wlasciciele-51-nazwa",
        "wlasciciele-0-nazwa",
        "wlasciciele-1-imie",
        "kwota",
        "x-1-y",
    ]
    assert [key for key in [*kept, *other] if belongs(step, key)] == kept


@given(st.data())
def test_what_the_form_accepts_both_schemas_accept(data: st.DataObject) -> None:
    answers = data.draw(answers_to(DEFINITION))

    document, xml = to_json(DEFINITION, answers, **WHERE), to_xml(DEFINITION, answers, **WHERE)

    assert dict(from_xml(xml).answers) == shown_answers(DEFINITION, answers)
    assert answers_from_json(DEFINITION, document["odpowiedzi"]) == shown_answers(DEFINITION, answers)
    if not validate(DEFINITION, answers):
        XSD.assertValid(etree.fromstring(xml))
        JSON.validate(document)
    elif not XSD.validate(etree.fromstring(xml)):
        assert not JSON.is_valid(document), "JSON Schema is at least as strict as the XSD"


@pytest.mark.parametrize(
    ("step", "change", "why"),
    [
        ("kto", {"wlasciciele": []}, "fewer rows than the form needs"),
        ("kto", {"wlasciciele": [{"nazwa": "A", "rodzaj": "firma"}]}, "a company without its number"),
        ("kto", {"wlasciciele": [{"nazwa": "A", "rodzaj": "osoba", "nip": "7251801126"}]}, "a hidden answer"),
        ("kto", {"inni": [{"nazwa": "A"}]}, "a group that is not asked"),
        ("kto", {"jest_wiecej": True}, "the second step is not asked then"),
        ("co", {"cel": ["firma"], "kwota": None}, "a field that these answers demand"),
        ("co", {"miesiace": "4"}, "a number is a number"),
        ("co", {"nieznane": "x"}, "nothing is added"),
    ],
)
def test_the_json_schema_says_the_conditions(step: str, change: dict[str, Any], why: str) -> None:
    document = to_json(DEFINITION, TWO, **WHERE)
    changed = document["odpowiedzi"][step] | change
    document["odpowiedzi"][step] = {key: value for key, value in changed.items() if value is not None}

    assert not JSON.is_valid(document), why


@pytest.mark.parametrize(
    ("change", "message", "why"),
    [
        ({"row": None}, "Brakuje tekstu po polsku.", "a row has a name"),
        ({"fields": []}, "Grupa musi mieć co najmniej jedno pole.", "a group asks something"),
        (
            {"fields": [OWNERS["fields"][3]]},
            "W grupie musi być pole obowiązkowe bez warunku.",
            "or it may be empty",
        ),
        ({"fields": [OWNERS]}, "W grupie nie może być następnej grupy.", "groups do not nest"),
        (
            {"fields": [OWNERS["fields"][0] | {"name": "inni"}]},
            "Nazwa inni jest użyta więcej niż raz.",
            "one name",
        ),
        (
            {"fields": [OWNERS["fields"][0] | {"sender": "street"}]},
            "Nadawca jest jeden, więc nie może być w grupie.",
            "one sender",
        ),
        ({"most": 51}, "Oczekiwano liczby od 1 do 50.", "no more rows than a page bears"),
        (
            {
                "fields": [
                    *OWNERS["fields"],
                    OWNERS["fields"][2] | {"name": "b", "when": {"field": "x", "is": ["tak"]}},
                ]
            },
            "Warunek czyta pole x, o które wcześniej nie pytano.",
            "a row reads itself alone",
        ),
    ],
)
def test_a_mistake_in_a_group_is_named(change: dict[str, Any], message: str, why: str) -> None:
    bad = copy.deepcopy(FORM)
    group = bad["steps"][0]["fields"][1] | change
    bad["steps"][0]["fields"][1] = {key: value for key, value in group.items() if value is not None}

    assert message in [mistake.message for mistake in look_at(bad)[1]], why


def test_every_mistake_is_named_at_its_place() -> None:
    bad = copy.deepcopy(FORM)
    bad["title"] = {}
    bad["steps"][0]["fields"][1]["fields"][0]["type"] = "kot"
    bad["steps"][1]["fields"][0]["least"] = -1

    assert look_at(bad)[1] == [
        Mistake(("title",), "Brakuje tekstu po polsku."),
        Mistake(("steps", 0, "fields", 1, "fields", 0, "type"), "Nieznany rodzaj pola: 'kot'."),
        Mistake(("steps", 1, "fields", 0, "least"), "Oczekiwano liczby od 0 do 999999999."),
    ]
