"""Who may see a draft: the resident who began it, and nobody else. Counts without names are the office's."""

from uuid import UUID

from django.db.models import QuerySet

from starostwo.citizen.models import Draft, DraftFile, FormUse, Opinion, Power
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


def visible_uses(actor: Actor) -> QuerySet[FormUse]:
    """How drafts ended, for who watches over the office's work."""
    return FormUse.objects.all() if _watches(actor) else FormUse.objects.none()


def visible_opinions(actor: Actor) -> QuerySet[Opinion]:
    """What residents say of the forms, for who watches over the office's work."""
    return Opinion.objects.all() if _watches(actor) else Opinion.objects.none()


def _watches(actor: Actor) -> bool:
    return actor.may(Right.COORDINATE)
