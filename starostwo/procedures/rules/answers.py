"""What a resident answered: tidied, checked against the form, hidden fields left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from starostwo.procedures.rules.conditions import holds
from starostwo.procedures.rules.definition import Definition, Document, Field, Step, in_language
from starostwo.procedures.rules.kinds import fault, missing, tidy
from starostwo.procedures.rules.rows import row_count, row_key
from starostwo.procedures.rules.sender import Sender
from starostwo.procedures.rules.told import Told, in_small

TOO_MANY = "%(label)s: usuń nadmiarowe wpisy, może ich być najwyżej %(most)s"


@dataclass(frozen=True)
class AnswerError:
    """One thing to correct, in the words shown beside the field, and the step that asks it."""

    field: str
    message: str
    step: str = ""


@dataclass(frozen=True)
class Question:
    """One question as it is asked: by itself, or in a row of a group."""

    key: str
    field: Field
    group: Field | None = None
    row: int = 0


def shown_answers(definition: Definition, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the tidied, filled answers of the fields that are shown, in the form's order.

    A hidden field has no answer, so what depends on it is hidden too.
    """
    shown: dict[str, str] = {}
    for step in definition.steps:
        if step.when is not None and not holds(step.when, shown):
            continue
        for field in step.fields:
            if field.when is not None and not holds(field.when, shown):
                continue
            if field.is_group:
                shown |= _shown_rows(field, answers)
            elif value := tidy(field, answers.get(field.name, "")):
                shown[field.name] = value
    return shown


def shown_steps(definition: Definition, answers: Mapping[str, str]) -> list[Step]:
    """Return the steps that this person is asked."""
    shown = shown_answers(definition, answers)
    return [step for step in definition.steps if step.when is None or holds(step.when, shown)]


def shown_fields(step: Step, definition: Definition, answers: Mapping[str, str]) -> list[Field]:
    """Return the fields of the step that this person is asked; a group stands for its questions."""
    shown = shown_answers(definition, answers)
    return [field for field in step.fields if field.when is None or holds(field.when, shown)]


def questions(step: Step, definition: Definition, answers: Mapping[str, str]) -> list[Question]:
    """Return each question of the step that this person is asked, row by row in a group."""
    shown = shown_answers(definition, answers)
    return list(_questions(step, shown))


def validate(
    definition: Definition, answers: Mapping[str, str], *, step: str | None = None
) -> list[AnswerError]:
    """Return what must be corrected in the whole form or in one step, in the form's order."""
    shown = shown_answers(definition, answers)
    errors = []
    for each in definition.steps:
        if step not in (None, each.name) or not (each.when is None or holds(each.when, shown)):
            continue
        for field in each.fields:
            if field.is_group and int(shown.get(field.name, "0")) > field.most:
                errors.append(AnswerError(field.name, _too_many(field), each.name))
        for asked in _questions(each, shown):
            if message := _fault(asked.field, shown.get(asked.key, "")):
                errors.append(AnswerError(asked.key, _in_row(asked, message), each.name))
    return errors


def shown_documents(definition: Definition, answers: Mapping[str, str]) -> list[Document]:
    """Return the kinds of files that this person is asked for."""
    shown = shown_answers(definition, answers)
    return [each for each in definition.documents if each.when is None or holds(each.when, shown)]


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


def row_name(group: Field, row: int, language: str = "pl") -> str:
    """Return what a row is called: 'Właściciel 2'."""
    return f"{in_language(group.row, language)} {row}"


def _shown_rows(group: Field, answers: Mapping[str, str]) -> dict[str, str]:
    count = row_count(group, answers)
    shown = {group.name: str(count)} if count else {}
    for row in range(1, count + 1):
        inside: dict[str, str] = {}
        for field in group.fields:
            value = tidy(field, answers.get(row_key(group, row, field), ""))
            if value and (field.when is None or holds(field.when, inside)):
                inside[field.name] = value
                shown[row_key(group, row, field)] = value
    return shown


def _questions(step: Step, shown: Mapping[str, str]) -> Iterator[Question]:
    for field in step.fields:
        if field.when is not None and not holds(field.when, shown):
            continue
        if not field.is_group:
            yield Question(field.name, field)
            continue
        for row in range(1, int(shown.get(field.name, "0")) + 1):
            yield from _row_questions(field, row, shown)


def _row_questions(group: Field, row: int, shown: Mapping[str, str]) -> Iterator[Question]:
    inside = {field.name: shown.get(row_key(group, row, field), "") for field in group.fields}
    for field in group.fields:
        if field.when is None or holds(field.when, inside):
            yield Question(row_key(group, row, field), field, group, row)


def _fault(field: Field, value: str) -> str:
    if value:
        return fault(field, value)
    return missing(field) if field.required else ""


def _in_row(asked: Question, message: str) -> str:
    """In a row the message says which row: 'Właściciel 2: wpisz imię'."""
    if asked.group is None:
        return message
    return Told("%(row)s: %(message)s", row=row_name(asked.group, asked.row), message=in_small(message))


def _too_many(group: Field) -> str:
    return Told(TOO_MANY, label=in_language(group.label), most=str(group.most))
