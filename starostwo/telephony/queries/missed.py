"""Calls that a person missed and did not take up since, for the first page of staff."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from starostwo.office.api import Actor
from starostwo.telephony.models import Call
from starostwo.telephony.queries.calls import names_of

SHOWN, LOOKED_AT = 6, 50
SINCE = timedelta(days=3)
NOT_TAKEN = (Call.Result.MISSED, Call.Result.BUSY, Call.Result.CANCELLED)


@dataclass(frozen=True)
class Missed:
    """The last of the calls from a number that nobody took; the name where it is a number of the office."""

    number: str
    name: str
    at: datetime
    times: int
    has_message: bool


def missed_calls(actor: Actor, *, now: datetime) -> list[Missed]:
    """Who called in vain in the last days, the newest first; whom one has talked with since is left out."""
    mine = Q(callee_account=actor.account_id, begun_at__gte=now - SINCE)
    rows = list(Call.objects.filter(mine, result__in=NOT_TAKEN).order_by("-begun_at", "-pk")[:LOOKED_AT])
    if not rows:
        return []
    talked = _last_talks(actor, now)
    calls: dict[str, list[Call]] = {}
    for call in rows:
        if call.caller and call.masked_at is None and call.begun_at > talked.get(call.caller, now - SINCE):
            calls.setdefault(call.caller, []).append(call)
    names = names_of(set(calls))
    return [
        Missed(
            number,
            names.get(number, ""),
            those[0].begun_at,
            len(those),
            any(one.is_voicemail for one in those),
        )
        for number, those in list(calls.items())[:SHOWN]
    ]


def _last_talks(actor: Actor, now: datetime) -> dict[str, datetime]:
    """When one last talked with each number, whoever called."""
    own = Q(callee_account=actor.account_id) | Q(caller_account=actor.account_id)
    rows = Call.objects.filter(own, result=Call.Result.ANSWERED, begun_at__gte=now - SINCE).order_by(
        "begun_at"
    )
    found: dict[str, datetime] = {}
    for caller, dialled, at in rows.values_list("caller", "dialled", "begun_at")[: 4 * LOOKED_AT]:
        found |= {caller: at, dialled: at}
    return found
