"""Keyset paging: a page starts after a given row, so that page 9,000 costs as much as page 1."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.http import Http404

M = TypeVar("M", bound=Model)
SALT = "paging"


class BadCursor(Http404):
    """The mark of a page was changed by hand or belongs to another list: there is no such page.

    A view lets it pass, an interface for programs catches it and says what is wrong.
    """


@dataclass(frozen=True)
class Page(Generic[M]):
    """The rows of a page and the cursors of its neighbours (None where there is none)."""

    rows: list[M]
    before: str | None
    after: str | None


def keyset_page(queryset: QuerySet[M], *, key: Sequence[str], cursor: str | None, size: int = 50) -> Page[M]:
    """Return one page of the queryset in the order of the key; one query.

    `key` are field names, '-' for descending, the last one unique. The cursor of the page after starts
    with '>', of the page before with '<'.
    """
    direction, values = _read(cursor, key)
    back = direction == "<"
    order = [_turned(field) for field in key] if back else list(key)
    rows = queryset.order_by(*order)
    if values is not None:
        rows = rows.filter(_beyond(order, values))
    found = list(rows[: size + 1])
    has_more = len(found) > size
    found = found[:size]
    if back:
        found.reverse()
    has_before = has_more if back else values is not None
    has_after = True if back else has_more
    return Page(
        rows=found,
        before=_write("<", found[0], key) if found and has_before else None,
        after=_write(">", found[-1], key) if found and has_after else None,
    )


def _beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    """The rows after the given one: a < x, or a = x and b < y, and so on."""
    wanted = Q()
    for position, field in enumerate(order):
        same = Q(**{name.lstrip("-"): values[index] for index, name in enumerate(order[:position])})
        side = "lt" if field.startswith("-") else "gt"
        wanted |= same & Q(**{f"{field.lstrip('-')}__{side}": values[position]})
    return wanted


def _turned(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"


def _write(direction: str, row: Model, key: Sequence[str]) -> str:
    values = [_plain(getattr(row, field.lstrip("-"))) for field in key]
    return direction + signing.dumps(["|".join(key), *values], salt=SALT)


def _read(cursor: str | None, key: Sequence[str]) -> tuple[str, list[Any] | None]:
    if not cursor:
        return ">", None
    try:
        order, *values = signing.loads(cursor[1:], salt=SALT)
    except (signing.BadSignature, json.JSONDecodeError) as error:
        raise BadCursor(cursor) from error
    if order != "|".join(key) or cursor[0] not in "<>":
        raise BadCursor(cursor)
    return cursor[0], values


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
