"""Who may see a draft: the resident who began it, and nobody else. Counts without names are the office's."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from starostwo.citizen.models import AtCounter, CoApplicant, Draft, DraftFile, FormUse, Opinion, Power
from starostwo.citizen.rules.co_applicants import State
from starostwo.office.api import Actor, Right


def visible_drafts(actor: Actor) -> QuerySet[Draft]:
    """The drafts of this resident. Every read of a draft starts here."""
    return Draft.objects.filter(account_id=actor.account_id)


def visible_draft(actor: Actor, draft_id: UUID) -> Draft | None:
    """One draft of this resident; None also when it is somebody else's."""
    return visible_drafts(actor).filter(pk=draft_id).first()


def visible_draft_files(actor: Actor, draft_id: UUID) -> QuerySet[DraftFile]:
    """The attachments of a draft of this resident, in the order in which they came."""
    return DraftFile.objects.filter(draft_id=draft_id, draft__account_id=actor.account_id).order_by("id")


def visible_powers(actor: Actor) -> QuerySet[Power]:
    """The powers of attorney under which this resident makes or made applications."""
    return Power.objects.filter(draft__account_id=actor.account_id)


@dataclass(frozen=True)
class Guest:
    """Who opens an invitation: the PESEL of his account, whether his provider proves it, his link's hash."""

    pesel: str = ""
    is_proven: bool = False
    token_hash: str = ""


def visible_invitations(actor: Actor, guest: Guest, *, now: datetime) -> QuerySet[CoApplicant]:
    """Open invitations to sign: by the link, and without it those that name the proven PESEL of the account.

    An invitation that names another PESEL is nobody else's, link or not.
    """
    by_link = Q(token_hash=guest.token_hash) if guest.token_hash else Q(pk__in=[])
    by_pesel = Q(pesel=guest.pesel) if guest.pesel and guest.is_proven else Q(pk__in=[])
    own = Q(pesel="") | Q(pesel=guest.pesel)
    named = by_pesel | (by_link & own)
    found = CoApplicant.objects.filter(named, state=State.INVITED, token_expires_at__gt=now)
    return found.exclude(draft__account_id=actor.account_id)


def own_co_applicants(actor: Actor) -> QuerySet[CoApplicant]:
    """Those whom this resident has named in his drafts."""
    return CoApplicant.objects.filter(draft__account_id=actor.account_id).order_by("id")


def own_signatures(actor: Actor) -> QuerySet[CoApplicant]:
    """What this resident has signed or refused beside others."""
    return CoApplicant.objects.filter(signer_id=actor.account_id).order_by("id")


def may_write_down(actor: Actor) -> bool:
    """Say if the person takes applications down at the counter: whoever keeps the register."""
    return actor.may(Right.REGISTER)


def visible_at_counter(actor: Actor) -> QuerySet[AtCounter]:
    """The applications that this clerk takes down."""
    if not may_write_down(actor):
        return AtCounter.objects.none()
    return AtCounter.objects.filter(draft__account_id=actor.account_id)


def visible_uses(actor: Actor) -> QuerySet[FormUse]:
    """How drafts ended, for who watches over the office's work."""
    return FormUse.objects.all() if _watches(actor) else FormUse.objects.none()


def visible_opinions(actor: Actor) -> QuerySet[Opinion]:
    """What residents say of the forms, for who watches over the office's work."""
    return Opinion.objects.all() if _watches(actor) else Opinion.objects.none()


def _watches(actor: Actor) -> bool:
    return actor.may(Right.COORDINATE)
