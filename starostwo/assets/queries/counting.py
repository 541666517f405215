"""What a counting device needs to know of a sheet, so that it can work without a network for a while."""

from typing import Any

from django.db.models import F

from starostwo.assets import access
from starostwo.assets.models import BookRow, CountLine, Sheet
from starostwo.office.api import Actor, places


def sheet_to_count(sheet_id: int, *, actor: Actor) -> Sheet | None:
    """The sheet, closed or not, of a team to which the person belongs."""
    rows = access.sheets_to_count(actor).select_related("field__stock_take", "field__place")
    return rows.filter(pk=sheet_id).first()


def rooms(sheet: Sheet) -> list[tuple[int, str, str]]:
    """The field and the places in it: key, path, label."""
    field = sheet.field.place
    found = places.opened().filter(places.within(field.path)).order_by("path")
    inside = [row for row in found.values_list("pk", "path", "label") if row[0] != field.pk]
    return [(field.pk, field.path, field.label), *inside]


def standing(sheet: Sheet) -> dict[str, Any]:
    """The rooms, what is counted, and what the books say of the field; a blind count learns no books."""
    take = sheet.field.stock_take
    is_closed = sheet.closed_at is not None
    return {
        "sheet": str(sheet), "closed": is_closed, "blind": take.is_blind,
        "rooms": [{"id": pk, "path": path, "label": label} for pk, path, label in rooms(sheet)],
        "books": [] if take.is_blind or is_closed else _books(sheet),
        "counted": [] if is_closed else _counted(sheet),
    }  # fmt: skip


def _books(sheet: Sheet) -> list[dict[str, Any]]:
    rows = BookRow.objects.filter(field=sheet.field).order_by("asset__number")
    told = rows.values("quantity", number=F("asset__number"), name=F("asset__name"), path=F("place__path"))
    return [dict(row) for row in told]


def _counted(sheet: Sheet) -> list[dict[str, Any]]:
    rows = CountLine.objects.filter(sheet=sheet, struck_at=None).order_by("position")
    told = rows.values("position", number=F("typed"), path=F("place__path"))
    return [dict(row) for row in told]
