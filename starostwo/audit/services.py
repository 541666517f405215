"""Writing history: one line for each change, one for each look at personal data."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from starostwo.audit.rules.chain import canonical, moment


def record(
    *,
    actor: str,
    verb: str,
    thing: str,
    payload: Mapping[str, Any] | None = None,
    in_place_of: str | None = None,
    actor_name: str = "",
    at: datetime | None = None,
) -> None:
    """Add one line to the history of a thing ("records.case:123"), in the caller's transaction.

    Lines of one thing are written one after another; different things never wait for each other.
    """
    said = _said(actor, actor_name, verb, thing, in_place_of, payload or {}, at)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_entry (payload) VALUES (%s)", [said])


def record_done(
    sql: str,
    values: Sequence[Any],
    *,
    data: str,
    actor: str,
    verb: str,
    thing: str,
    actor_name: str = "",
    at: datetime | None = None,
) -> list[tuple[Any, ...]]:
    """Run a query that changes things and add its line in the same statement; give back the query's rows.

    `data` is an SQL expression over those rows, called `done`, that makes the text of the line's JSON. A
    query without rows leaves no line.
    """
    before, after = _around_data(_said(actor, actor_name, verb, thing, None, {}, at))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH done AS MATERIALIZED ({sql}), noted AS (INSERT INTO audit_entry (payload) "  # noqa: S608  both are literals of the callers
            f"SELECT %s || {data} || %s FROM done HAVING count(*) > 0) SELECT * FROM done",
            [*values, before, after],
        )
        return list(cursor.fetchall())


def record_read(
    *,
    actor: str,
    thing: str,
    why: str = "",
    in_place_of: str | None = None,
    actor_name: str = "",
    at: datetime | None = None,
) -> None:
    """Add one line to the log of looks at personal data."""
    said = _said(actor, actor_name, "read", thing, in_place_of, {"why": why} if why else {}, at)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_read (payload) VALUES (%s)", [said])


def _around_data(text: str) -> tuple[str, str]:
    """The text of a line without data, cut where the data belongs."""
    said = json.loads(text)
    first = {name: value for name, value in said.items() if name < "data"}
    rest = {name: value for name, value in said.items() if name > "data"}
    return canonical(first)[:-1] + ',"data":', "," + canonical(rest)[1:]


def _said(
    actor: str,
    actor_name: str,
    verb: str,
    thing: str,
    in_place_of: str | None,
    data: Mapping[str, Any],
    at: datetime | None,
) -> str:
    """The text that is stored and hashed; the database takes the columns out of it."""
    return canonical(
        {
            "actor": actor,
            "actor_name": actor_name,
            "at": moment(at or timezone.now()),
            "data": dict(data),
            "in_place_of": in_place_of,
            "thing": thing,
            "verb": verb,
        }
    )
