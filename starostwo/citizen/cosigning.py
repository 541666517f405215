"""Verbs of who was invited to sign: he reads the frozen document, signs it or refuses, as who he is."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime
from lxml import etree

from starostwo.citizen import access
from starostwo.citizen.joint import note
from starostwo.citizen.models import CoApplicant, Draft
from starostwo.citizen.rules.co_applicants import CannotMove, Move, State, after, signing_move
from starostwo.citizen.services import FILE_LIMIT, SignedSomethingElse, is_signed_copy
from starostwo.files import api as files
from starostwo.office.api import Actor
from starostwo.signatures import api as signatures

CONFIRMATION = "urn:x-starostwo:potwierdzenie-podpisu:1"


class InvitationIsOver(Exception):
    """There is no such invitation to this person, or it is used, withdrawn or too old."""


@transaction.atomic
def sign_by_login(person_id: int, *, actor: Actor, guest: access.Guest, now: datetime) -> CoApplicant:
    """Confirm the document as who is signed in; the office seals a note that says so."""
    person = _invited(person_id, actor, guest, now)
    note_of_it = signatures.seal_xml(_confirmation(person, actor, guest, now), at=now)
    return _sign(person, actor, guest, CoApplicant.Way.LOGIN, note_of_it, "potwierdzenie.xml", now)


@transaction.atomic
def sign_by_file(
    person_id: int, *, actor: Actor, guest: access.Guest, name: str, content: bytes, now: datetime
) -> CoApplicant:
    """Take the document that was signed elsewhere."""
    person = _invited(person_id, actor, guest, now)
    if not is_signed_copy(person.draft, content):
        raise SignedSomethingElse(name)
    return _sign(person, actor, guest, CoApplicant.Way.FILE, content, name, now)


class ReasonIsMissing(Exception):
    """A refusal says why; the applicant reads it."""


@transaction.atomic
def refuse(person_id: int, *, actor: Actor, guest: access.Guest, reason: str, now: datetime) -> CoApplicant:
    """Refuse to sign, with the reason."""
    if not reason.strip():
        raise ReasonIsMissing
    person = _invited(person_id, actor, guest, now)
    _move_of(person, actor, guest)
    person.state = after(State(person.state), Move.REFUSE)
    person.signer_id, person.reason, person.decided_at = actor.account_id, reason.strip()[:500], now
    person.token_hash = person.token_expires_at = None
    person.save()
    note(person, "refuse_signature", actor, now)
    return person


def _sign(
    person: CoApplicant,
    actor: Actor,
    guest: access.Guest,
    way: CoApplicant.Way,
    content: bytes,
    name: str,
    now: datetime,
) -> CoApplicant:
    twice = CoApplicant.objects.filter(
        draft=person.draft_id, signer=actor.account_id, state__in=[State.SIGNED, State.TO_ACCEPT]
    )
    if twice.exists():
        raise CannotMove("jedna osoba podpisuje raz")
    person.state = after(State(person.state), _move_of(person, actor, guest))
    person.signer_id, person.way, person.decided_at = actor.account_id, way, now
    person.signed, person.signed_name = files.put(content, name=name, limit=FILE_LIMIT), name
    person.token_hash = person.token_expires_at = None
    person.reason = ""
    person.save()
    note(person, "sign_together", actor, now)
    return person


def _move_of(person: CoApplicant, actor: Actor, guest: access.Guest) -> Move:
    return signing_move(
        named_pesel=person.pesel,
        own_pesel=guest.pesel,
        is_applicant=person.draft.account_id == actor.account_id,
    )


def _invited(person_id: int, actor: Actor, guest: access.Guest, now: datetime) -> CoApplicant:
    """The invitation, with the draft locked first: the applicant cannot change it meanwhile."""
    found = access.visible_invitations(actor, guest, now=now).filter(pk=person_id).first()
    if found is None:
        raise InvitationIsOver(str(person_id))
    Draft.objects.select_for_update(of=("self",)).get(pk=found.draft_id)
    again = access.visible_invitations(actor, guest, now=now).select_related("draft")
    person = again.select_for_update(of=("self",)).filter(pk=person_id).first()
    if person is None:
        raise InvitationIsOver(str(person_id))
    return person


def _confirmation(person: CoApplicant, actor: Actor, guest: access.Guest, now: datetime) -> bytes:
    """Who confirmed which document, when and how he was known."""
    names: dict[Any, str] = {None: CONFIRMATION}
    root = etree.Element(f"{{{CONFIRMATION}}}potwierdzenie", nsmap=names)
    told = {
        "osoba": actor.name,
        "pesel": guest.pesel or "nieznany",
        "konto": actor.login,
        "sposob": "potwierdzenie po zalogowaniu przez dostawcę tożsamości",
        "kiedy": localtime(now).isoformat(),
        "dokument-sha256": person.draft.document.sha256 if person.draft.document else "",
    }
    for name, text in told.items():
        etree.SubElement(root, f"{{{CONFIRMATION}}}{name}").text = text
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
