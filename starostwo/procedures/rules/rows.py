"""Rows of repeated groups among the flat answers of a form.

The answer of the field `imie` in the second row of `wlasciciele` is kept under `wlasciciele-2-imie`; the
answer `wlasciciele` itself says how many rows there are, also empty ones, so that a row that was added stays.
"""

import re
from collections.abc import Mapping

from starostwo.procedures.rules.definition import MOST_ROWS, Field, Step

_KEY = re.compile("([a-z][a-z0-9_]{0,39})-([1-9][0-9]?)-([a-z][a-z0-9_]{0,39})")


class CannotChangeRows(Exception):
    """The row cannot be added or removed; the page was perhaps an old one."""


class NoMoreRows(CannotChangeRows):
    """The group has as many rows as it may have."""


class RowMustStay(CannotChangeRows):
    """The group has as few rows as it may have, or there is no such row."""


def row_key(group: Field, row: int, field: Field) -> str:
    """Return the name under which the answer of a row's field is kept."""
    return f"{group.name}-{row}-{field.name}"


def row_count(group: Field, answers: Mapping[str, str]) -> int:
    """Return how many rows the person asked for, never fewer than the group needs."""
    said = answers.get(group.name, "")
    number = int(said) if re.fullmatch("[0-9]{1,2}", said) else 0
    return min(max(group.least, number), MOST_ROWS)


def belongs(step: Step, key: str) -> bool:
    """Tell whether an answer under this name belongs to the step."""
    if found := _KEY.fullmatch(key):
        group = next((each for each in step.fields if each.name == found.group(1)), None)
        inside = group.fields if group else ()
        return int(found.group(2)) <= MOST_ROWS and any(each.name == found.group(3) for each in inside)
    return any(each.name == key and not each.is_group for each in step.fields)


def with_row(group: Field, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers with one more, empty row."""
    count = row_count(group, answers)
    if count >= group.most:
        raise NoMoreRows(group.name)
    return dict(answers) | {group.name: str(count + 1)}


def without_row(group: Field, answers: Mapping[str, str], row: int) -> dict[str, str]:
    """Return the answers without one row; the rows behind it move up."""
    count = row_count(group, answers)
    if count <= group.least or not 1 <= row <= count:
        raise RowMustStay(f"{group.name} {row}")
    kept = {key: value for key, value in answers.items() if not key.startswith(f"{group.name}-")}
    left = [each for each in range(1, count + 1) if each != row]
    for place, old in enumerate(left, start=1):
        for field in group.fields:
            if value := answers.get(row_key(group, old, field), ""):
                kept[row_key(group, place, field)] = value
    return kept | {group.name: str(count - 1)}
