"""Conditions as a clerk ticks them: answers to earlier questions, joined by 'all' or 'any', maybe turned.

A condition of another shape, written by a program, is shown in words and stays as it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from starostwo.procedures.rules.conditions import (
    AllOf,
    AnyOf,
    BadCondition,
    Condition,
    Is,
    Not,
    read_condition,
)
from starostwo.procedures.rules.definition import READ_BY_CONDITIONS, Definition, Field, in_language
from starostwo.procedures.rules.mistakes import Place


@dataclass(frozen=True)
class Ticked:
    """What is ticked: pairs `pole=odpowiedź`; answers to one question are alternatives."""

    pairs: tuple[str, ...] = ()
    is_any: bool = False
    is_turned: bool = False


def offered(definition: Definition, place: Place) -> list[tuple[str, str]]:
    """Return the pairs that a condition at the place may read, with their words."""
    return [
        (f"{field.name}={value}", f"{in_language(field.label)} → {label}")
        for field in _before(definition, place)
        if field.type in READ_BY_CONDITIONS
        for value, label in _answers(field)
    ]


def ticked(data: Any) -> Ticked | None:
    """Return what is ticked for the condition; None when it has another shape."""
    if data is None:
        return Ticked()
    try:
        condition = read_condition(data)
    except BadCondition:
        return None
    is_turned = isinstance(condition, Not)
    inner: Condition = condition.part if isinstance(condition, Not) else condition
    parts = inner.parts if isinstance(inner, AllOf | AnyOf) else (inner,)
    if not all(isinstance(part, Is) for part in parts):
        return None
    known = [part for part in parts if isinstance(part, Is)]
    if len({part.field for part in known}) != len(known):
        return None
    pairs = tuple(f"{part.field}={value}" for part in known for value in sorted(part.values))
    return Ticked(pairs, isinstance(inner, AnyOf), is_turned)


def condition_of(pairs: Iterable[str], *, is_any: bool, is_turned: bool) -> dict[str, Any] | None:
    """Return the condition that the ticks state; None when nothing is ticked."""
    by_field: dict[str, list[str]] = {}
    for pair in pairs:
        name, _, value = pair.partition("=")
        by_field.setdefault(name, []).append(value)
    parts: list[dict[str, Any]] = [{"field": name, "is": values} for name, values in by_field.items()]
    if not parts:
        return None
    joined = parts[0] if len(parts) == 1 else {"any" if is_any else "all": parts}
    return {"not": joined} if is_turned else joined


def in_words(condition: Condition, labels: Mapping[str, Field]) -> str:
    """Return the condition as a person reads it."""
    match condition:
        case Is(name, values):
            field = labels.get(name)
            answers = dict(_answers(field)) if field else {}
            said = " albo ".join(answers.get(value, value) for value in sorted(values))
            return f"„{in_language(field.label) if field else name}” to {said}"
        case AllOf(parts):
            return " i ".join(in_words(part, labels) for part in parts)
        case AnyOf(parts):
            return " lub ".join(in_words(part, labels) for part in parts)
        case Not(part):
            return f"nie: {in_words(part, labels)}"


def _before(definition: Definition, place: Place) -> list[Field]:
    """The questions asked before the place; within a group only those of its own row."""
    if place[:1] != ("steps",):
        return list(definition.fields)
    step = int(place[1])
    inside = definition.steps[step].fields if step < len(definition.steps) else ()
    if len(place) == 6:
        return list(inside[int(place[3])].fields[: int(place[5])])
    earlier = [field for each in definition.steps[:step] for field in each.fields]
    return earlier + list(inside[: int(place[3])] if len(place) == 4 else ())


def _answers(field: Field) -> list[tuple[str, str]]:
    if field.choices:
        return [(choice.value, in_language(choice.label)) for choice in field.choices]
    return [("tak", "zaznaczone")]
