"""What happens to a booked visit before its hour: it is confirmed, or called off by person or office."""

import secrets
from datetime import datetime

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.office.api import Actor
from starostwo.visits import access
from starostwo.visits.models import Link, Visit
from starostwo.visits.queries.found import by_link
from starostwo.visits.rules.booking import free_again
from starostwo.visits.services import notices
from starostwo.visits.services.links import give_link, use_up

SHORTEST_PAUSE, PAUSES = 5, 40


class LinkIsOver(Exception):
    """The link is unknown, was used, or its time is over; which of them is nobody's business."""


@transaction.atomic
def confirm(token: str, *, now: datetime) -> str:
    """Confirm the visit of the link; return the secret of the link under which it is seen from now on."""
    visit = _of_link(token, Link.Purpose.CONFIRM, now)
    if visit.state != Visit.State.HELD:
        raise LinkIsOver
    use_up(visit, now=now)
    _change(visit, Visit.State.CONFIRMED, "confirm", "visitor", now)
    manage = give_link(visit, Link.Purpose.MANAGE, expires_at=visit.starts_at)
    notices.say_confirmed(visit, manage)
    return manage


@transaction.atomic
def cancel_by_link(token: str, *, now: datetime) -> Visit:
    """Call the visit of the link off; its time is free again after a pause that nobody knows."""
    visit = _of_link(token, Link.Purpose.MANAGE, now)
    if visit.state not in Visit.OPEN:
        raise LinkIsOver
    _cancel(visit, "visitor", now, by_office=False)
    return visit


class CannotCancel(Exception):
    """There is no such open visit for this person."""


@transaction.atomic
def cancel(visit_id: int, *, actor: Actor, now: datetime) -> Visit:
    """Call off an own visit, or one at a place that the member of staff serves."""
    locked = access.visible_visits(actor).select_for_update(of=("self",)).filter(pk=visit_id)
    visit = locked.filter(state__in=Visit.OPEN, starts_at__gt=now).select_related("place", "counter").first()
    if visit is None:
        raise CannotCancel(str(visit_id))
    _cancel(visit, actor.audit_name, now, by_office=actor.is_staff)
    return visit


def _of_link(token: str, purpose: Link.Purpose, now: datetime) -> Visit:
    link = by_link(token, purpose, now=now)
    if link is None:
        raise LinkIsOver
    locked = Visit.objects.select_for_update(of=("self",)).select_related("place", "counter")
    visit = locked.get(pk=link.visit_id)
    if by_link(token, purpose, now=now) is None:
        raise LinkIsOver
    return visit


def _cancel(visit: Visit, actor: str, now: datetime, *, by_office: bool) -> None:
    visit.free_again_at = free_again(now, minutes=SHORTEST_PAUSE + secrets.randbelow(PAUSES))
    use_up(visit, now=now)
    _change(visit, Visit.State.CANCELLED, "cancel", actor, now)
    notices.say_cancelled(visit, by_office=by_office)


def _change(visit: Visit, state: Visit.State, verb: str, actor: str, now: datetime) -> None:
    visit.state = state
    visit.save(update_fields=["state", "free_again_at"])
    audit.record(actor=actor, verb=verb, thing=str(visit), at=now)
