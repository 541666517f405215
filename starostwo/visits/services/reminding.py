"""The day before a visit its person is reminded, once, by the way that he chose when he booked."""

from datetime import date, datetime, timedelta

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.visits.models import Link, Visit
from starostwo.visits.services import notices
from starostwo.visits.services.links import give_link

KNOWN_BY_HEART = timedelta(hours=6)  # who booked this lately needs no reminder


@transaction.atomic
def remind_of(*, today: date, now: datetime) -> int:
    """Remind of the confirmed visits of the next day; return of how many."""
    tomorrow = Visit.objects.filter(comes_on=today + timedelta(days=1), state=Visit.State.CONFIRMED)
    due = tomorrow.filter(reminded_at=None, booked_at__lte=now - KNOWN_BY_HEART).exclude(remind_by="")
    count = 0
    for visit in due.select_for_update(of=("self",), skip_locked=True).order_by("pk"):
        token = give_link(visit, Link.Purpose.MANAGE, expires_at=visit.starts_at)
        notices.remind(visit, token)
        Visit.objects.filter(pk=visit.pk).update(reminded_at=now)
        audit.record(actor="system", verb="remind", thing=str(visit), payload={"by": visit.remind_by}, at=now)
        count += 1
    return count
