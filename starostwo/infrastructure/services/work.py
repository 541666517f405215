"""Work orders: given, worked through, photographed, handed over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from starostwo.files import api as files
from starostwo.infrastructure.models import Device, WorkOrder, WorkPhoto, WorkSeries, WorkStep
from starostwo.infrastructure.rules.work import CHECKLISTS, NEEDS_PHOTOS, what_is_missing
from starostwo.infrastructure.services.writing import Refused, explained, must_manage, must_work, note
from starostwo.office.api import Actor

LARGEST, LONGEST_SIDE = 25 << 20, 1600


@dataclass(frozen=True)
class NewOrder:
    """What is to be done; without steps of its own it gets those of its kind."""

    kind: str
    subject: str
    place: int
    device: int | None = None
    assignee: int | None = None
    due_on: date | None = None
    description: str = ""
    steps: Sequence[str] = ()


@transaction.atomic
def give_order(new: NewOrder, *, actor: Actor, today: date, now: datetime) -> WorkOrder:
    """Number the order and write its checklist."""
    must_manage(actor)
    if new.due_on is not None and new.due_on < today:
        raise Refused("due_on", "Termin już minął. Podaj dzień dzisiejszy albo późniejszy.")
    WorkSeries.objects.get_or_create(year=today.year)
    series = WorkSeries.objects.select_for_update().get(year=today.year)
    series.last += 1
    series.save(update_fields=["last"])
    order = WorkOrder.objects.create(
        year=today.year, number=series.last, kind=new.kind, subject=new.subject.strip(),
        description=new.description.strip(), place_id=new.place, device_id=new.device,
        assignee_id=new.assignee, due_on=new.due_on, made_at=now, made_by_name=actor.name,
    )  # fmt: skip
    steps = [text.strip() for text in new.steps if text.strip()] or CHECKLISTS[new.kind]
    WorkStep.objects.bulk_create(
        WorkStep(order=order, position=at, text=text[:200]) for at, text in enumerate(steps, start=1)
    )
    note(order, "give_order", actor, now, number=str(order), subject=order.subject)
    return order


@transaction.atomic
def tick(step_id: int, done: bool, *, actor: Actor, now: datetime) -> WorkStep:
    """A step is done, or was ticked by mistake."""
    must_work(actor)
    step = WorkStep.objects.select_for_update(of=("self",)).select_related("order").get(pk=step_id)
    step.done_at, step.done_by_name = (now, actor.name) if done else (None, "")
    with explained():
        step.save(update_fields=["done_at", "done_by_name"])
    note(step.order, "tick" if done else "untick", actor, now, step=step.position)
    return step


def add_photo(
    order_id: int, moment: str, content: bytes, caption: str = "", *, actor: Actor, now: datetime
) -> WorkPhoto:
    """Keep a photo from before or after the work; drawn anew, so that nothing else of its file is kept."""
    must_work(actor)
    if len(content) > LARGEST:
        raise Refused("photo", "Zdjęcie jest większe niż 25 MB.")
    drawn = files.redraw(content, longest_side=LONGEST_SIDE)
    if drawn is None:
        raise Refused("photo", "To nie jest zdjęcie JPEG, PNG ani WebP.")
    blob = files.put(drawn.content, name="zdjecie.jpg", limit=LARGEST)
    with transaction.atomic():
        with explained():
            made = WorkPhoto.objects.create(
                order_id=order_id, moment=moment, image=blob, caption=caption.strip()[:200], added_at=now,
                added_by_name=actor.name,
            )  # fmt: skip
        note(made.order, "add_photo", actor, now, moment=moment, sha256=blob.sha256)
    return made


@transaction.atomic
def hand_over(order_id: int, receiver: str, remarks: str, *, actor: Actor, now: datetime) -> WorkOrder:
    """End the order when all is done; what was installed works from now on."""
    must_work(actor)
    order = _open(order_id)
    steps = list(WorkStep.objects.filter(order=order).values_list("done_at", flat=True))
    moments = set(WorkPhoto.objects.filter(order=order).values_list("moment", flat=True))
    missing = what_is_missing(order.kind, [done is not None for done in steps], moments)
    if missing:
        raise Refused("steps", f"Zlecenia nie można jeszcze zamknąć: {', '.join(missing)}.")
    if not receiver.strip():
        raise Refused("receiver", "Napisz, kto odebrał pracę.")
    order.state, order.closed_at, order.closed_by_name = WorkOrder.State.DONE, now, actor.name
    order.receiver, order.remarks = receiver.strip(), remarks.strip()
    order.save(update_fields=["state", "closed_at", "closed_by_name", "receiver", "remarks"])
    if order.kind in NEEDS_PHOTOS and order.device_id:
        Device.objects.filter(pk=order.device_id, state=Device.State.PLANNED).update(
            state=Device.State.IN_USE
        )
    note(order, "hand_over", actor, now, receiver=order.receiver)
    return order


@transaction.atomic
def cancel(order_id: int, *, actor: Actor, now: datetime) -> WorkOrder:
    """The work is not needed."""
    must_manage(actor)
    order = _open(order_id)
    order.state, order.closed_at, order.closed_by_name = WorkOrder.State.CANCELLED, now, actor.name
    order.save(update_fields=["state", "closed_at", "closed_by_name"])
    note(order, "cancel", actor, now)
    return order


def _open(order_id: int) -> WorkOrder:
    order = WorkOrder.objects.select_for_update(of=("self",)).filter(pk=order_id, state="OPEN").first()
    if order is None:
        raise Refused("order", "Zlecenie jest już zamknięte.")
    return order
