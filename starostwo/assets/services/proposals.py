"""One proposal of posting for each document, where the ledger is installed and a book is named."""

import csv
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings

from starostwo.assets import optional
from starostwo.assets.models import Document, Proposal
from starostwo.assets.rules.posting import Moved, Rule, proposal, read
from starostwo.office.api import Actor

TABLE = Path(__file__).resolve().parents[1] / "data" / "posting.csv"
MOST_TEXT = 200


@cache
def rules() -> list[Rule]:
    """The accounts by event and kind, from the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return read(csv.DictReader(file))


def propose(document: Document, moved: Sequence[Moved], *, actor: Actor, now: datetime) -> Proposal | None:
    """Leave a draft voucher in the ledger; what hinders it is written down and hinders no document."""
    lines = proposal(rules(), document.event, moved)
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
