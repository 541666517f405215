"""Switchboards, electric circuits, and what hangs on them."""

from datetime import datetime
from typing import Any

from django.db import transaction

from starostwo.infrastructure.models import ElectricCircuit, Feed, PowerPanel
from starostwo.infrastructure.rules.kinds import OUTLET, STRIP, UPS
from starostwo.infrastructure.services.hardware import locked_device
from starostwo.infrastructure.services.writing import Refused, explained, must_manage, note
from starostwo.office.api import Actor

FED = (OUTLET, UPS, STRIP)


@transaction.atomic
def add_panel(place_id: int, name: str, *, actor: Actor, now: datetime) -> PowerPanel:
    """A switchboard."""
    must_manage(actor)
    with explained():
        made = PowerPanel.objects.create(place_id=place_id, name=name.strip())
    note(made, "add_panel", actor, now, name=made.name)
    return made


@transaction.atomic
def add_circuit(said: dict[str, Any], *, actor: Actor, now: datetime) -> ElectricCircuit:
    """A breaker of a switchboard."""
    must_manage(actor)
    with explained():
        made = ElectricCircuit.objects.create(**said)
    note(made, "add_circuit", actor, now, name=made.name, amperes=made.amperes)
    return made


@transaction.atomic
def feed(device_id: int, circuit_id: int | None, *, actor: Actor, now: datetime) -> None:
    """Hang an outlet, a UPS or a strip on a circuit, or on none."""
    must_manage(actor)
    device = locked_device(device_id)
    if device.device_type.category not in FED:
        raise Refused("circuit", "Do obwodu podłącza się gniazdo elektryczne, UPS albo listwę zasilającą.")
    Feed.objects.filter(device=device).delete()
    if circuit_id is not None:
        Feed.objects.create(device=device, circuit_id=circuit_id)
    note(device, "feed", actor, now, circuit=circuit_id)
