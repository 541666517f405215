"""Changes to a definition that is being written: plain values in, plain values out, right or wrong.

A place is the way from the whole to a part, written `steps-0-fields-2`; empty for the form itself.
"""

import copy
import re
from collections.abc import Mapping
from typing import Any

from starostwo.procedures.rules.definition import SOURCE_LANGUAGE
from starostwo.procedures.rules.mistakes import Mistake, Place

Data = dict[str, Any]
_PART = re.compile(r"(steps-[0-9]{1,3}(-fields-[0-9]{1,3}){0,2}|documents-[0-9]{1,3})?")
_LIST = re.compile(r"steps(-[0-9]{1,3}-fields(-[0-9]{1,3}-fields)?)?|documents")
NEW_PARTS: dict[str, Data] = {
    "steps": {"name": "krok", "title": {"pl": "Nowy krok"}, "fields": []},
    "fields": {"name": "pole", "type": "text", "label": {"pl": "Nowe pytanie"}},
    "documents": {"name": "dokument", "label": {"pl": "Nowy dokument"}},
}


class NoSuchPlace(Exception):
    """The definition has no part at this place; somebody may have changed it meanwhile."""


def place_of(written: str, *, is_list: bool = False) -> Place:
    """Return the place that an address or a button names."""
    if not (_LIST if is_list else _PART).fullmatch(written):
        raise NoSuchPlace(written)
    return tuple(int(each) if each.isdecimal() else each for each in written.split("-")) if written else ()


def written(place: Place) -> str:
    """Return the place as addresses and buttons write it."""
    return "-".join(map(str, place))


def part_at(data: Data, place: Place) -> Data:
    """Return the part of the definition."""
    found: Any = data
    try:
        for key in place:
            found = found[key]
    except (LookupError, TypeError) as error:
        raise NoSuchPlace(written(place)) from error
    if not isinstance(found, dict):
        raise NoSuchPlace(written(place))
    return found


def with_part(data: Data, place: Place, part: Data) -> Data:
    """Return the definition with the part in the place of the old one."""
    changed = copy.deepcopy(data)
    old = part_at(changed, place)
    old.clear()
    old.update(part)
    return changed


def with_new(data: Data, parts: Place) -> tuple[Data, Place]:
    """Return the definition with one more part at the end of the list, and its place."""
    changed = copy.deepcopy(data)
    holder = part_at(changed, parts[:-1])
    kind = str(parts[-1])
    siblings = holder.setdefault(kind, [])
    made = copy.deepcopy(NEW_PARTS[kind])
    made["name"] = _free_name(changed, made["name"])
    siblings.append(made)
    return changed, (*parts, len(siblings) - 1)


def moved(data: Data, place: Place, by: int) -> Data:
    """Return the definition with the part one place up or down; at an end nothing changes."""
    changed = copy.deepcopy(data)
    siblings, at = _siblings(changed, place)
    if 0 <= at + by < len(siblings):
        siblings[at], siblings[at + by] = siblings[at + by], siblings[at]
    return changed


def without(data: Data, place: Place) -> Data:
    """Return the definition without the part; an empty list of documents goes too."""
    changed = copy.deepcopy(data)
    siblings, at = _siblings(changed, place)
    del siblings[at]
    if not changed.get("documents", True):
        del changed["documents"]
    return changed


def text(old: Any, polish: str) -> dict[str, str]:
    """Return the text with new Polish words; translations of other words fall away."""
    known = old if isinstance(old, Mapping) else {}
    return dict(known) if known.get(SOURCE_LANGUAGE) == polish else {SOURCE_LANGUAGE: polish}


def mistakes_at(mistakes: list[Mistake], place: Place) -> list[Mistake]:
    """Return the mistakes of a part itself and not of the parts within it."""
    size = len(place)
    return [
        each
        for each in mistakes
        if each.place[:size] == place
        and not any(key in ("steps", "fields", "documents") for key in each.place[size:-1])
    ]


def _siblings(data: Data, place: Place) -> tuple[list[Data], int]:
    if not place:
        raise NoSuchPlace("")
    part_at(data, place)
    holder = part_at(data, place[:-2])
    return holder[str(place[-2])], int(place[-1])


def _free_name(data: Data, name: str) -> str:
    used = set(_names(data))
    number = 1
    while (free := f"{name}_{number}") in used:
        number += 1
    return free


def _names(value: Any) -> list[str]:
    if isinstance(value, list):
        return [name for each in value for name in _names(each)]
    if isinstance(value, dict):
        own = [str(value["name"])] if "name" in value else []
        return own + [name for each in value.values() for name in _names(each)]
    return []
