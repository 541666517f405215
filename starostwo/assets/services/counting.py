"""Counting: a number read or typed becomes a line, once; a mistake is struck; a sheet closes for good.

Law: u.o.r. art. 26 ust. 1 pkt 1, art. 22 ust. 3.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from starostwo.assets import access
from starostwo.assets.models import Asset, BookRow, CountLine, Sheet
from starostwo.assets.rules import stocktaking as rules
from starostwo.assets.services.stocktaking import NoSuchStockTake, note
from starostwo.assets.services.writing import Refused
from starostwo.office.api import Actor, places


@dataclass(frozen=True)
class Read:
    """What a counter read: a number, alone or at the end of an address; pieces, a note, a key.

    The room is one of the field; `read_at` is by the clock of the device that sends later.
    """

    typed: str
    key: UUID
    quantity: int = 1
    note: str = ""
    place: int | None = None
    read_at: datetime | None = None


@dataclass(frozen=True)
class Counted:
    """The line that came of it; `is_repeat` when the thing was counted before, then nothing was added."""

    line: CountLine
    is_repeat: bool = False


@transaction.atomic
def count(sheet_id: int, read: Read, *, actor: Actor, now: datetime) -> Counted:
    """Add a line; the same key gives the same line, a thing counted before is named and not doubled."""
    sheet = _open_sheet(sheet_id, actor)
    before = CountLine.objects.filter(key=read.key).select_related("asset", "sheet").first()
    if before is not None:
        return Counted(before)
    typed = number_in(read.typed)
    if not typed or read.quantity < 1:
        raise Refused("typed", "Wpisz albo odczytaj numer inwentarzowy.")
    asset = Asset.objects.filter(number=typed).first()
    stock_take = sheet.field.stock_take
    if asset is not None:
        twice = CountLine.objects.filter(stock_take=stock_take, asset=asset, struck_at=None)
        if found := twice.select_related("asset", "sheet__field__place").first():
            return Counted(found, is_repeat=True)
    room_id, path = _room(sheet, read.place)
    line = CountLine(
        sheet=sheet, stock_take=stock_take, position=_last_position(sheet) + 1, typed=typed, asset=asset,
        place_id=room_id, quantity=read.quantity, outcome=_outcome(asset, sheet, path),
        note=read.note.strip(), key=read.key, counted_at=now, read_at=read.read_at,
        counted_by_name=actor.name,
    )  # fmt: skip
    return _saved(line)


def _last_position(sheet: Sheet) -> int:
    """The last position; lines are never deleted and the sheet is locked."""
    return CountLine.objects.filter(sheet=sheet).aggregate(last=Max("position", default=0))["last"]  # type: ignore[no-any-return]


def _room(sheet: Sheet, place_id: int | None) -> tuple[int, str]:
    """The room in which it stands, within the field; the field itself when no room is named."""
    field = sheet.field
    if place_id is None or place_id == field.place_id:
        return field.place_id, field.place.path
    found = places.one(place_id)
    if found is None or not found.path.startswith(f"{field.place.path}/"):
        raise Refused("place", "Wybierz pomieszczenie, które należy do pola spisowego.")
    return found.pk, found.path


def _saved(line: CountLine) -> Counted:
    """Save it; another scanner that was faster on another sheet wins, and its line is named."""
    try:
        with transaction.atomic():
            line.save()
    except IntegrityError:
        found = CountLine.objects.filter(stock_take=line.stock_take, asset=line.asset, struck_at=None)
        first = found.select_related("asset", "sheet__field__place").first()
        if first is None:
            raise
        return Counted(first, is_repeat=True)
    return Counted(line)


def number_in(typed: str) -> str:
    """The inventory number in what a scanner gave: the number itself, or the end of an address."""
    text = typed.replace("\0", "").strip().upper()
    return "/".join(text.split("?")[0].rstrip("/").split("/")[-3:])[:100]


def _outcome(asset: Asset | None, sheet: Sheet, here: str) -> str:
    row = None
    if asset is not None:
        rows = BookRow.objects.filter(stock_take=sheet.field.stock_take, asset=asset)
        row = rows.select_related("place").first()
    path = row.place.path if row else None
    if asset is not None and row is None and asset.state == Asset.State.IN_USE and asset.place is not None:
        path = asset.place.path  # it belongs to a place that nobody counts this time
    return rules.outcome(book_path=path, field_path=here, is_known=asset is not None)


@transaction.atomic
def strike(line_id: int, why: str, *, actor: Actor, now: datetime) -> CountLine:
    """Strike a line that was a mistake; it stays readable and the thing may be counted again."""
    line = CountLine.objects.filter(pk=line_id, struck_at=None).first()
    if line is None:
        raise NoSuchStockTake(line_id)
    _open_sheet(line.sheet_id, actor)
    if not why.strip():
        raise Refused("why", "Napisz, dlaczego skreślasz pozycję.")
    line.struck_at, line.struck_why = now, why.strip()
    line.save(update_fields=["struck_at", "struck_why"])
    return line


@transaction.atomic
def close_sheet(sheet_id: int, *, actor: Actor, now: datetime) -> Sheet:
    """Lock the sheet with the hash of its lines; from then on nobody adds or strikes."""
    sheet = _open_sheet(sheet_id, actor)
    sheet.closed_at, sheet.closed_by_name = now, actor.name
    sheet.digest = digest_of(sheet)
    sheet.save(update_fields=["closed_at", "closed_by_name", "digest"])
    note(sheet.field.stock_take, "close_sheet", actor, now, sheet=str(sheet), digest=sheet.digest)
    return sheet


def digest_of(sheet: Sheet) -> str:
    """The hash of what stands on the sheet."""
    fields = (
        "position", "typed", "quantity", "outcome", "place__path", "note", "counted_by_name", "struck_why",
    )  # fmt: skip
    rows = list(CountLine.objects.filter(sheet=sheet).order_by("position").values_list(*fields))
    return hashlib.sha256(json.dumps([str(sheet), *rows], ensure_ascii=False).encode()).hexdigest()


def _open_sheet(sheet_id: int, actor: Actor) -> Sheet:
    rows = access.sheets_to_count(actor).filter(pk=sheet_id, closed_at=None)
    sheet = rows.select_for_update(of=("self",)).select_related("field__stock_take", "field__place").first()
    if sheet is None:
        raise NoSuchStockTake(sheet_id)
    return sheet
