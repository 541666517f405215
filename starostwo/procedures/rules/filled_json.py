"""A filled form as JSON and back, for programs that do not like XML: the same document in the same order.

Ticks are true, whole numbers are numbers, several picked answers and rows of a group are lists; all else is
text as the XML has it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from starostwo.procedures.rules.answers import shown_answers, shown_steps
from starostwo.procedures.rules.definition import CONSENT_GIVEN, Definition, Field, FieldType, in_language
from starostwo.procedures.rules.filled import NamedFile
from starostwo.procedures.rules.kinds import clean
from starostwo.procedures.rules.people import NOBODY, People, people_as_json
from starostwo.procedures.rules.rows import row_key
from starostwo.procedures.rules.sender import SENDER_ELEMENTS, Sender


def to_json(
    definition: Definition,
    answers: Mapping[str, str],
    *,
    sender: Sender,
    addressee: str,
    made_on: date,
    attachments: Sequence[NamedFile] = (),
    people: People = NOBODY,
) -> dict[str, Any]:
    """Return the document as the form's JSON Schema describes it."""
    lines = {SENDER_ELEMENTS[line.name]: clean(getattr(sender, line.name)) for line in fields(sender)}
    return {
        "formularz": definition.code,
        "wersja": definition.version,
        "naglowek": {
            "tytul": in_language(definition.title),
            "sporzadzono": made_on.isoformat(),
            "adresat": clean(addressee),
        },
        "nadawca": {name: value for name, value in lines.items() if value},
        **people_as_json(people),
        "odpowiedzi": answers_as_json(definition, answers),
        "zalaczniki": [
            {"nazwa": clean(each.name), "sha256": each.sha256, "rozmiar": each.size}
            | ({"rodzaj": each.kind} if each.kind else {})
            for each in attachments
        ],
    }


def answers_as_json(definition: Definition, answers: Mapping[str, str]) -> dict[str, Any]:
    """Return the answers alone, step by step."""
    shown = shown_answers(definition, answers)
    return {
        step.name: {field.name: _value(field, shown) for field in step.fields if field.name in shown}
        for step in shown_steps(definition, answers)
    }


def answers_from_json(definition: Definition, data: Any) -> dict[str, str]:
    """Return the flat answers of the part `odpowiedzi`; what the form does not ask is left out."""
    answers: dict[str, str] = {}
    for step in definition.steps:
        inside = data.get(step.name) if isinstance(data, dict) else None
        for field in step.fields:
            if isinstance(inside, dict) and field.name in inside:
                answers |= _flat(field, inside[field.name])
    return answers


def _value(field: Field, shown: Mapping[str, str]) -> Any:
    if not field.is_group:
        return _plain(field, shown[field.name])
    return [
        {
            each.name: _plain(each, shown[row_key(field, row, each)])
            for each in field.fields
            if row_key(field, row, each) in shown
        }
        for row in range(1, int(shown[field.name]) + 1)
    ]


def _plain(field: Field, value: str) -> Any:
    match field.type:
        case FieldType.CONSENT if value == CONSENT_GIVEN:
            return True
        case FieldType.NUMBER if value.isascii() and value.isdecimal():
            return int(value)
        case FieldType.CHOICES:
            return value.split(" ")
    return value


def _flat(field: Field, value: Any) -> dict[str, str]:
    if not field.is_group:
        return {field.name: _text(value)}
    rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    flat = {field.name: str(len(rows))}
    for place, row in enumerate(rows, start=1):
        flat |= {
            row_key(field, place, each): _text(row[each.name]) for each in field.fields if each.name in row
        }
    return flat


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return CONSENT_GIVEN if value else ""
    if isinstance(value, list):
        return " ".join(map(str, value))
    return str(value)
