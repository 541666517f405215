"""Callers who harass are barred for a while, with a reason; nobody is barred for ever or without one.

Calling is one way among several to reach the office: letters, the submission box and visits stay open to
whoever is barred here, so that the right to petition and to be heard is untouched.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from starostwo.office.api import Actor
from starostwo.telephony.models import BarredCaller, PublicNumber
from starostwo.telephony.services.writing import must_manage, note

LONGEST = timedelta(days=365)


class IsOurs(Exception):
    """The number is one of the county."""


class TooLong(Exception):
    """The last day is over or more than a year away."""


class IsBarred(Exception):
    """The number is barred already."""


@transaction.atomic
def bar(number: str, why: str, until: date, *, actor: Actor, now: datetime) -> BarredCaller:
    """Refuse calls from an outside number, in full, up to and with a day."""
    must_manage(actor)
    today = localdate(now)
    if not today <= until <= today + LONGEST:
        raise TooLong
    if PublicNumber.objects.filter(number=number).exists():
        raise IsOurs
    forget(today=today)
    made, is_new = BarredCaller.objects.get_or_create(
        number=number, defaults={"why": why, "until": until, "set_at": now, "set_by": actor.name}
    )
    if not is_new:
        raise IsBarred
    note("bar", "caller", made.pk, {"number": number, "why": why, "until": until.isoformat()}, actor, now)
    return made


@transaction.atomic
def lift(barred_id: int, *, actor: Actor, now: datetime) -> BarredCaller:
    """Answer the number again, before its day."""
    must_manage(actor)
    found = BarredCaller.objects.select_for_update().get(pk=barred_id)
    found.delete()
    note("lift", "caller", barred_id, {"number": found.number}, actor, now)
    return found


def forget(*, today: date) -> int:
    """Erase those whose day is over; return how many."""
    return BarredCaller.objects.filter(until__lt=today).delete()[0]
