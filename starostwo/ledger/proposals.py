"""Vouchers that another package proposes: drafts that the accountants look at, mend, post or throw away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from starostwo.ledger import access
from starostwo.ledger.models import Draft, FiscalYear, Journal, Voucher
from starostwo.office.api import Actor

NOTE = "PK"


@dataclass(frozen=True)
class Proposed:
    """A voucher as it would be typed; `document` names what it comes from, as in assets.document:5."""

    text: str
    external_number: str
    document: str
    on: date
    lines: Sequence[Mapping[str, str]] = field(default=())


class NoBook(LookupError):
    """There is no open year of this book for the day."""


def propose(code: str, said: Proposed, *, actor: Actor, now: datetime) -> int:
    """Leave a draft in the journal of notes of the book; whoever proposes need not keep books."""
    journal = Journal.objects.filter(
        fiscal_year__book__code=code, fiscal_year__year=said.on.year, code=NOTE,
        fiscal_year__state=FiscalYear.State.OPEN,
    ).first()  # fmt: skip
    if journal is None:
        raise NoBook(f"{code} {said.on.year}")
    day = f"{said.on:%d.%m.%Y}"
    content = {
        "kind": NOTE, "text": said.text, "external_number": said.external_number, "document": said.document,
        "issued_on": day, "operation_on": day, "lines": [dict(line) for line in said.lines],
    }  # fmt: skip
    made = Draft.objects.create(journal=journal, author_id=actor.account_id, content=content, changed_at=now)
    return made.pk


@dataclass(frozen=True)
class Standing:
    """What became of a proposal: DRAFT, POSTED or GONE; and the row that the person may open, if any."""

    state: str
    draft_id: int | None = None
    voucher_id: int | None = None


def standing(draft_id: int, document: str, *, year: int, actor: Actor) -> Standing:
    """Where a proposal stands, with what this person may open."""
    if Draft.objects.filter(pk=draft_id).exists():
        seen = access.visible_drafts(actor).filter(pk=draft_id).exists()
        return Standing("DRAFT", draft_id=draft_id if seen else None)
    found = Voucher.objects.filter(fiscal_year__year=year, document=document).order_by("id").first()
    if found is None:
        return Standing("GONE")
    books = access.visible_books(actor)
    seen = Voucher.objects.filter(pk=found.pk, fiscal_year__book__in=books).exists()
    return Standing("POSTED", voucher_id=found.pk if seen else None)
