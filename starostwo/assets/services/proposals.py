"""One proposal of posting for each document, where the ledger is installed and a book is named."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from starostwo.assets import optional
from starostwo.assets.models import Document, Proposal
from starostwo.assets.queries.catalogue import posting_rules
from starostwo.assets.rules.posting import Moved, proposal
from starostwo.office.api import Actor

MOST_TEXT = 200


def propose(document: Document, moved: Sequence[Moved], *, actor: Actor, now: datetime) -> Proposal | None:
    """Leave a draft voucher in the ledger; what hinders it is written down and hinders no document."""
    lines = proposal(posting_rules(), document.event, moved)
    if not lines:
        return None
    if optional.ledger is None or not settings.ASSETS_BOOK:
        return None
    proposals = optional.ledger.proposals
    said = proposals.Proposed(
        text=f"{document.get_kind_display()}: {document.text}"[:MOST_TEXT], external_number=str(document),
        document=f"assets.document:{document.pk}", on=document.happened_on, lines=lines,
    )  # fmt: skip
    try:
        draft = proposals.propose(settings.ASSETS_BOOK, said, actor=actor, now=now)
    except proposals.NoBook as missing:
        why = f"nie ma otwartego roku księgi {missing}"
        return Proposal.objects.create(document=document, why_not=why, made_at=now)
    return Proposal.objects.create(document=document, draft_id=draft, made_at=now)
