"""One line of history for each act, as the case sheet needs it: who, on which post, in whose place, what."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from starostwo.audit import api as audit
from starostwo.office.api import Actor

PROGRAM = "program:esp"
PROGRAM_NAME = "Elektroniczna skrzynka podawcza"


def act(
    verb: str,
    thing: object,
    *,
    actor: Actor | None,
    now: datetime,
    holder_id: int | None = None,
    in_place_of: str | None = None,
    payload: Mapping[str, Any] | None = None,
) -> None:
    """Write an act down; `holder_id` is whose thing it is, so that a stand-in is named as one."""
    if actor is None:
        audit.record(
            actor=PROGRAM,
            actor_name=PROGRAM_NAME,
            verb=verb,
            thing=str(thing),
            payload=dict(payload or {}),
            at=now,
        )
        return
    absent = in_place_of or (actor.acting_for(holder_id) if holder_id is not None else None)
    audit.record(
        actor=actor.audit_name,
        actor_name=actor.name,
        verb=verb,
        thing=str(thing),
        payload={"post": actor.post_title, **(payload or {})},
        in_place_of=absent,
        at=now,
    )
