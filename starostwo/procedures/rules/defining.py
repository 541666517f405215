"""Reads a form's definition from JSON values and names every mistake at its place.

The published JSON Schema is `data/form.schema.json`; this module also checks what a schema cannot say:
names used once, conditions that look only backwards.
"""

import re
from collections.abc import Mapping
from typing import Any

from starostwo.procedures.rules.conditions import BadCondition, Condition, read_condition
from starostwo.procedures.rules.defining_whole import whole_mistakes
from starostwo.procedures.rules.definition import (
    DEFAULT_MAX_LENGTH,
    MOST_NUMBER,
    MOST_ROWS,
    SOURCE_LANGUAGE,
    WITH_CHOICES,
    Choice,
    Definition,
    Document,
    Field,
    FieldType,
    Step,
    Text,
)
from starostwo.procedures.rules.mistakes import BadDefinition, Mistake, Place
from starostwo.procedures.rules.sender import SENDER_ELEMENTS

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CODE = re.compile(r"[a-z][a-z0-9-]{0,39}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_CHOICE = re.compile(r"[a-z0-9_-]{1,40}")
_FORM_KEYS = {
    "subject_field", "acting_field", "attachments_hint", "max_attachments", "documents", "without_signature",
    "files_on_request",
}  # fmt: skip
_FIELD_KEYS = {
    "required", "hint", "error", "choices", "max_length", "when", "sender", "unit", "least", "most", "row",
    "fields",
}  # fmt: skip


def read_definition(data: Any) -> Definition:
    """Return the form that the JSON value defines."""
    definition, mistakes = look_at(data)
    if mistakes:
        raise BadDefinition(mistakes)
    return definition


def look_at(data: Any) -> tuple[Definition, list[Mistake]]:
    """Return the form as far as it can be read and everything that is wrong with it, in the form's order."""
    reader = _Reader()
    definition = reader.definition(data)
    return definition, reader.mistakes or list(whole_mistakes(definition))


class _Reader:
    """Walks a definition once; what is wrong is noted and replaced by something harmless."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []

    def definition(self, data: Any) -> Definition:
        data = self._object(
            data,
            (),
            {"code", "version", "title", "summary", "steps"},
            _FORM_KEYS,
        )
        steps = self._list(data.get("steps"), ("steps",), "Formularz musi mieć co najmniej jeden krok.")
        return Definition(
            code=self._name(_CODE, data.get("code"), ("code",)),
            version=self._number(data.get("version"), ("version",), 1, 9999),
            title=self._text(data.get("title"), ("title",)),
            summary=self._text(data.get("summary"), ("summary",)),
            steps=tuple(self._step(step, ("steps", place)) for place, step in enumerate(steps)),
            subject_field=str(data.get("subject_field", "")),
            acting_field=str(data.get("acting_field", "")),
            attachments_hint=self._optional_text(data, "attachments_hint", ()),
            max_attachments=self._number(data.get("max_attachments", 10), ("max_attachments",), 0, 50),
            documents=self._documents(data),
            without_signature=self._truth(data.get("without_signature", False), ("without_signature",)),
            files_on_request=self._truth(data.get("files_on_request", False), ("files_on_request",)),
        )

    def _documents(self, data: Mapping[str, Any]) -> tuple[Document, ...]:
        if "documents" not in data:
            return ()
        given = self._list(data["documents"], ("documents",), "Lista dokumentów jest pusta.")
        return tuple(self._document(each, ("documents", place)) for place, each in enumerate(given))

    def _document(self, data: Any, at: Place) -> Document:
        data = self._object(data, at, {"name", "label"}, {"required", "hint", "when"})
        return Document(
            name=self._name(_NAME, data.get("name"), (*at, "name")),
            label=self._text(data.get("label"), (*at, "label")),
            required=self._truth(data.get("required", True), (*at, "required")),
            hint=self._optional_text(data, "hint", at),
            when=self._condition(data, at),
        )

    def _step(self, data: Any, at: Place) -> Step:
        data = self._object(data, at, {"name", "title", "fields"}, {"intro", "when"})
        fields = self._list(data.get("fields"), (*at, "fields"), "Krok musi mieć co najmniej jedno pole.")
        return Step(
            name=self._name(_NAME, data.get("name"), (*at, "name")),
            title=self._text(data.get("title"), (*at, "title")),
            fields=tuple(self._field(each, (*at, "fields", n)) for n, each in enumerate(fields)),
            intro=self._optional_text(data, "intro", at),
            when=self._condition(data, at),
        )

    def _field(self, data: Any, at: Place, *, in_group: bool = False) -> Field:
        data = self._object(data, at, {"name", "type", "label"}, _FIELD_KEYS)
        type_ = self._type(data.get("type"), (*at, "type"), in_group=in_group)
        least, most = self._bounds(data, type_, at)
        return Field(
            name=self._name(_NAME, data.get("name"), (*at, "name")),
            type=type_,
            label=self._text(data.get("label"), (*at, "label")),
            required=self._truth(data.get("required", True), (*at, "required")),
            hint=self._optional_text(data, "hint", at),
            error=self._optional_text(data, "error", at),
            choices=self._choices(data, type_, at),
            max_length=self._max_length(data, type_, at),
            when=self._condition(data, at),
            sender=self._sender(data, at, in_group=in_group),
            unit=self._unit(data, type_, at),
            least=least,
            most=most,
            row=self._row(data, type_, at),
            fields=self._inside(data, type_, at),
        )

    def _type(self, value: Any, at: Place, *, in_group: bool) -> FieldType:
        if value not in list(FieldType):
            self._wrong(at, f"Nieznany rodzaj pola: {value!r}.")
            return FieldType.TEXT
        if in_group and value == FieldType.GROUP:
            self._wrong(at, "W grupie nie może być następnej grupy.")
            return FieldType.TEXT
        return FieldType(value)

    def _inside(self, data: Mapping[str, Any], type_: FieldType, at: Place) -> tuple[Field, ...]:
        """The questions of a group; at least one of them is always asked for, so that no row stays empty."""
        at = (*at, "fields")
        if type_ is not FieldType.GROUP:
            if "fields" in data:
                self._wrong(at, "Tylko grupa ma pola w środku.")
            return ()
        inside = self._list(data.get("fields"), at, "Grupa musi mieć co najmniej jedno pole.")
        fields = tuple(self._field(each, (*at, n), in_group=True) for n, each in enumerate(inside))
        if not any(field.required and field.when is None for field in fields):
            self._wrong(at, "W grupie musi być pole obowiązkowe bez warunku.")
        return fields

    def _bounds(self, data: Mapping[str, Any], type_: FieldType, at: Place) -> tuple[int, int]:
        top = MOST_ROWS if type_ is FieldType.GROUP else MOST_NUMBER
        if type_ not in (FieldType.GROUP, FieldType.NUMBER):
            for key in ("least", "most"):
                if key in data:
                    self._wrong((*at, key), "Najmniej i najwięcej dotyczy tylko liczby i grupy.")
            return 0, top
        least = self._number(data.get("least", 0), (*at, "least"), 0, top)
        return least, self._number(data.get("most", top), (*at, "most"), max(least, 1), top)

    def _row(self, data: Mapping[str, Any], type_: FieldType, at: Place) -> Text:
        if type_ is FieldType.GROUP:
            return self._text(data.get("row"), (*at, "row"))
        if "row" in data:
            self._wrong((*at, "row"), "Nazwę wpisu ma tylko grupa.")
        return {}

    def _unit(self, data: Mapping[str, Any], type_: FieldType, at: Place) -> Text:
        if "unit" in data and type_ not in (FieldType.NUMBER, FieldType.DECIMAL):
            self._wrong((*at, "unit"), "Jednostkę ma tylko liczba.")
        return self._optional_text(data, "unit", at)

    def _choices(self, data: Mapping[str, Any], type_: FieldType, at: Place) -> tuple[Choice, ...]:
        at = (*at, "choices")
        if type_ not in WITH_CHOICES:
            if "choices" in data:
                self._wrong(at, "Odpowiedzi do wyboru ma tylko pole wyboru.")
            return ()
        given = self._list(data.get("choices"), at, "Pole wyboru musi mieć odpowiedzi.")
        choices = [self._choice(each, (*at, place)) for place, each in enumerate(given)]
        if len({choice.value for choice in choices}) != len(choices):
            self._wrong(at, "Ta sama wartość wyboru jest dwa razy.")
        return tuple(choices)

    def _choice(self, data: Any, at: Place) -> Choice:
        data = self._object(data, at, {"value", "label"}, set())
        return Choice(
            self._name(_CHOICE, data.get("value"), (*at, "value")),
            self._text(data.get("label"), (*at, "label")),
        )

    def _sender(self, data: Mapping[str, Any], at: Place, *, in_group: bool) -> str:
        value = data.get("sender", "")
        if value not in ("", *SENDER_ELEMENTS):
            self._wrong((*at, "sender"), f"Nadawca nie ma wiersza {value!r}.")
            return ""
        if value and in_group:
            self._wrong((*at, "sender"), "Nadawca jest jeden, więc nie może być w grupie.")
        return str(value)

    def _max_length(self, data: Mapping[str, Any], type_: FieldType, at: Place) -> int:
        if "max_length" not in data:
            return DEFAULT_MAX_LENGTH.get(type_, 0)
        if type_ not in (FieldType.TEXT, FieldType.LONG_TEXT):
            self._wrong((*at, "max_length"), "Długość ogranicza się tylko w tekście.")
        return self._number(data["max_length"], (*at, "max_length"), 1, 50_000)

    def _condition(self, data: Mapping[str, Any], at: Place) -> Condition | None:
        if "when" not in data:
            return None
        try:
            return read_condition(data["when"])
        except BadCondition as error:
            self._wrong((*at, "when"), f"Warunek: {error}.")
            return None

    def _text(self, data: Any, at: Place) -> Text:
        if not isinstance(data, dict) or not data.get(SOURCE_LANGUAGE):
            self._wrong(at, "Brakuje tekstu po polsku.")
            return {SOURCE_LANGUAGE: "?"}
        for language, text in data.items():
            if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
                self._wrong(at, f"Zły kod języka: {language!r}.")
            elif not isinstance(text, str) or not text:
                self._wrong(at, f"Pusty tekst w języku {language}.")
        return data

    def _optional_text(self, data: Mapping[str, Any], key: str, at: Place) -> Text:
        return self._text(data[key], (*at, key)) if key in data else {}

    def _object(self, data: Any, at: Place, required: set[str], optional: set[str]) -> dict[str, Any]:
        if not isinstance(data, dict):
            self._wrong(at, "Oczekiwano obiektu.")
            return {}
        if missing := required - data.keys():
            self._wrong(at, f"Brakuje: {', '.join(sorted(missing))}.")
        if unknown := data.keys() - required - optional:
            self._wrong(at, f"Nieznane: {', '.join(sorted(map(str, unknown)))}.")
        return data

    def _name(self, pattern: re.Pattern[str], value: Any, at: Place) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            self._wrong(at, f"Zła nazwa: {value!r}. Użyj małych liter bez polskich znaków i cyfr.")
            return "x"
        return value

    def _number(self, value: Any, at: Place, least: int, most: int) -> int:
        if type(value) is not int or not least <= value <= most:
            self._wrong(at, f"Oczekiwano liczby od {least} do {most}.")
            return least
        return value

    def _truth(self, value: Any, at: Place) -> bool:
        if not isinstance(value, bool):
            self._wrong(at, "Oczekiwano tak albo nie.")
        return bool(value)

    def _list(self, value: Any, at: Place, message: str) -> list[Any]:
        if not isinstance(value, list) or not value:
            self._wrong(at, message)
            return []
        return value

    def _wrong(self, at: Place, message: str) -> None:
        self.mistakes.append(Mistake(at, message))
