"""Reads of operators' lines and of what expires."""

from django.db.models import QuerySet

from starostwo.infrastructure import access
from starostwo.infrastructure.models import Circuit, Expiry
from starostwo.office.api import Actor


def lines(actor: Actor) -> list[Circuit]:
    """All lines by number."""
    return list(_lines(actor).order_by("number")[:500])


def line(circuit_id: int, *, actor: Actor) -> Circuit | None:
    """One line."""
    return _lines(actor).filter(pk=circuit_id).first()


def of_cable(cable_id: int, *, actor: Actor) -> Circuit | None:
    """The line that a cable is."""
    return _lines(actor).filter(cable=cable_id).first()


def _lines(actor: Actor) -> QuerySet[Circuit]:
    rows = Circuit.objects.select_related("near", "far", "cable")
    return rows if access.may_see(actor) else rows.none()


def expiries(actor: Actor) -> QuerySet[Expiry]:
    """What expires, the nearest first."""
    rows = Expiry.objects.select_related("device")
    return rows if access.may_see(actor) else rows.none()


def expiry(expiry_id: int, *, actor: Actor) -> Expiry | None:
    """One term."""
    return expiries(actor).filter(pk=expiry_id).first()
