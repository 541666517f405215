"""Verbs of a new installation: the office itself and its buildings."""

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.office import access
from starostwo.office.actor import Actor
from starostwo.office.models import Office, Seat
from starostwo.office.services.refusal import NotAllowed


@transaction.atomic
def set_up_office(actor: Actor, *, is_demo: bool, lines: dict[str, str]) -> Office:
    """Write down whose installation this is; `lines` are columns of the office."""
    if not access.may_manage(actor):
        raise NotAllowed
    office, _ = Office.objects.update_or_create(id=1, defaults={**lines, "is_demo": is_demo})
    audit.record(actor=actor.audit_name, verb="set_up_office", thing="office.office:1", payload=lines)
    return office


@transaction.atomic
def change_addresses(actor: Actor, *, lines: dict[str, str]) -> Office:
    """Write down how the office is reached; `lines` are columns of the office."""
    if not access.may_manage(actor):
        raise NotAllowed
    office = Office.objects.select_for_update().get(id=1)
    changed = {name: value for name, value in lines.items() if getattr(office, name) != value}
    if changed:
        for name, value in changed.items():
            setattr(office, name, value)
        office.save(update_fields=list(changed))
        audit.record(
            actor=actor.audit_name,
            actor_name=actor.name,
            verb="change_addresses",
            thing="office.office:1",
            payload=changed,
        )
    return office


@transaction.atomic
def open_seat(actor: Actor, *, code: str, lines: dict[str, str]) -> Seat:
    """Add a building in which the office works; `lines` are columns of the seat."""
    if not access.may_manage(actor):
        raise NotAllowed
    seat = Seat.objects.create(code=code, **lines)
    audit.record(
        actor=actor.audit_name,
        verb="open_seat",
        thing=f"office.seat:{seat.pk}",
        payload={"code": code, **lines},
    )
    return seat
