"""Deposits that are kept, and the social fund by people and kinds of benefit."""

from datetime import date
from typing import Any

from django.db.models import Case, F, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from starostwo.platform.polish import fold
from starostwo.treasury.models import Deposit, FundEntry

NEVER = date(9999, 12, 31)


def kept(book: Any, *, words: str = "") -> QuerySet[Deposit]:
    """The deposits that are still kept; those to be given back first come first."""
    rows = Deposit.objects.filter(book=book, returned_on=None).select_related("counterparty")
    rows = rows.annotate(term=Coalesce(F("return_by"), Value(NEVER)))
    return rows.filter(counterparty__folded__contains=fold(words)) if words else rows


def ended(book: Any, *, words: str = "") -> QuerySet[Deposit]:
    """The deposits that went back or were kept for good."""
    rows = Deposit.objects.filter(book=book, returned_on__isnull=False).select_related("counterparty")
    return rows.filter(counterparty__folded__contains=fold(words)) if words else rows


def one_of(books: QuerySet[Any], deposit_id: int) -> Deposit | None:
    """A deposit of one of the books."""
    rows = Deposit.objects.filter(book__in=books, pk=deposit_id)
    return rows.select_related("counterparty", "book").first()


def fund_entries(book: Any, *, kind: str = "", words: str = "") -> QuerySet[FundEntry]:
    """The entries of the fund, of a kind, of a person; the caller takes a page."""
    rows = FundEntry.objects.filter(book=book).select_related("counterparty")
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(counterparty__folded__contains=fold(words)) if words else rows


def fund_balance(book: Any) -> int:
    """What is in the fund's account by its register."""
    signed = Case(When(kind__in=FundEntry.COMES_IN, then=F("amount")), default=-F("amount"))
    return FundEntry.objects.filter(book=book).aggregate(sum=Sum(signed))["sum"] or 0


def fund_by_kind(book: Any, year: int) -> list[tuple[str, int]]:
    """The sums of a year by kinds of benefit."""
    rows = FundEntry.objects.filter(book=book, on_day__year=year).values("kind").annotate(sum=Sum("amount"))
    return [(FundEntry.Kind(row["kind"]).label, row["sum"]) for row in rows.order_by("kind")]


def loan_left(book: Any, person: Any) -> int:
    """What of loans of the fund a person has still to repay."""
    signed = Case(When(kind=FundEntry.Kind.LOAN, then=F("amount")), default=-F("amount"))
    kinds = (FundEntry.Kind.LOAN, FundEntry.Kind.REPAYMENT)
    rows = FundEntry.objects.filter(book=book, counterparty=person, kind__in=kinds)
    return rows.aggregate(sum=Sum(signed))["sum"] or 0
