"""What a resident answered: cleaned, checked against the form, hidden fields left out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from stdnum.pl import pesel

from starostwo.procedures.rules.conditions import holds
from starostwo.procedures.rules.definition import Definition, Field, FieldType, Step, in_language
from starostwo.procedures.rules.sender import Sender

CONSENT_GIVEN = "tak"

_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PATTERNS = {
    FieldType.EMAIL: (
        re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
        "Wpisz adres e-mail w postaci nazwa@domena.pl",
    ),
    FieldType.PHONE: (re.compile(r"\+?[0-9 ]{7,19}"), "Wpisz numer telefonu, na przykład 601 234 567"),
    FieldType.POSTCODE: (re.compile(r"[0-9]{2}-[0-9]{3}"), "Wpisz kod pocztowy w postaci 95-100"),
    FieldType.NUMBER: (re.compile(r"[0-9]{1,9}"), "Wpisz liczbę całkowitą, na przykład 3"),
}


@dataclass(frozen=True)
class AnswerError:
    """One thing to correct, in the words shown beside the field."""

    field: str
    message: str


def clean(answer: str) -> str:
    """Return the answer as it is kept: one kind of line end, no control characters, no edge spaces."""
    unified = answer.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_XML.sub("", unified).strip()


def shown_answers(definition: Definition, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the cleaned, filled answers of the fields that are shown, in the form's order.

    A hidden field has no answer, so what depends on it is hidden too.
    """
    shown: dict[str, str] = {}
    for step in definition.steps:
        if step.when is not None and not holds(step.when, shown):
            continue
        for field in step.fields:
            value = clean(answers.get(field.name, ""))
            if value and (field.when is None or holds(field.when, shown)):
                shown[field.name] = value
    return shown


def shown_steps(definition: Definition, answers: Mapping[str, str]) -> list[Step]:
    """Return the steps that this person is asked."""
    shown = shown_answers(definition, answers)
    return [step for step in definition.steps if step.when is None or holds(step.when, shown)]


def shown_fields(step: Step, definition: Definition, answers: Mapping[str, str]) -> list[Field]:
    """Return the fields of the step that this person is asked."""
    shown = shown_answers(definition, answers)
    return [field for field in step.fields if field.when is None or holds(field.when, shown)]


def validate(
    definition: Definition, answers: Mapping[str, str], *, step: str | None = None
) -> list[AnswerError]:
    """Return what must be corrected in the whole form or in one step, in the form's order."""
    shown = shown_answers(definition, answers)
    errors = []
    for each in shown_steps(definition, answers):
        if step not in (None, each.name):
            continue
        for field in shown_fields(each, definition, answers):
            if message := _fault(field, shown.get(field.name, "")):
                errors.append(AnswerError(field.name, message))
    return errors


def sender_of(definition: Definition, answers: Mapping[str, str]) -> Sender:
    """Return the sender as the answers name him."""
    shown = shown_answers(definition, answers)
    lines = {
        field.sender: shown[field.name] for field in definition.fields if field.sender and field.name in shown
    }
    return Sender(**lines)


def letter_title(definition: Definition, answers: Mapping[str, str]) -> str:
    """Return the title under which the mail desk sees the document."""
    title = in_language(definition.title)
    subject = shown_answers(definition, answers).get(definition.subject_field, "")
    return f"{title}: {' '.join(subject.split())}" if subject else title


def _fault(field: Field, value: str) -> str:
    if not value:
        return _missing(field) if field.required else ""
    if field.max_length and len(value) > field.max_length:
        return f"Skróć odpowiedź do {field.max_length} znaków (teraz ma {len(value)})"
    if field.type in _PATTERNS:
        pattern, message = _PATTERNS[field.type]
        return "" if pattern.fullmatch(value) else message
    return _typed_fault(field, value)


def _typed_fault(field: Field, value: str) -> str:
    match field.type:
        case FieldType.PESEL if len(value) != 11 or not pesel.is_valid(value):
            return "Sprawdź numer PESEL: ma 11 cyfr, a ostatnia jest kontrolna"
        case FieldType.DATE if not _is_day(value):
            return "Wpisz datę, która istnieje w kalendarzu, na przykład 27 3 2026"
        case FieldType.CHOICE if value not in {choice.value for choice in field.choices}:
            return _missing(field)
        case FieldType.CONSENT if value != CONSENT_GIVEN:
            return _missing(field)
        case FieldType.TEXT if "\n" in value:
            return "Wpisz odpowiedź w jednym wierszu"
    return ""


def _is_day(value: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return value >= "1000"


def _missing(field: Field) -> str:
    if field.error:
        return in_language(field.error)
    label = in_language(field.label).rstrip("?.")
    match field.type:
        case FieldType.CHOICE:
            return f"Wybierz odpowiedź: {label}"
        case FieldType.CONSENT:
            return f"Zaznacz: {label}"
    return f"Uzupełnij: {label}"
