"""The register of contracts as everybody may read it; the bulletin asks for it.

Law: ufp art. 34a (number, day and place, parties, subject, value, co-financing), from memory. A person
without a NIP is not named: whether the law wants that has to be checked.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from starostwo.ledger.models import Contract, ContractAnnex
from starostwo.ledger.queries.contracts import NEWEST, agreed

PERSON = "osoba fizyczna"


@dataclass(frozen=True)
class PublicContract:
    """One row of the public register; the value, in grosze, is with all annexes."""

    number: str
    document_number: str
    party: str
    subject: str
    signed_on: date
    place: str
    starts_on: date
    ends_on: date | None
    value: int
    funding: str
    by: str


def public_contracts() -> list[PublicContract]:
    """All contracts of all units, the newest first."""
    moved = ContractAnnex.objects.filter(contract=OuterRef("pk"), ends_on__isnull=False)
    last_end = moved.order_by("-number").values("ends_on")[:1]
    rows = Contract.objects.select_related("counterparty", "book").annotate(
        agreed=agreed(), moved_to=Subquery(last_end)
    )
    return [
        PublicContract(
            number=f"{row.number}/{row.year}", document_number=row.document_number,
            party=row.counterparty.name if row.counterparty.nip else PERSON, subject=row.subject,
            signed_on=row.signed_on, place=row.place, starts_on=row.starts_on,
            ends_on=row.moved_to or row.ends_on, value=row.agreed, funding=row.funding, by=row.book.name,
        )
        for row in rows.order_by(*NEWEST)
    ]  # fmt: skip
