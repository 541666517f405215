"""A filled form as a person reads it: steps, questions and answers in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starostwo.procedures.rules.answers import shown_answers, shown_steps
from starostwo.procedures.rules.definition import SOURCE_LANGUAGE, Definition, Field, FieldType, in_language


@dataclass(frozen=True)
class ReadAnswer:
    """One answered question."""

    field: str
    label: str
    value: str


@dataclass(frozen=True)
class ReadStep:
    """One step with its answered questions; a step without any is left out."""

    name: str
    title: str
    answers: tuple[ReadAnswer, ...]


def readable(
    definition: Definition, answers: Mapping[str, str], *, language: str = SOURCE_LANGUAGE
) -> list[ReadStep]:
    """Return what was answered, in the form's order and in words."""
    shown = shown_answers(definition, answers)
    steps = []
    for step in shown_steps(definition, answers):
        rows = tuple(
            ReadAnswer(
                field.name, in_language(field.label, language), _words(field, shown[field.name], language)
            )
            for field in step.fields
            if field.name in shown
        )
        if rows:
            steps.append(ReadStep(step.name, in_language(step.title, language), rows))
    return steps


def _words(field: Field, value: str, language: str) -> str:
    """The label of a choice, a date as the calendar writes it, else the answer itself."""
    for choice in field.choices:
        if choice.value == value:
            return in_language(choice.label, language)
    if field.type is FieldType.DATE:
        try:
            return f"{date.fromisoformat(value):%d.%m.%Y}"
        except ValueError:
            return value
    return value
