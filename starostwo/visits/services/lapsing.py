"""Visits that nobody confirmed in time fall away, and their times are free at once."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from starostwo.audit import api as audit
from starostwo.visits.models import Place, Visit
from starostwo.visits.services.links import use_up


@transaction.atomic
def lapse(*, now: datetime) -> int:
    """Let all fall away whose time to confirm is over; return how many."""
    return _lapse(Visit.objects.all(), now)


def lapse_at(place: Place, *, now: datetime) -> int:
    """The same for one place, in the transaction of whoever wants a time there."""
    return _lapse(Visit.objects.filter(place=place), now)


def _lapse(visits: QuerySet[Visit], now: datetime) -> int:
    late = visits.filter(state=Visit.State.HELD, confirm_until__lte=now).order_by("pk")
    count = 0
    for visit in late.select_for_update(of=("self",), skip_locked=True, no_key=True):
        visit.state = Visit.State.LAPSED
        visit.save(update_fields=["state"])
        use_up(visit, now=now)
        audit.record(actor="system", verb="lapse", thing=str(visit), at=now)
        count += 1
    return count
