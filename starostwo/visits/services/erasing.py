"""What the worker does at night: visits of past days are closed, and old ones forget their person."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from starostwo.audit import api as audit
from starostwo.visits.models import PERSONAL, Link, Ticket, Visit
from starostwo.visits.rules.retention import last_day_to_erase


@transaction.atomic
def close_past(*, today: date, now: datetime) -> int:
    """Close the visits of past days that nobody marked; return how many."""
    open_ones = Visit.objects.filter(comes_on__lt=today, state__in=["CONFIRMED", "ARRIVED"]).order_by("pk")
    count = 0
    for visit in open_ones.select_for_update(of=("self",), skip_locked=True):
        came = visit.state == Visit.State.ARRIVED
        visit.state = Visit.State.SERVED if came else Visit.State.NO_SHOW
        visit.save(update_fields=["state"])
        audit.record(actor="system", verb="close", thing=str(visit), payload={"state": visit.state}, at=now)
        count += 1
    Ticket.objects.filter(issued_on__lt=today, state="CALLED").update(state="SERVED", finished_at=now)
    Ticket.objects.filter(issued_on__lt=today, state="WAITING").update(state="NO_SHOW", finished_at=now)
    return count


@transaction.atomic
def erase(*, today: date, now: datetime) -> int:
    """Delete name, address, phone and account of visits that are older than the dated period."""
    is_old = Q(comes_on__lte=last_day_to_erase(today))
    lapsed = Q(state=Visit.State.LAPSED, comes_on__lt=today)
    count = 0
    old = Visit.objects.filter(is_old | lapsed, erased_at=None).exclude(state__in=Visit.OPEN)
    for visit in old.select_for_update(of=("self",), skip_locked=True).order_by("pk"):
        Visit.objects.filter(pk=visit.pk).update(**PERSONAL, erased_at=now)
        Link.objects.filter(visit=visit).delete()
        audit.record(actor="system", verb="erase", thing=str(visit), at=now)
        count += 1
    return count
