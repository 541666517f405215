"""The nightly proof of the books: balances against entries, the chains of the journals anew.

Law: u.o.r. art. 24 ust. 4, art. 71 ust. 1.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.ledger.models import FiscalYear
from starostwo.ledger.queries.balances import broken_links, gaps

NIGHT = "system"


@dataclass(frozen=True)
class Fault:
    """What the proof found in a year of a book."""

    book: str
    year: int
    text: str


def prove() -> list[Fault]:
    """Compare balances with entries and recompute the chains of every year that is not approved."""
    faults = []
    years = FiscalYear.objects.exclude(state=FiscalYear.State.APPROVED).select_related("book")
    for year in years.order_by("book__code", "year"):
        said = [
            f"saldo konta {gap.account_id} w okresie {gap.month} różni się od zapisów" for gap in gaps(year)
        ]
        said += [f"dowód {number} dziennika {journal} zmieniono" for journal, number in broken_links(year)]
        faults += [Fault(year.book.code, year.year, text) for text in said]
    return faults


@transaction.atomic
def note_faults(faults: list[Fault], *, now: datetime) -> None:
    """Keep what the proof found in the history; the administrator and the treasurer are shown it."""
    said = [f"{fault.book} {fault.year}: {fault.text}" for fault in faults[:100]]
    audit.record(actor=NIGHT, verb="prove", thing="ledger.proof:all", payload={"faults": said}, at=now)


def last_proof() -> tuple[datetime, list[str]] | None:
    """When the books were proved last and what was found; None before the first night."""
    lines = audit.history("ledger.proof:all")
    return (lines[-1].at, list(lines[-1].payload["faults"])) if lines else None
