"""Reads of stock-takings: their fields and sheets, what is still missing, differences."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from starostwo.assets import access
from starostwo.assets.models import BookRow, CountLine, Difference, Sheet, StockTake
from starostwo.assets.rules.stocktaking import due_by
from starostwo.office.api import Actor, office

MOST_MISSING = 200


def listed(actor: Actor) -> QuerySet[StockTake]:
    """The stock-takings, the newest first."""
    return access.visible_stock_takes(actor)


def one(stock_take_id: int, *, actor: Actor) -> StockTake | None:
    """One stock-taking."""
    return access.visible_stock_takes(actor).filter(pk=stock_take_id).first()


def next_due(*, today: date) -> date:
    """By when the next full count ends."""
    last = (
        StockTake.objects.filter(kind=StockTake.Kind.FULL, state=StockTake.State.CLOSED)
        .order_by("-closed_on")
        .values_list("closed_on", flat=True)
        .first()
    )
    return due_by(last, today=today)


@dataclass(frozen=True)
class FieldRow:
    """A field with its team, its sheet, and how far it is counted."""

    place: str
    label: str
    team: str
    sheet: Sheet | None
    expected: int
    counted: int


def fields(stock_take: StockTake) -> list[FieldRow]:
    """The fields; four queries however many."""
    rows = (
        stock_take.fields.select_related("place", "sheet")
        .prefetch_related("team__account")
        .order_by("place__path")
    )
    expected = dict(
        BookRow.objects.filter(stock_take=stock_take).values_list("field_id").annotate(n=Count("id"))
    )
    counted = dict(
        CountLine.objects.filter(stock_take=stock_take, struck_at=None)
        .values_list("sheet__field_id")
        .annotate(n=Count("id"))
    )
    return [
        FieldRow(
            place=row.place.path, label=row.place.label,
            team=", ".join(sorted(one.account.name for one in row.team.all())),
            sheet=getattr(row, "sheet", None), expected=expected.get(row.pk, 0),
            counted=counted.get(row.pk, 0),
        )
        for row in rows
    ]  # fmt: skip


def sheet(sheet_id: int, *, actor: Actor) -> Sheet | None:
    """A sheet for whoever sees the register; closed, also for whoever answers for what is on it."""
    return (
        access.visible_sheets(actor)
        .select_related("field__stock_take", "field__place")
        .filter(pk=sheet_id)
        .first()
    )


def lines(sheet: Sheet) -> QuerySet[CountLine]:
    """The lines of a sheet."""
    return CountLine.objects.filter(sheet=sheet).select_related("asset", "place")


def missing(sheet: Sheet) -> list[BookRow]:
    """What the books expect in the field and nobody has counted anywhere yet."""
    counted = CountLine.objects.filter(
        stock_take=sheet.field.stock_take, asset=OuterRef("asset"), struck_at=None
    )
    rows = BookRow.objects.filter(~Q(Exists(counted)), field=sheet.field)
    return list(rows.select_related("asset", "place").order_by("place__path", "asset__number")[:MOST_MISSING])


def differences(stock_take: StockTake) -> list[Difference]:
    """The differences, those not decided first."""
    rows = Difference.objects.filter(stock_take=stock_take)
    names = ("asset__place", "line__sheet__field__place", "line__place", "document")
    return list(rows.select_related(*names).order_by("decision", "id"))


def heading() -> str:
    """The office as papers name it."""
    shown = office()
    return shown.name if shown else ""
