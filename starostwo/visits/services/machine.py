"""The ticket machine of a hall: a browser at an address with a key that can be taken away at any time."""

import secrets
from datetime import datetime

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.office.api import Actor
from starostwo.visits import access
from starostwo.visits.models import Place
from starostwo.visits.queries.found import hash_of
from starostwo.visits.services.places import NotAllowed


@transaction.atomic
def open_machine(place: Place, *, actor: Actor, now: datetime) -> str:
    """Make a new key and return it once; the one before stops working."""
    key = secrets.token_urlsafe(32)
    _set(place, hash_of(key), "open_machine", actor, now)
    return key


@transaction.atomic
def close_machine(place: Place, *, actor: Actor, now: datetime) -> None:
    """Take the key away."""
    _set(place, "", "close_machine", actor, now)


def _set(place: Place, key_hash: str, verb: str, actor: Actor, now: datetime) -> None:
    if not access.may_configure(actor, place.unit_symbol):
        raise NotAllowed
    place.machine_hash = key_hash
    place.save(update_fields=["machine_hash"])
    audit.record(actor=actor.audit_name, verb=verb, thing=f"visits.place:{place.pk}", at=now)
