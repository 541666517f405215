"""Writing down a roll-call vote of the council."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from starostwo.office.api import Actor
from starostwo.portal import access
from starostwo.portal.models import Ballot, Session, Vote
from starostwo.portal.services.noting import note


class NobodyVoted(Exception):
    """A vote without ballots is no vote."""


@transaction.atomic
def write_vote(
    session_id: int,
    *,
    actor: Actor,
    subject: str,
    majority: str,
    council_size: int,
    ballots: Mapping[int, str],
    now: datetime,
) -> Vote:
    """Write who voted how; it never changes, a mistake is corrected by a vote that names it."""
    access.demand_editor(actor)
    if not ballots:
        raise NobodyVoted("Zapisz głos każdego radnego.")
    session = Session.objects.select_for_update(of=("self",)).get(pk=session_id)
    last = Vote.objects.filter(session=session).aggregate(last=Max("number"))["last"] or 0
    vote = Vote.objects.create(
        session=session,
        number=last + 1,
        subject=subject,
        majority=majority,
        council_size=council_size,
        written_at=now,
    )
    Ballot.objects.bulk_create(
        Ballot(vote=vote, councillor_id=councillor, choice=choice) for councillor, choice in ballots.items()
    )
    payload = {"subject": subject, "ballots": {str(key): value for key, value in ballots.items()}}
    thing = f"portal.session:{session.pk}"
    note("write_vote", thing, actor=actor, payload=payload, now=now)
    return vote
