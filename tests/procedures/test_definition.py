"""A form's definition: what is refused, and that the published JSON Schema says the same."""

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from starostwo.procedures.rules.defining import read_definition
from starostwo.procedures.rules.mistakes import BadDefinition

DATA = Path(__file__).resolve().parents[2] / "starostwo" / "procedures" / "data"
SCHEMA = json.loads((DATA / "form.schema.json").read_text())
FORMS = sorted((DATA / "forms").glob("*.json"))
TITLE = {"pl": "Tytuł"}

SMALL: dict[str, Any] = {
    "code": "mala",
    "version": 1,
    "title": TITLE,
    "summary": TITLE,
    "steps": [
        {
            "name": "pierwszy",
            "title": TITLE,
            "fields": [
                {
                    "name": "wybor",
                    "type": "choice",
                    "label": TITLE,
                    "choices": [{"value": "a", "label": TITLE}, {"value": "b", "label": TITLE}],
                },
                {"name": "opis", "type": "text", "label": TITLE, "when": {"field": "wybor", "is": ["b"]}},
            ],
        }
    ],
}


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_forms_of_the_house_follow_both_the_schema_and_the_reader(path: Path) -> None:
    data = json.loads(path.read_text())

    jsonschema.validate(data, SCHEMA)
    definition = read_definition(data)

    assert path.name == f"{definition.code}.{definition.version}.json"


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_text_of_a_form_stands_in_the_same_languages(path: Path) -> None:
    definition = json.loads(path.read_text())
    languages = set(definition["title"])

    texts = list(_texts(definition))

    assert len(texts) > 20
    assert [text for text in texts if set(text) != languages] == []


def _texts(value: Any) -> list[dict[str, str]]:
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    if isinstance(value, dict):
        return [value] if "pl" in value else [text for each in value.values() for text in _texts(each)]
    return []


STEP = ("steps", 0)
CHOICE = ("steps", 0, "fields", 0)
TEXT = ("steps", 0, "fields", 1)


@pytest.mark.parametrize(
    ("place", "value", "why"),
    [
        (("code",), "Mała", "a code goes into an address"),
        (("version",), 0, "versions start with 1"),
        (("version",), True, "a boolean is no number"),
        (("title",), {"en": "Title"}, "Polish is the source language"),
        (("title",), {"pl": ""}, "an empty text is no text"),
        (("title",), {"pl": "T", "polish": "T"}, "languages have two letters"),
        (("steps",), [], "a form asks something"),
        (("max_attachments",), 51, "more attachments than a letter may have"),
        (("nieznane",), 1, "what we do not know is refused, not ignored"),
        ((*STEP, "fields"), [], "a page asks something"),
        ((*STEP, "name"), "Krok 1", "a name becomes an XML element"),
        ((*CHOICE, "choices"), [], "a choice has choices"),
        ((*CHOICE, "type"), "text", "only a choice has choices"),
        ((*CHOICE, "required"), "tak", "required is a boolean"),
        ((*TEXT, "type"), "file", "an unknown type"),
        ((*TEXT, "sender"), "nip", "the sender has no such line"),
        ((*TEXT, "max_length"), 0, "a text of no length"),
        ((*CHOICE, "max_length"), 5, "only a text has a length"),
        ((*TEXT, "when"), {"field": "wybor"}, "a condition compares"),
        ((*TEXT, "when"), {"field": "wybor", "is": []}, "a condition compares with something"),
        ((*TEXT, "when"), {"all": []}, "nothing is not all"),
    ],
)
def test_a_bad_definition_is_refused_by_reader_and_schema(
    place: tuple[str | int, ...], value: Any, why: str
) -> None:
    bad = _changed(place, value)

    with pytest.raises(BadDefinition):
        read_definition(bad)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(bad, SCHEMA)


@pytest.mark.parametrize(
    ("place", "value", "why"),
    [
        ((*TEXT, "name"), "wybor", "a name twice"),
        ((*CHOICE, "when"), {"field": "opis", "is": ["x"]}, "a condition reads forward"),
        ((*TEXT, "when"), {"not": {"field": "opis", "is": ["x"]}}, "a condition reads itself"),
        (("subject_field",), "brak", "the subject is no field"),
        ((*CHOICE, "choices", 1, "value"), "a", "a value twice"),
    ],
)
def test_what_a_schema_cannot_say_the_reader_refuses(
    place: tuple[str | int, ...], value: Any, why: str
) -> None:
    with pytest.raises(BadDefinition):
        read_definition(_changed(place, value))


def _changed(place: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    whole = copy.deepcopy(SMALL)
    target: Any = whole
    for key in place[:-1]:
        target = target[key]
    target[place[-1]] = value
    return whole
