"""What each change of telephony begins and ends with: the right to make it, and its line of the history."""

from datetime import datetime
from typing import Any

from starostwo.audit import api as audit
from starostwo.office.api import Actor
from starostwo.telephony import access


class MayNotManage(Exception):
    """The person does not run telephony, or the phone is another person's."""


def must_manage(actor: Actor) -> None:
    """Raise MayNotManage for who does not run telephony."""
    if not access.may_manage(actor):
        raise MayNotManage


def note(verb: str, what: str, row: int | str, payload: dict[str, Any], actor: Actor, now: datetime) -> None:
    """Write down who did what to a row of telephony: `telephony.trunk:3`, `telephony.phone:101`."""
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=f"telephony.{what}:{row}",
        payload=payload, at=now,
    )  # fmt: skip
