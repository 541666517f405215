"""A form as data: steps of typed fields with conditions. Read once, checked whole, then never changed.

The published JSON Schema is `data/form.schema.json`; this module also checks what a schema cannot say
(names used once, conditions that look only backwards).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from starostwo.procedures.rules.conditions import BadCondition, Condition, fields_of, read_condition
from starostwo.procedures.rules.sender import SENDER_ELEMENTS

SOURCE_LANGUAGE = "pl"
Text = Mapping[str, str]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CODE = re.compile(r"[a-z][a-z0-9-]{0,39}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_CHOICE = re.compile(r"[a-z0-9_-]{1,40}")


class FieldType(StrEnum):
    """What a field holds; each type has one way to be asked, checked and written as XML."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    PESEL = "pesel"
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"
    CONSENT = "consent"


DEFAULT_MAX_LENGTH = {
    FieldType.TEXT: 200,
    FieldType.LONG_TEXT: 10_000,
    FieldType.EMAIL: 254,
    FieldType.PHONE: 20,
}


@dataclass(frozen=True)
class Choice:
    """One answer that may be picked."""

    value: str
    label: Text


@dataclass(frozen=True)
class Field:
    """One question. `sender` names the line of the sender that it is; an account fills that in advance."""

    name: str
    type: FieldType
    label: Text
    required: bool = True
    hint: Text = field(default_factory=dict)
    error: Text = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    max_length: int = 0
    when: Condition | None = None
    sender: str = ""


@dataclass(frozen=True)
class Step:
    """One page of the form."""

    name: str
    title: Text
    fields: tuple[Field, ...]
    intro: Text = field(default_factory=dict)
    when: Condition | None = None


@dataclass(frozen=True)
class Definition:
    """A whole form of one version."""

    code: str
    version: int
    title: Text
    summary: Text
    steps: tuple[Step, ...]
    subject_field: str = ""
    attachments_hint: Text = field(default_factory=dict)
    max_attachments: int = 10

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields in the order in which they are asked."""
        return tuple(field for step in self.steps for field in step.fields)


class BadDefinition(Exception):
    """The form's definition breaks a rule; the message names the place."""


def in_language(text: Text, language: str = SOURCE_LANGUAGE) -> str:
    """Return the text in this language, in Polish when it is not translated."""
    return text.get(language) or text.get(SOURCE_LANGUAGE, "")


def read_definition(data: Any) -> Definition:
    """Return the form that the JSON value defines."""
    _keys(
        data,
        "formularz",
        {"code", "version", "title", "summary", "steps"},
        {"subject_field", "attachments_hint", "max_attachments"},
    )
    definition = Definition(
        code=_matching(_CODE, data["code"], "code"),
        version=_number(data["version"], "version", 1, 9999),
        title=_text(data["title"], "title"),
        summary=_text(data["summary"], "summary"),
        steps=tuple(_step(step) for step in _filled_list(data["steps"], "steps")),
        subject_field=data.get("subject_field", ""),
        attachments_hint=_optional_text(data, "attachments_hint", "formularz"),
        max_attachments=_number(data.get("max_attachments", 10), "max_attachments", 0, 50),
    )
    _check_names(definition)
    _check_conditions(definition)
    return definition


def _step(data: Any) -> Step:
    _keys(data, "krok", {"name", "title", "fields"}, {"intro", "when"})
    name = _matching(_NAME, data["name"], "krok")
    return Step(
        name=name,
        title=_text(data["title"], name),
        fields=tuple(_field(each) for each in _filled_list(data["fields"], name)),
        intro=_optional_text(data, "intro", name),
        when=_condition(data, name),
    )


def _field(data: Any) -> Field:
    _keys(
        data,
        "pole",
        {"name", "type", "label"},
        {"required", "hint", "error", "choices", "max_length", "when", "sender"},
    )
    name = _matching(_NAME, data["name"], "pole")
    type_ = _type(data["type"], name)
    if not isinstance(data.get("required", True), bool):
        raise BadDefinition(f"{name}: required musi być true albo false")
    return Field(
        name=name,
        type=type_,
        label=_text(data["label"], name),
        required=data.get("required", True),
        hint=_optional_text(data, "hint", name),
        error=_optional_text(data, "error", name),
        choices=_choices(data.get("choices"), type_, name),
        max_length=_max_length(data, type_, name),
        when=_condition(data, name),
        sender=_sender_line(data.get("sender", ""), name),
    )


def _type(value: Any, place: str) -> FieldType:
    if value not in list(FieldType):
        raise BadDefinition(f"{place}: nieznany rodzaj pola {value!r}")
    return FieldType(value)


def _choices(data: Any, type_: FieldType, place: str) -> tuple[Choice, ...]:
    if (type_ == FieldType.CHOICE) != (data is not None):
        raise BadDefinition(f"{place}: choices należą do pola wyboru i tylko do niego")
    if data is None:
        return ()
    choices = []
    for each in _filled_list(data, place):
        _keys(each, place, {"value", "label"}, set())
        choices.append(Choice(_matching(_CHOICE, each["value"], place), _text(each["label"], place)))
    if len({choice.value for choice in choices}) != len(choices):
        raise BadDefinition(f"{place}: ta sama wartość wyboru dwa razy")
    return tuple(choices)


def _sender_line(value: Any, place: str) -> str:
    if value not in ("", *SENDER_ELEMENTS):
        raise BadDefinition(f"{place}: nadawca nie ma wiersza {value!r}")
    return str(value)


def _max_length(data: Mapping[str, Any], type_: FieldType, place: str) -> int:
    if "max_length" not in data:
        return DEFAULT_MAX_LENGTH.get(type_, 0)
    if type_ not in (FieldType.TEXT, FieldType.LONG_TEXT):
        raise BadDefinition(f"{place}: max_length należy tylko do tekstu")
    return _number(data["max_length"], place, 1, 50_000)


def _condition(data: Mapping[str, Any], place: str) -> Condition | None:
    if "when" not in data:
        return None
    try:
        return read_condition(data["when"])
    except BadCondition as error:
        raise BadDefinition(f"{place}: {error}") from error


def _check_names(definition: Definition) -> None:
    names = [field.name for field in definition.fields]
    steps = [step.name for step in definition.steps]
    for all_names in (names, steps):
        for name in all_names:
            if all_names.count(name) > 1:
                raise BadDefinition(f"nazwa {name} użyta więcej niż raz")
    if definition.subject_field and definition.subject_field not in names:
        raise BadDefinition(f"subject_field: nie ma pola {definition.subject_field}")


def _check_conditions(definition: Definition) -> None:
    """A condition reads only what was asked before, so the form has no circles."""
    asked: dict[str, Field] = {}
    for step in definition.steps:
        _look_back(step.when, asked, step.name)
        for each in step.fields:
            _look_back(each.when, asked, each.name)
            asked[each.name] = each


def _look_back(condition: Condition | None, asked: Mapping[str, Field], place: str) -> None:
    for name in fields_of(condition) if condition else ():
        if name not in asked:
            raise BadDefinition(f"{place}: warunek czyta pole {name}, o które jeszcze nie pytano")


def _text(data: Any, place: str) -> Text:
    if not isinstance(data, dict) or not data.get(SOURCE_LANGUAGE):
        raise BadDefinition(f"{place}: brak tekstu po polsku")
    for language, text in data.items():
        if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
            raise BadDefinition(f"{place}: zły kod języka {language!r}")
        if not isinstance(text, str) or not text:
            raise BadDefinition(f"{place}: pusty tekst w języku {language}")
    return data


def _optional_text(data: Mapping[str, Any], key: str, place: str) -> Text:
    return _text(data[key], f"{place}.{key}") if key in data else {}


def _keys(data: Any, place: str, required: set[str], optional: set[str]) -> None:
    if not isinstance(data, dict):
        raise BadDefinition(f"{place}: oczekiwano obiektu")
    if missing := required - data.keys():
        raise BadDefinition(f"{place}: brak {', '.join(sorted(missing))}")
    if unknown := data.keys() - required - optional:
        raise BadDefinition(f"{place}: nieznane {', '.join(sorted(map(str, unknown)))}")


def _matching(pattern: re.Pattern[str], value: Any, place: str) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise BadDefinition(f"{place}: zła nazwa {value!r}")
    return value


def _number(value: Any, place: str, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise BadDefinition(f"{place}: oczekiwano liczby od {least} do {most}")
    return value


def _filled_list(value: Any, place: str) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise BadDefinition(f"{place}: oczekiwano niepustej listy")
    return value
