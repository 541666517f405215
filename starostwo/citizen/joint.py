"""What holds for all signatures of those who apply together: moved on, noted, dropped with the text."""

from datetime import datetime
from hashlib import sha256

from starostwo.audit import api as audit
from starostwo.citizen.models import CoApplicant, Draft
from starostwo.citizen.notices import say_signature_cancelled
from starostwo.citizen.rules.co_applicants import Move, State, after
from starostwo.office.api import Actor

NOTHING_SIGNED = {
    "token_hash": None, "token_expires_at": None, "signer_id": None, "way": "", "signed_id": None,
    "signed_name": "", "decided_at": None, "reason": "",
}  # fmt: skip


def cancel_signatures(draft: Draft, *, actor: Actor, now: datetime) -> list[str]:
    """Drop all invitations and signatures, since the text changes; return who had signed.

    Called inside the transaction that opens the draft again. Each who had got a link is told.
    """
    signed = []
    for person in CoApplicant.objects.filter(draft=draft).exclude(state=State.NAMED).order_by("id"):
        if person.state in (State.SIGNED, State.TO_ACCEPT):
            signed.append(person.name)
        become(person, Move.CANCEL)
        person.save()
        note(person, "cancel_signature", actor, now)
        say_signature_cancelled(person)
    return signed


def hash_of(token: str) -> str:
    """Return what is kept of a link's secret."""
    return sha256(token.encode()).hexdigest()


def note(person: CoApplicant, verb: str, actor: Actor, now: datetime) -> None:
    """Write an act into the history of the draft, without the person's name."""
    thing = f"citizen.draft:{person.draft_id}"
    audit.record(actor=actor.audit_name, verb=verb, thing=thing, payload={"person": person.pk}, at=now)


def become(person: CoApplicant, move: Move) -> None:
    """Move the person on and forget what was signed before."""
    person.state = after(State(person.state), move)
    for name, value in NOTHING_SIGNED.items():
        setattr(person, name, value)
