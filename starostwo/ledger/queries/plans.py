"""What the plan says: its versions, its state on a day, the drafts, symbols that the year does not know."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Case, IntegerField, OuterRef, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from starostwo.ledger import access
from starostwo.ledger.models import (
    Classification,
    DictionaryEntry,
    FiscalYear,
    PlanChange,
    PlanDraft,
    PlanVersion,
)
from starostwo.ledger.rules.plan import IN_BUDGET, INCOME, SPENDING, Change
from starostwo.office.api import Actor

PARAGRAPHS = {INCOME: DictionaryEntry.Kind.INCOME, SPENDING: DictionaryEntry.Kind.SPENDING}
KEY = ("order", "division", "chapter", "paragraph", "pk")


def visible_years(actor: Actor) -> QuerySet[FiscalYear]:
    """The years of the books that the person sees, the newest first."""
    years = FiscalYear.objects.select_related("book").filter(book__in=access.visible_books(actor))
    return years.order_by("-year", "book__name", "pk")


def versions(year: FiscalYear, *, until: date | None = None) -> QuerySet[PlanVersion]:
    """The approved acts of a year, those up to a day when one is given."""
    found = PlanVersion.objects.filter(fiscal_year=year).annotate(
        income=_sum_of(INCOME), spending=_sum_of(SPENDING)
    )
    return found.filter(act_on__lte=until) if until else found


def _sum_of(kind: str) -> Coalesce:
    total = (
        PlanChange.objects.filter(version=OuterRef("pk"), classification__kind=kind)
        .values("version")
        .annotate(total=Sum("amount"))
        .values("total")
    )
    return Coalesce(Subquery(total), 0)


def changes_of(version: PlanVersion) -> QuerySet[PlanChange]:
    """What an act changes, in the order in which it was typed."""
    found = PlanChange.objects.filter(version=version).select_related("classification")
    return found.order_by("position")


def plan_on(year: FiscalYear, day: date) -> QuerySet[Classification]:
    """Plan po zmianach on a day: each position with its first amount and what it came to."""
    until = PlanChange.objects.filter(
        version__fiscal_year=year, version__act_on__lte=day, classification=OuterRef("pk")
    )
    planned = until.values("classification").annotate(total=Sum("amount")).values("total")
    first = until.filter(version__number=1).values("amount")
    return (
        Classification.objects.filter(year=year.year)
        .annotate(plan=Subquery(planned), first=Coalesce(Subquery(first), 0), order=_order())
        .filter(plan__isnull=False)
    )


def _order() -> Case:
    """Income before spending, then revenue and outflows."""
    places = [When(kind=kind, then=place) for place, kind in enumerate(IN_BUDGET)]
    return Case(*places, output_field=IntegerField())


def totals_on(year: FiscalYear, day: date) -> dict[str, int]:
    """The plan of a day by kind."""
    changes = PlanChange.objects.filter(version__fiscal_year=year, version__act_on__lte=day)
    return dict(changes.values_list("classification__kind").annotate(total=Sum("amount")).order_by())


def drafts(year: FiscalYear) -> QuerySet[PlanDraft]:
    """Acts that are still being prepared, the latest first."""
    return PlanDraft.objects.filter(fiscal_year=year).order_by("-changed_at", "-pk")


def names_of(year: int, paragraphs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The name of each kind and paragraph in the year; that of its three digits when the fourth has none."""
    wanted = set(paragraphs)
    symbols = {one for _, paragraph in wanted for one in (paragraph, f"{paragraph[:3]}0")}
    last = date(year, 12, 31)
    entries = DictionaryEntry.objects.filter(symbol__in=symbols, valid_from__lte=last).order_by("valid_from")
    known = {(entry.kind, entry.symbol): entry.name for entry in entries}
    found = {}
    for kind, paragraph in wanted:
        of_kind = PARAGRAPHS.get(kind, DictionaryEntry.Kind.FLOW)
        name = known.get((of_kind, paragraph)) or known.get((of_kind, f"{paragraph[:3]}0"), "")
        found[kind, paragraph] = name
    return found


def unknown(changes: Iterable[Change], year: int) -> list[str]:
    """Each position with a symbol that stands in no dictionary of the year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    entries = DictionaryEntry.objects.filter(valid_from__lte=last).exclude(valid_to__lte=first)
    known = set(entries.values_list("kind", "symbol"))
    return [str(change.position) for change in changes if not _is_known(change, known)]


def _is_known(change: Change, known: set[tuple[str, str]]) -> bool:
    where = change.position
    paragraphs = PARAGRAPHS.get(change.kind, DictionaryEntry.Kind.FLOW)
    wanted = [(DictionaryEntry.Kind.DIVISION, where.division), (DictionaryEntry.Kind.CHAPTER, where.chapter)]
    by_paragraph = {(paragraphs, where.paragraph), (paragraphs, f"{where.paragraph[:3]}0")}
    return bool(by_paragraph & known) and all(
        (kind.value, symbol) in known for kind, symbol in wanted if symbol
    )
