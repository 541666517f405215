"""Debt: instruments with what is left of them in the books, instalments to come, burdens by year.

Law: ufp art. 72, 243; what is left is the balance of the settlement, never a sum of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from starostwo.ledger import access
from starostwo.ledger.models import (
    Balance,
    Book,
    DebtInstalment,
    DebtInstrument,
    DebtMove,
    DebtYear,
    Draft,
    FiscalYear,
    Limit,
    SettlementBalance,
    Voucher,
)
from starostwo.ledger.rules.debt_limit import Figures, Relation, relation
from starostwo.ledger.rules.debts import Kind, Move
from starostwo.ledger.rules.reports_values import Debt
from starostwo.office.api import Actor
from starostwo.platform.polish import fold

NEWEST = ("-signed_on", "-id")
SERVICE = "757"  # division of spending on the service of debt
FIGURES = (
    "current_income", "programme_income", "current_spending", "programme_spending", "debt_service",
    "property_income",
)  # fmt: skip


def books(actor: Actor) -> QuerySet[Book]:
    """The books of budgets that the person sees; debt is owed by the budget."""
    return access.visible_books(actor).filter(kind=Book.Kind.BUDGET)


def units_with_books(year: int) -> list[Book]:
    """The units whose books of the year are open, those of the budget's own office first."""
    keepers = set(Book.objects.filter(kind=Book.Kind.BUDGET).values_list("unit_symbol", flat=True))
    opened = FiscalYear.objects.filter(year=year, state=FiscalYear.State.OPEN, book__kind=Book.Kind.UNIT)
    found = [row.book for row in opened.select_related("book").order_by("book__name")]
    return sorted(found, key=lambda book: book.unit_symbol not in keepers)


def visible(actor: Actor, *, words: str = "") -> QuerySet[DebtInstrument]:
    """The instruments that the person sees, with `left` and the day of the next instalment."""
    found = DebtInstrument.objects.filter(book__in=books(actor)).select_related("counterparty", "book")
    if words:
        found = found.filter(Q(number__icontains=words) | Q(counterparty__folded__contains=fold(words)))
    released = DebtMove.objects.filter(instrument=OuterRef("pk"), kind=Move.RELEASE).values("instrument")
    return found.annotate(
        in_books=Coalesce(F("settlement__sum__credit") - F("settlement__sum__debit"), 0),
        released=Coalesce(Subquery(released.annotate(sum=Sum("amount")).values("sum")), 0),
    )


def left_of(row: Any) -> int:
    """What is left of an instrument: by the books, or what a guarantee still covers."""
    return int(row.amount - row.released if row.kind == Kind.GUARANTEE else row.in_books)


def next_days(rows: Sequence[DebtInstrument], today: date) -> dict[int, date]:
    """The day of the next instalment of each."""
    coming = DebtInstalment.objects.filter(instrument__in=rows, withdrawn_at=None, due_on__gte=today)
    return dict(
        coming.values("instrument").annotate(day=Min("due_on")).values_list("instrument", "day").order_by()
    )


@dataclass(frozen=True)
class Standing:
    """A move with what became of its voucher: DRAFT, POSTED, GONE, or none for a release."""

    move: DebtMove
    state: str
    draft_id: int | None = None
    voucher_id: int | None = None

    @property
    def counts(self) -> bool:
        """Whether the move still holds: a proposal thrown away is as if it had not been."""
        return self.state != "GONE"


def standings(instrument: DebtInstrument) -> list[Standing]:
    """The moves of an instrument, the newest first, with their vouchers; three queries."""
    moves = list(DebtMove.objects.filter(instrument=instrument).order_by("-on_day", "-id"))
    drafts = set(
        Draft.objects.filter(pk__in=[m.draft_id for m in moves if m.draft_id]).values_list("pk", flat=True)
    )
    posted = dict(
        Voucher.objects.filter(document__in=[str(move) for move in moves], correction="")
        .order_by("-id")
        .values_list("document", "pk")
    )
    return [_standing(move, drafts, posted) for move in moves]


def _standing(move: DebtMove, drafts: set[int], posted: dict[str, int]) -> Standing:
    if move.kind == Move.RELEASE:
        return Standing(move, "NONE")
    if move.draft_id in drafts:
        return Standing(move, "DRAFT", draft_id=move.draft_id)
    voucher = posted.get(str(move))
    return Standing(move, "POSTED", voucher_id=voucher) if voucher else Standing(move, "GONE")


@dataclass(frozen=True)
class Scheduled:
    """An instalment with what of it waits for a voucher still."""

    row: DebtInstalment
    principal_left: int
    interest_left: int


def schedule(instrument: DebtInstrument, moves: Iterable[Standing]) -> list[Scheduled]:
    """The instalments that hold, in order, less what was prepared or posted of each."""
    done: dict[tuple[int | None, str], int] = {}
    for one in moves:
        if one.counts:
            key = (one.move.instalment_id, one.move.kind)
            done[key] = done.get(key, 0) + one.move.amount
    rows = DebtInstalment.objects.filter(instrument=instrument, withdrawn_at=None).order_by("due_on", "id")
    lowers = Move.RELEASE if instrument.kind == Kind.GUARANTEE else Move.REPAYMENT
    return [
        Scheduled(
            row, row.principal - done.get((row.pk, lowers), 0),
            row.interest - done.get((row.pk, Move.INTEREST), 0),
        )
        for row in rows
    ]  # fmt: skip


def burdens(book: Book, *, since: int, until: int) -> dict[int, int]:
    """What falls due in each year: principal, interest and guarantees, without what the law leaves out."""
    rows = DebtInstalment.objects.filter(
        instrument__book=book, instrument__left_out_by="", withdrawn_at=None, due_on__year__gte=since,
        due_on__year__lte=until,
    )  # fmt: skip
    summed = rows.values("due_on__year").annotate(sum=Sum(F("principal") + F("interest"))).order_by()
    return dict(summed.values_list("due_on__year", "sum"))


def years_of(book: Book) -> list[DebtYear]:
    """The figures that are known, by year."""
    return list(DebtYear.objects.filter(book=book).order_by("year"))


def relations(book: Book, this_year: int, known: Sequence[DebtYear]) -> list[Relation]:
    """Both sides of art. 243 from this year to the last one with an instalment or figures."""
    figures = {row.year: Figures(row.year, *(getattr(row, name) for name in FIGURES)) for row in known}
    owed = burdens(book, since=this_year, until=this_year + 40)
    last = max([this_year, *owed, *figures])
    return [relation(year, owed.get(year, 0), figures) for year in range(this_year, last + 1)]


def debt_service(year: FiscalYear, *, of_plan: bool) -> int:
    """Spending on the service of debt in the budget of a year: by its plan, or by what was carried out."""
    if of_plan:
        planned = Limit.objects.filter(fiscal_year=year, position__startswith=f"W.{SERVICE}.")
        return int(planned.aggregate(sum=Sum("plan"))["sum"] or 0)
    done = Balance.objects.filter(
        account__fiscal_year=year, account__number="902", classification__division=SERVICE, month__gte=1,
        month__lte=12,
    )  # fmt: skip
    return int(done.aggregate(sum=Sum("debit"))["sum"] or 0)


def debts_of(year: FiscalYear, month: int) -> list[Debt]:
    """What is owed by each title at the end of a month, for Rb-Z: by the entries of its settlement."""
    rows = list(DebtInstrument.objects.filter(book=year.book_id).select_related("counterparty"))
    kept = SettlementBalance.objects.filter(
        settlement__in=[row.settlement_id for row in rows if row.settlement_id], month__lte=month,
        account__fiscal_year=year,
    )  # fmt: skip
    left = dict(
        kept.values("settlement").annotate(sum=Sum("credit") - Sum("debit")).values_list("settlement", "sum")
    )
    released = dict(
        DebtMove.objects.filter(instrument__in=rows, kind=Move.RELEASE)
        .filter(Q(on_day__year__lt=year.year) | Q(on_day__year=year.year, on_day__month__lte=month))
        .values("instrument")
        .annotate(sum=Sum("amount"))
        .values_list("instrument", "sum")
    )
    return [
        Debt(
            row.title, row.counterparty.sector or ("HOME" if row.counterparty.pesel else ""),
            row.amount - released.get(row.pk, 0) if row.settlement_id is None
            else left.get(row.settlement_id, 0), row.settlement_id or 0,
        )
        for row in rows
        if row.signed_on.year < year.year or row.signed_on.month <= month
    ]  # fmt: skip
