"""Writing history: one line for each change, one for each look at personal data."""

from collections.abc import Mapping
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
