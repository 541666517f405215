"""One line of history for each act of an editor, in whose place he acts included."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from starostwo.audit import api as audit
from starostwo.office.api import Actor, Right


def note(verb: str, thing: str, *, actor: Actor, payload: Mapping[str, Any], now: datetime) -> None:
    """Write down who did what to which thing, in the caller's transaction."""
    audit.record(
        actor=actor.audit_name,
        in_place_of=actor.lends(Right.EDIT_PORTAL),
        verb=verb,
        thing=thing,
        payload=payload,
        at=now,
    )
