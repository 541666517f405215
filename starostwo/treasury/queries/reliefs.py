"""Decisions on claims: the list of a book, those of one claim."""

from typing import Any

from django.db.models import QuerySet

from starostwo.treasury.models import Claim, Relief


def listed(book: Any) -> QuerySet[Relief]:
    """The decisions of a book, the newest first; the caller takes a page."""
    rows = Relief.objects.filter(claim__book=book)
    return rows.select_related("claim__settlement__counterparty")


def of_claim(claim: Claim | None) -> list[Relief]:
    """The decisions on a claim, and on the one whose part it is."""
    if claim is None:
        return []
    return list(Relief.objects.filter(claim__in=[claim.pk, claim.main_id or 0]).order_by("decided_on", "id"))
