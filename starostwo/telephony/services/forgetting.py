"""How long calls name numbers outside: the decision, and the nightly work that carries it out.

Law: RODO art. 5 ust. 1 lit. e (storage limitation).
"""

from dataclasses import asdict
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import get_current_timezone

from starostwo.audit import api as audit
from starostwo.office.api import Actor
from starostwo.telephony.models import Call, CallKeeping, CallLeg, PublicNumber
from starostwo.telephony.queries.keeping import decisions
from starostwo.telephony.rules.keeping import Keeping, keeping_on, last_day, masked
from starostwo.telephony.services.writing import must_manage, note

AT_ONCE = 1000
NUMBERS = ("caller", "dialled", "answered_by")


class MaskedTooLate(Exception):
    """Records would go before their numbers are masked."""


class DecidedAlready(Exception):
    """There is a decision from that day on."""


@transaction.atomic
def decide(said: Keeping, *, actor: Actor, now: datetime) -> CallKeeping:
    """Say anew, from a day on, when numbers are masked and records deleted."""
    must_manage(actor)
    if said.deleted_after < said.masked_after:
        raise MaskedTooLate
    if CallKeeping.objects.filter(since=said.since).exists():
        raise DecidedAlready
    made = CallKeeping.objects.create(**asdict(said))
    note("keep", "keeping", made.pk, asdict(said) | {"since": said.since.isoformat()}, actor, now)
    return made


@transaction.atomic
def forget(*, today: date, now: datetime) -> tuple[int, int]:
    """Delete calls that are too old, mask the numbers of others in those that are old; return how many."""
    keeping = keeping_on(decisions(), today)
    gone = _delete(_end_of(last_day(today, keeping.deleted_after)))
    hidden = _mask(_end_of(last_day(today, keeping.masked_after)), now)
    if gone or hidden:
        audit.record(
            actor="system", verb="forget", thing=f"telephony.calls:{today.isoformat()}",
            payload={"deleted": gone, "masked": hidden}, at=now,
        )  # fmt: skip
    return gone, hidden


def _delete(before: datetime) -> int:
    old = Call.objects.filter(begun_at__lt=before)
    CallLeg.objects.filter(call__in=old).delete()
    count, _ = old.delete()
    return count


def _mask(before: datetime, now: datetime) -> int:
    """Hide the numbers, and delete what the exchanges wrote of these calls, where they stand in full."""
    own = set(PublicNumber.objects.values_list("number", flat=True))
    count = 0
    while some := list(Call.objects.filter(masked_at=None, begun_at__lt=before).order_by("pk")[:AT_ONCE]):
        for call in some:
            for field in NUMBERS:
                setattr(call, field, masked(getattr(call, field), own))
            call.masked_at = now
        Call.objects.bulk_update(some, [*NUMBERS, "masked_at"])
        CallLeg.objects.filter(call__in=some).delete()
        count += len(some)
    return count


def _end_of(day: date) -> datetime:
    """The first moment after a day."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=get_current_timezone())
