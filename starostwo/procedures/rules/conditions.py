"""When a step or a field of a form is shown: a small closed grammar over earlier answers.

`{"field": "cel", "is": ["sad", "szkola"]}`, joined by `all`, `any` and `not`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Is:
    """True when the answer to one earlier field is one of the values, or one of several picked answers is."""

    field: str
    values: frozenset[str]


@dataclass(frozen=True)
class AllOf:
    """True when every part is true."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class AnyOf:
    """True when at least one part is true."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Not:
    """True when its part is not."""

    part: "Condition"


Condition = Is | AllOf | AnyOf | Not


class BadCondition(Exception):
    """The condition does not follow the grammar."""


def read_condition(data: Any) -> Condition:
    """Return the condition that the JSON value states."""
    match data:
        case {"field": str(name), "is": [str(), *_] as values} if len(data) == 2:
            return Is(name, frozenset(_strings(values)))
        case {"all": [_, *_] as parts} if len(data) == 1:
            return AllOf(tuple(read_condition(part) for part in parts))
        case {"any": [_, *_] as parts} if len(data) == 1:
            return AnyOf(tuple(read_condition(part) for part in parts))
        case {"not": part} if len(data) == 1:
            return Not(read_condition(part))
    raise BadCondition(f"niezrozumiały warunek: {data!r}")


def holds(condition: Condition, answers: Mapping[str, str]) -> bool:
    """Tell whether the condition is true for these answers; a missing answer is empty."""
    match condition:
        case Is(field, values):
            return not values.isdisjoint(answers.get(field, "").split())
        case AllOf(parts):
            return all(holds(part, answers) for part in parts)
        case AnyOf(parts):
            return any(holds(part, answers) for part in parts)
        case Not(part):
            return not holds(part, answers)


def comparisons_of(condition: Condition) -> Iterator[Is]:
    """Name the comparisons of which the condition is made."""
    match condition:
        case Is():
            yield condition
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from comparisons_of(part)
        case Not(part):
            yield from comparisons_of(part)


def _strings(values: list[Any]) -> list[str]:
    if not all(isinstance(value, str) for value in values):
        raise BadCondition(f"wartości warunku muszą być tekstem: {values!r}")
    return values
