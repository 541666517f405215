"""Reads of floor plans and what is marked on them."""

from django.db.models import Count

from starostwo.infrastructure import access
from starostwo.infrastructure.models import Device, FloorPlan, PlanSpot
from starostwo.infrastructure.queries import devices
from starostwo.office.api import Actor, places

MOST = 500


def plans(actor: Actor) -> list[FloorPlan]:
    """All plans by place, each with how many devices are marked."""
    rows = FloorPlan.objects.select_related("place") if access.may_see(actor) else FloorPlan.objects.none()
    return list(rows.annotate(marked=Count("spots")).order_by("place__path"))


def plan(plan_id: int, *, actor: Actor) -> FloorPlan | None:
    """One plan."""
    rows = (
        FloorPlan.objects.select_related("place", "image")
        if access.may_see(actor)
        else FloorPlan.objects.none()
    )
    return rows.filter(pk=plan_id).first()


def spots(found: FloorPlan) -> list[PlanSpot]:
    """What is marked on it, by name."""
    rows = PlanSpot.objects.filter(plan=found).select_related("device__device_type", "device__place")
    return list(rows.order_by("device__name"))


def unmarked(found: FloorPlan, *, actor: Actor) -> list[Device]:
    """Devices of the floor, outside of racks, that are not marked yet; sockets first."""
    rows = devices.visible(actor).filter(places.within(found.place.path, "place__"), rack=None, spot=None)
    rows = rows.exclude(state=Device.State.WITHDRAWN)
    return sorted(rows.order_by("name")[:MOST], key=lambda one: one.device_type.category != "SOCKET")
