"""Contracts that bring claims: the register, and what a period of a year would bring."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from starostwo.platform.polish import fold
from starostwo.treasury.models import Claim, IncomeContract, IncomeRate
from starostwo.treasury.rules.income_contracts import Period, Rhythm, Terms, amount_on, period_of

USUFRUCT = "USUFRUCT"


@dataclass(frozen=True)
class Prepared:
    """What one contract brings in a period: how much, until when, and whether it was assessed."""

    contract: IncomeContract
    period: Period
    amount: int | None
    is_done: bool


def listed(book: Any, *, kind: str = "", words: str = "") -> QuerySet[IncomeContract]:
    """The contracts of a book, of a kind, whose number begins or whose debtor's name holds the words."""
    rows = IncomeContract.objects.filter(book=book).select_related("counterparty")
    if kind:
        rows = rows.filter(kind=kind)
    if words:
        rows = rows.filter(
            Q(number__istartswith=words) | Q(counterparty__folded__contains=fold(words))
            | Q(subject__icontains=words)
        )  # fmt: skip
    return rows.prefetch_related(_rates())


def one_of(books: QuerySet[Any], contract_id: int) -> IncomeContract | None:
    """A contract of one of the books, with its rates."""
    rows = IncomeContract.objects.filter(book__in=books, pk=contract_id)
    return rows.select_related("counterparty", "book", "case").prefetch_related(_rates()).first()


def claims_of(contract: IncomeContract) -> QuerySet[Claim]:
    """What was assessed by a contract, the newest period first."""
    return Claim.objects.filter(contract=contract, main=None).select_related("settlement").order_by("-period")


def prepared(book: Any, kind: str, year: int, month: int | None = None) -> list[Prepared]:
    """What the contracts of a kind bring in a year, or in one of its months; three queries."""
    rhythm = Rhythm.YEAR if month is None else Rhythm.MONTH
    rows = listed(book, kind=kind).filter(rhythm=rhythm).order_by("number")
    name = str(year) if month is None else f"{year}-{month:02d}"
    done = set(
        Claim.objects.filter(contract__book=book, contract__kind=kind, period=name, main=None).values_list(
            "contract_id", flat=True
        )
    )
    found = []
    for contract in rows:
        period = period_of(terms_of(contract), year, month)
        if period is not None:
            rates = [(rate.since, rate.amount) for rate in contract.rates.all()]
            found.append(Prepared(contract, period, amount_on(rates, period.first), contract.pk in done))
    return found


def terms_of(contract: IncomeContract) -> Terms:
    """The contract as the rules see it."""
    return Terms(
        Rhythm(contract.rhythm), contract.due_month, contract.due_day, contract.starts_on, contract.ends_on,
        is_usufruct=contract.kind == USUFRUCT,
    )  # fmt: skip


def _rates() -> "Prefetch[str]":
    return Prefetch("rates", IncomeRate.objects.order_by("since"))
