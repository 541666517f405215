"""Verbs of those who apply together with a resident: named, invited, and what becomes of their signatures."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from starostwo.citizen import access
from starostwo.citizen.joint import become, hash_of, note
from starostwo.citizen.models import CoApplicant, Draft
from starostwo.citizen.notices import invite_to_sign
from starostwo.citizen.rules.co_applicants import LINK_LASTS, Move, State, after
from starostwo.citizen.services import DraftIsNotClosed, NoSuchDraft, locked_draft
from starostwo.office.api import Actor

TOKEN_BYTES = 32


class TooManyPeople(Exception):
    """The service lets fewer people apply together."""


class NoSuchPerson(Exception):
    """There is no such co-applicant in this resident's draft."""


@transaction.atomic
def name_co_applicant(
    draft_id: UUID, *, actor: Actor, lines: Mapping[str, str], now: datetime
) -> CoApplicant:
    """Enter one more person who applies together with the resident."""
    view = locked_draft(draft_id, actor)
    if len(view.others) >= view.draft.most_others:
        raise TooManyPeople(str(view.draft.most_others))
    known = {name: lines.get(name, "") for name in ("given_name", "family_name", "pesel", "email")}
    return CoApplicant.objects.create(draft=view.draft, **known)


@transaction.atomic
def remove_co_applicant(draft_id: UUID, person_id: int, *, actor: Actor) -> None:
    """Take a person out again, while the answers are open."""
    view = locked_draft(draft_id, actor)
    CoApplicant.objects.filter(draft=view.draft, pk=person_id).delete()


@transaction.atomic
def invite(draft_id: UUID, person_id: int, *, actor: Actor, now: datetime) -> None:
    """Send a person the link to the frozen document; a link sent before opens nothing any more."""
    person = _of_closed(draft_id, person_id, actor)
    become(person, Move.INVITE)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    person.token_hash, person.token_expires_at = hash_of(token), now + LINK_LASTS
    person.save()
    note(person, "invite", actor, now)
    invite_to_sign(person, token)


@transaction.atomic
def withdraw_invitation(draft_id: UUID, person_id: int, *, actor: Actor, now: datetime) -> None:
    """Take the link back."""
    person = _of_closed(draft_id, person_id, actor)
    become(person, Move.WITHDRAW)
    person.save()
    note(person, "withdraw", actor, now)


@transaction.atomic
def accept_signer(draft_id: UUID, person_id: int, *, actor: Actor, now: datetime) -> None:
    """Say that who signed is whom one meant."""
    person = _of_closed(draft_id, person_id, actor)
    person.state = after(State(person.state), Move.ACCEPT)
    person.save(update_fields=["state"])
    note(person, "accept_signer", actor, now)


@transaction.atomic
def reject_signer(draft_id: UUID, person_id: int, *, actor: Actor, now: datetime) -> None:
    """Say that somebody else has signed; the signature falls away and the person can be invited again."""
    person = _of_closed(draft_id, person_id, actor)
    become(person, Move.REJECT)
    person.save()
    note(person, "reject_signer", actor, now)


def _of_closed(draft_id: UUID, person_id: int, actor: Actor) -> CoApplicant:
    """A person of this resident's closed draft; both are locked."""
    draft = access.visible_drafts(actor).select_for_update(of=("self",)).filter(pk=draft_id).first()
    if draft is None:
        raise NoSuchDraft(str(draft_id))
    if draft.state != Draft.State.CLOSED:
        raise DraftIsNotClosed(str(draft_id))
    people = CoApplicant.objects.select_for_update(of=("self",))
    person = people.filter(draft=draft, pk=person_id).first()
    if person is None:
        raise NoSuchPerson(str(person_id))
    return person
