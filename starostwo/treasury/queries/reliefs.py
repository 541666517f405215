"""Decisions on claims: the list of a book, those of one claim, what of their parts is not paid."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from starostwo.ledger.api import settlements
from starostwo.treasury.models import Claim, Relief


def listed(book: Any) -> QuerySet[Relief]:
    """The decisions of a book, the newest first; the caller takes a page."""
    rows = Relief.objects.filter(claim__book=book)
    return rows.select_related("claim__settlement__counterparty").prefetch_related("lapses")


def of_claim(claim: Claim | None) -> list[Relief]:
    """The decisions on a claim, and on the one whose part it is."""
    if claim is None:
        return []
    return list(Relief.objects.filter(claim__in=[claim.pk, claim.main_id or 0]).order_by("decided_on", "id"))


def parts_of(relief: Relief) -> QuerySet[Claim]:
    """The claims that the decision made: its instalments, or the one put off."""
    return Claim.objects.filter(main=relief.claim_id, paused_on=relief.decided_on)


def open_parts(relief: Relief) -> list[Any]:
    """The parts on which something is left, by their terms."""
    rows = list(parts_of(relief).values_list("settlement_id", flat=True))
    return list(settlements.open_among(rows).order_by("due_on", "pk"))


def with_late_parts(reliefs: Sequence[Relief], today: date) -> set[int]:
    """Which of the decisions have a part that is not paid after its term; two queries."""
    made = Claim.objects.filter(main__in=[one.claim_id for one in reliefs], paused_on__isnull=False)
    parts = {row.settlement_id: (row.main_id, row.paused_on) for row in made}
    late = {parts[row.pk] for row in settlements.open_among(list(parts)).filter(due_on__lt=today)}
    return {one.pk for one in reliefs if (one.claim_id, one.decided_on) in late}
