"""What the screens of claims show: open claims with their rows in the register, and interest to a day."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from starostwo.ledger.api import settlements
from starostwo.platform.polish import fold
from starostwo.treasury.models import Claim
from starostwo.treasury.rules.claim_interest import Terms, borne, parts
from starostwo.treasury.rules.interest import Kind, Stretch

RATES_BEGIN = date(2021, 1, 1)
NOT_REGISTERED = "-"


def listed(book: Any, *, kind: str = "", words: str = "", late_on: date | None = None) -> QuerySet[Any]:
    """The open claims of a book: of a kind, of a debtor or document, only those late on a day."""
    rows = settlements.open_of(book, settlements.RECEIVABLE)
    registered = Claim.objects.filter(book=book)
    if kind == NOT_REGISTERED:
        rows = rows.exclude(pk__in=registered.values("settlement"))
    elif kind:
        rows = rows.filter(pk__in=registered.filter(kind=kind).values("settlement"))
    if late_on is not None:
        rows = rows.filter(due_on__lt=late_on)
    if words:
        found = rows.filter(counterparty__folded__contains=fold(words))
        rows = found | rows.filter(document_number__istartswith=words)
    return rows


def last_used(books: list[Any]) -> int | None:
    """The book in which a claim was entered last."""
    rows = Claim.objects.filter(book__in=books).order_by("-id")
    return rows.values_list("book_id", flat=True).first()


def registered_as(settlement_ids: list[int]) -> dict[int, Claim]:
    """The rows of the register of these settlements."""
    return {one.settlement_id: one for one in Claim.objects.filter(settlement__in=settlement_ids)}


def row_of(settlement_id: int) -> Claim | None:
    """The row of the register of a settlement."""
    rows = Claim.objects.select_related("case", "contract", "classification", "main__settlement")
    return rows.filter(settlement=settlement_id).first()


def terms_of(settlement: Any, claim: Claim | None) -> Terms:
    """The claim as the rules of interest see it; what is in no register bears interest for delay."""
    if claim is None:
        return Terms(Kind.DELAY, settlement.due_on)
    return Terms(Kind(claim.interest), settlement.due_on, claim.first_due_on, claim.paused_on)


def interest_on(settlement: Any, claim: Claim | None, day: date) -> int | None:
    """Interest of what is left to a day; None where the table of rates does not reach back."""
    terms = terms_of(settlement, claim)
    return None if terms.begins_on < RATES_BEGIN else borne(terms, settlement.left, day)


def stretches_on(settlement: Any, claim: Claim | None, day: date) -> list[Stretch]:
    """The days of interest rate by rate."""
    terms = terms_of(settlement, claim)
    return [] if terms.begins_on < RATES_BEGIN else parts(terms, day)
