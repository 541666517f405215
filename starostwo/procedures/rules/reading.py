"""A filled form as a person reads it: steps, questions and answers in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from starostwo.platform.money import zloty
from starostwo.procedures.rules.answers import questions, row_name, shown_answers, shown_steps
from starostwo.procedures.rules.definition import SOURCE_LANGUAGE, Definition, Field, FieldType, in_language
from starostwo.procedures.rules.kinds import KINDS


@dataclass(frozen=True)
class ReadAnswer:
    """One answered question; `row` names the row of a group that it stands in."""

    field: str
    label: str
    value: str
    row: str = ""


@dataclass(frozen=True)
class ReadStep:
    """One step with its answered questions; a step without any is left out."""

    name: str
    title: str
    answers: tuple[ReadAnswer, ...]

    @property
    def sections(self) -> list[tuple[str, list[ReadAnswer]]]:
        """The answers under their headings: the step's title, then each row of a group by its name."""
        return [
            (row or self.title, list(answers))
            for row, answers in groupby(self.answers, key=lambda each: each.row)
        ]


def readable(
    definition: Definition, answers: Mapping[str, str], *, language: str = SOURCE_LANGUAGE
) -> list[ReadStep]:
    """Return what was answered, in the form's order and in words."""
    shown = shown_answers(definition, answers)
    steps = []
    for step in shown_steps(definition, answers):
        rows = tuple(
            ReadAnswer(
                asked.key,
                in_language(asked.field.label, language),
                _words(asked.field, shown[asked.key], language),
                row_name(asked.group, asked.row, language) if asked.group else "",
            )
            for asked in questions(step, definition, answers)
            if asked.key in shown
        )
        if rows:
            steps.append(ReadStep(step.name, in_language(step.title, language), rows))
    return steps


def _words(field: Field, value: str, language: str) -> str:
    """Labels of what was picked, a date as the calendar has it, money with its currency, else the answer."""
    match field.type:
        case FieldType.CHOICE | FieldType.CHOICES:
            labels = {choice.value: in_language(choice.label, language) for choice in field.choices}
            return ", ".join(labels.get(each, each) for each in value.split(" "))
        case FieldType.DATE if KINDS[FieldType.DATE].accepts(value):
            return f"{date.fromisoformat(value):%d.%m.%Y}"
        case FieldType.MONEY if KINDS[FieldType.MONEY].accepts(value):
            whole, _, rest = value.partition(".")
            return zloty(int(whole) * 100 + int(rest or 0), language)
        case FieldType.DECIMAL | FieldType.NUMBER:
            written = value if language == "en" else value.replace(".", ",")
            return f"{written} {in_language(field.unit, language)}".strip()
    return value
