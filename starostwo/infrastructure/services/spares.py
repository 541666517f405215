"""Spare parts and modules: taken into stock, given out into devices."""

from datetime import datetime
from typing import Any

from django.db import transaction

from starostwo.infrastructure.models import Device, Spare, SpareMove
from starostwo.infrastructure.services.writing import Refused, explained, must_manage, must_work, note
from starostwo.office.api import Actor

MOST = 10_000


@transaction.atomic
def add_spare(said: dict[str, Any], *, actor: Actor, now: datetime) -> Spare:
    """A kind of part with its place and the least that should be there."""
    must_manage(actor)
    with explained():
        made = Spare.objects.create(**said)
    note(made, "add_spare", actor, now, part_number=made.part_number)
    return made


@transaction.atomic
def move_spare(
    spare_id: int, change: int, why: str, *, actor: Actor, now: datetime, device: int | None = None,
    order: int | None = None,
) -> Spare:  # fmt: skip
    """Pieces come into stock, or go out, as a rule into a device."""
    must_work(actor)
    if change == 0 or abs(change) > MOST:
        raise Refused("count", f"Podaj liczbę sztuk od 1 do {MOST}.")
    spare = Spare.objects.select_for_update(of=("self",)).get(pk=spare_id)
    if device is not None and not Device.objects.filter(pk=device).exclude(state="WITHDRAWN").exists():
        raise Refused("device", "Tego urządzenia nie ma albo jest wycofane.")
    with explained():
        SpareMove.objects.create(
            spare=spare, change=change, device_id=device, order_id=order, why=why.strip()[:200],
            made_at=now, made_by_name=actor.name,
        )  # fmt: skip
    spare.refresh_from_db(fields=["quantity"])
    note(spare, "move_spare", actor, now, change=change, device=device, left=spare.quantity)
    return spare
