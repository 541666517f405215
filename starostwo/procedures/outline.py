"""A definition as rows of an outline, each with its place, its words and its mistakes."""

from collections.abc import Iterator
from dataclasses import dataclass

from starostwo.procedures.building import State
from starostwo.procedures.rules.conditions import Condition
from starostwo.procedures.rules.definition import Definition, Field, in_language
from starostwo.procedures.rules.editing import mistakes_at, written
from starostwo.procedures.rules.labels import TYPE_LABELS
from starostwo.procedures.rules.mistakes import Place
from starostwo.procedures.rules.simple_conditions import in_words


@dataclass(frozen=True)
class OutlineRow:
    """One part of the form on the page of its version."""

    place: str
    kind: str
    level: int
    title: str
    what: str
    condition: str
    mistakes: list[str]
    adds: str = ""
    adds_label: str = ""


def outline(state: State) -> list[OutlineRow]:
    """The whole form from top to bottom."""
    return list(_rows(state))


def _rows(state: State) -> Iterator[OutlineRow]:
    form = state.filled.form
    for place, step in enumerate(form.steps):
        at: Place = ("steps", place)
        yield _row(
            state, at, "krok", 0, in_language(step.title), f"strona {place + 1}", step.when, adds="pytanie"
        )
        for number, field in enumerate(step.fields):
            yield from _field_rows(state, (*at, "fields", number), field, 1)
    for place, document in enumerate(form.documents):
        what = "obowiązkowy" if document.required else "nieobowiązkowy"
        at = ("documents", place)
        yield _row(state, at, "dokument", 0, in_language(document.label), what, document.when)


def _field_rows(state: State, at: Place, field: Field, level: int) -> Iterator[OutlineRow]:
    what = TYPE_LABELS[field.type] + ("" if field.required or field.is_group else ", nieobowiązkowe")
    if field.is_group:
        what += f", od {field.least} do {field.most}"
    adds = "pytanie w grupie" if field.is_group else ""
    yield _row(state, at, "pytanie", level, in_language(field.label), what, field.when, adds=adds)
    for number, inner in enumerate(field.fields):
        yield from _field_rows(state, (*at, "fields", number), inner, level + 1)


def _row(
    state: State,
    at: Place,
    kind: str,
    level: int,
    title: str,
    what: str,
    when: Condition | None,
    *,
    adds: str = "",
) -> OutlineRow:
    return OutlineRow(
        place=written(at),
        kind=kind,
        level=level,
        title=title,
        what=what,
        condition=in_words(when, labels_of(state.filled.form)) if when else "",
        mistakes=[each.message for each in mistakes_at(state.mistakes, at)],
        adds=written((*at, "fields")) if adds else "",
        adds_label=adds,
    )


def labels_of(form: Definition) -> dict[str, Field]:
    """The questions of a form by their names."""
    known = {inner.name: inner for field in form.fields for inner in field.fields}
    return known | {field.name: field for field in form.fields}
