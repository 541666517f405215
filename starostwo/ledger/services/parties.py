"""Counterparties are added and changed; nobody is there twice by the same number."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.ledger.models import Counterparty
from starostwo.office.api import Actor, Right
from starostwo.platform.polish import fold

FIELDS = ("name", "nip", "pesel", "regon", "street", "postcode", "town", "account_number", "sector")


class MayNotWrite(Exception):
    """Counterparties are kept by whoever keeps books."""


class PartyIsThere(Exception):
    """Another counterparty has that number."""

    def __init__(self, field: str, name: str) -> None:
        super().__init__(field, name)
        self.field, self.name = field, name


@transaction.atomic
def save_party(
    party: Counterparty | None, said: Mapping[str, str], *, actor: Actor, now: datetime
) -> Counterparty:
    """Add a counterparty, or change the given one."""
    if not actor.may(Right.KEEP_BOOKS):
        raise MayNotWrite
    for field in ("nip", "pesel"):
        same = Counterparty.objects.filter(**{field: said[field]}).exclude(pk=party.pk if party else 0)
        if said[field] and (other := same.first()):
            raise PartyIsThere(field, other.name)
    before = {name: getattr(party, name) for name in FIELDS} if party else {}
    saved = party or Counterparty()
    for name in FIELDS:
        setattr(saved, name, said[name])
    saved.folded = fold(said["name"])[:300]
    saved.save()
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb="change" if party else "add",
        thing=f"ledger.party:{saved.pk}", payload={"before": before, "after": dict(said)}, at=now,
    )  # fmt: skip
    return saved
