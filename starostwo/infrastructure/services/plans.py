"""Floor plans: an image of a floor, and where on it devices stand."""

from datetime import datetime

from django.db import transaction

from starostwo.files import api as files
from starostwo.infrastructure.models import Device, FloorPlan, PlanSpot
from starostwo.infrastructure.models.plans import WHOLE
from starostwo.infrastructure.services.writing import Refused, must_manage, note
from starostwo.office.api import Actor, places

LARGEST, LONGEST_SIDE = 15 << 20, 2400


def draw_plan(place_id: int, content: bytes, *, actor: Actor, now: datetime) -> FloorPlan:
    """Keep the image as the plan of the place; spots stay where they were."""
    must_manage(actor)
    if len(content) > LARGEST:
        raise Refused("image", "Obraz jest większy niż 15 MB.")
    drawn = files.redraw(content, longest_side=LONGEST_SIDE, keep_transparent=False)
    if drawn is None:
        raise Refused("image", "To nie jest obraz JPEG, PNG ani WebP. Zapisz rzut jako obraz.")
    blob = files.put(drawn.content, name="rzut.jpg", limit=LARGEST)
    with transaction.atomic():
        place = places.one(place_id)
        if place is None or place.level not in (places.FLOOR, places.ROOM):
            raise Refused("place", "Rzut ma piętro albo pomieszczenie.")
        plan, _ = FloorPlan.objects.update_or_create(
            place=place,
            defaults={"image": blob, "width": drawn.width, "height": drawn.height, "drawn_at": now},
        )
        note(plan, "draw", actor, now, place=place.path, sha256=blob.sha256)
    return plan


@transaction.atomic
def mark(plan_id: int, device_id: int, x: int, y: int, *, actor: Actor, now: datetime) -> PlanSpot:
    """Mark where a device stands on the plan, or move its mark."""
    must_manage(actor)
    plan = FloorPlan.objects.select_related("place").get(pk=plan_id)
    below = places.within(plan.place.path, "place__")
    device = Device.objects.filter(below, pk=device_id).exclude(state=Device.State.WITHDRAWN).first()
    if device is None:
        raise Refused("device", "Tego urządzenia nie ma na tym piętrze.")
    if not (0 <= x <= WHOLE and 0 <= y <= WHOLE):
        raise Refused("x", "Podaj położenie od 0 do 100 procent obrazu.")
    spot, _ = PlanSpot.objects.update_or_create(device=device, defaults={"plan": plan, "x": x, "y": y})
    note(device, "mark", actor, now, plan=plan.place.path, x=x, y=y)
    return spot


@transaction.atomic
def unmark(device_id: int, *, actor: Actor, now: datetime) -> None:
    """Take the mark off the plan."""
    must_manage(actor)
    spot = PlanSpot.objects.filter(device=device_id).select_related("device").first()
    if spot is not None:
        note(spot.device, "unmark", actor, now, plan=spot.plan_id)
        spot.delete()
