"""Reads of work orders and of spare parts."""

from django.db.models import F, QuerySet

from starostwo.infrastructure import access
from starostwo.infrastructure.models import Device, Spare, SpareMove, WorkOrder, WorkPhoto, WorkStep
from starostwo.office.api import Actor

STATES = {"OPEN": "w toku", "DONE": "wykonane", "CANCELLED": "anulowane", "": "wszystkie"}
SHOWN = 10


def visible(actor: Actor) -> QuerySet[WorkOrder]:
    """Work orders for whoever may see them."""
    rows = WorkOrder.objects.select_related("place", "device", "assignee")
    return rows if access.may_see(actor) else rows.none()


def listed(actor: Actor, *, state: str, mine: bool = False) -> QuerySet[WorkOrder]:
    """Work orders in a state, all or one's own."""
    rows = visible(actor)
    rows = rows.filter(state=state) if state else rows
    return rows.filter(assignee__in=(actor.account_id, *actor.in_place_of)) if mine else rows


def of_person(actor: Actor) -> list[WorkOrder]:
    """The open work orders given to this person, also in the place of the absent, the earliest term first."""
    if not access.may_see(actor):
        return []
    return list(
        listed(actor, state="OPEN", mine=True).order_by(F("due_on").asc(nulls_last=True), "id")[:SHOWN]
    )


def one(order_id: int, *, actor: Actor) -> WorkOrder | None:
    """One work order."""
    return visible(actor).filter(pk=order_id).first()


def steps(order: WorkOrder) -> list[WorkStep]:
    """Its checklist."""
    return list(WorkStep.objects.filter(order=order).order_by("position"))


def photos(order: WorkOrder) -> list[WorkPhoto]:
    """Its photos, those from before first."""
    return list(WorkPhoto.objects.filter(order=order).select_related("image").order_by("-moment", "id"))


def photo(photo_id: int, *, actor: Actor) -> WorkPhoto | None:
    """One photo."""
    if not access.may_see(actor):
        return None
    return WorkPhoto.objects.select_related("image", "order").filter(pk=photo_id).first()


def step(step_id: int, *, actor: Actor) -> WorkStep | None:
    """One step."""
    return WorkStep.objects.filter(pk=step_id).first() if access.may_see(actor) else None


def of_device(device: Device, *, actor: Actor) -> list[WorkOrder]:
    """The work orders of a device, the newest first."""
    return list(visible(actor).filter(device=device).order_by("-id")[:20])


def spares(actor: Actor) -> QuerySet[Spare]:
    """Spare parts by kind and name, what is short first."""
    rows = Spare.objects.select_related("place") if access.may_see(actor) else Spare.objects.none()
    return rows.annotate(over=F("quantity") - F("least")).order_by("kind", "name", "id")


def spare(spare_id: int, *, actor: Actor) -> Spare | None:
    """One spare part."""
    return spares(actor).filter(pk=spare_id).first()


def moves(spare: Spare) -> list[SpareMove]:
    """What came and went, the newest first."""
    rows = SpareMove.objects.filter(spare=spare).select_related("device", "order")
    return list(rows.order_by("-id")[:100])


def parts_of(device: Device) -> list[SpareMove]:
    """The parts that went into a device."""
    return list(SpareMove.objects.filter(device=device).select_related("spare").order_by("-id")[:50])
