"""Who may see a draft: the resident who began it, and nobody else."""

from uuid import UUID

from django.db.models import QuerySet

from starostwo.citizen.models import Draft, DraftFile
from starostwo.office.api import Actor


def visible_drafts(actor: Actor) -> QuerySet[Draft]:
    """The drafts of this resident. Every read of a draft starts here."""
    return Draft.objects.filter(account_id=actor.account_id)


def visible_draft(actor: Actor, draft_id: UUID) -> Draft | None:
    """One draft of this resident; None also when it is somebody else's."""
    return visible_drafts(actor).filter(pk=draft_id).first()


def visible_draft_files(actor: Actor, draft_id: UUID) -> QuerySet[DraftFile]:
    """The attachments of a draft of this resident, in the order in which they came."""
    return DraftFile.objects.filter(draft_id=draft_id, draft__account_id=actor.account_id).order_by("id")
