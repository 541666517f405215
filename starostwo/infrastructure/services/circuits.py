"""Operators' lines between buildings; certificates, domains and licences with their last days."""

from datetime import datetime
from typing import Any

from django.db import transaction

from starostwo.infrastructure.models import Cable, Circuit, Expiry
from starostwo.infrastructure.services.writing import Refused, changed, explained, must_manage, note
from starostwo.office.api import Actor


@transaction.atomic
def add_line(said: dict[str, Any], *, actor: Actor, now: datetime) -> Circuit:
    """A line of an operator."""
    must_manage(actor)
    with explained():
        made = Circuit.objects.create(**said)
    note(made, "add_line", actor, now, number=made.number, supplier=made.supplier)
    return made


@transaction.atomic
def describe_line(circuit_id: int, said: dict[str, Any], *, actor: Actor, now: datetime) -> Circuit:
    """Contract, speed, cost and cable of a line."""
    must_manage(actor)
    found = Circuit.objects.select_for_update(of=("self",)).get(pk=circuit_id)
    cable = said.get("cable_id")
    if cable is not None and not Cable.objects.filter(pk=cable, kind="CIRCUIT").exists():
        raise Refused("cable", "Wybierz kabel rodzaju „łącze operatora”.")
    done = changed(found, said)
    if done:
        note(found, "describe", actor, now, **done)
    return found


@transaction.atomic
def add_expiry(said: dict[str, Any], *, actor: Actor, now: datetime) -> Expiry:
    """A certificate, domain or licence with its last day."""
    must_manage(actor)
    with explained():
        made = Expiry.objects.create(**said)
    note(made, "add_expiry", actor, now, name=made.name, valid_until=str(made.valid_until))
    return made


@transaction.atomic
def describe_expiry(expiry_id: int, said: dict[str, Any], *, actor: Actor, now: datetime) -> Expiry:
    """It was renewed, or is written down better."""
    must_manage(actor)
    found = Expiry.objects.select_for_update(of=("self",)).get(pk=expiry_id)
    done = changed(found, said)
    if done:
        note(found, "describe", actor, now, **done)
    return found


@transaction.atomic
def drop_expiry(expiry_id: int, *, actor: Actor, now: datetime) -> None:
    """It is needed no more."""
    must_manage(actor)
    found = Expiry.objects.select_for_update(of=("self",)).get(pk=expiry_id)
    note(found, "drop", actor, now, name=found.name)
    found.delete()
