"""Counting: a number read or typed becomes a line, once; a mistake is struck; a sheet closes for good.

Law: u.o.r. art. 26 ust. 1 pkt 1, art. 22 ust. 3.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Q, Subquery

from starostwo.assets import access
from starostwo.assets.models import Asset, BookRow, CountLine, Sheet
from starostwo.assets.rules import stocktaking as rules
from starostwo.assets.services.stocktaking import NoSuchStockTake, note
from starostwo.assets.services.writing import Refused
from starostwo.office.api import Actor, places

OF_A_SHEET = ("number", "year", "closed_at", "field__place__path", "field__stock_take__is_blind")
OF_A_LINE = (
    "key", "asset__name", "stock_take", "struck_at", "position", "sheet__year", "sheet__number", "typed",
    "outcome",
)  # fmt: skip


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


def count(sheet_id: int, read: Read, *, actor: Actor, now: datetime) -> Counted:
    """Add a line; the same key gives the same line, a thing counted before is named and not doubled."""
    _, [counted] = count_all(sheet_id, [read], actor=actor, now=now)
    if counted is None:
        raise NoSuchStockTake(sheet_id)
    if isinstance(counted, Refused):
        raise counted
    return counted


def count_all(
    sheet_id: int, reads: Sequence[Read], *, actor: Actor, now: datetime
) -> tuple[Sheet, list[Counted | Refused | None]]:
    """Add the lines of many readings in one transaction, each for itself; None where the sheet is closed.

    Nothing is locked but the sheet. Whoever is faster on another sheet wins: then all is read once more.
    """
    while True:
        try:
            with transaction.atomic():
                return _count_all(sheet_id, reads, actor, now)
        except IntegrityError as error:
            if "one_count_of_an_asset" not in str(error) and "countline_key" not in str(error):
                raise


def _count_all(
    sheet_id: int, reads: Sequence[Read], actor: Actor, now: datetime
) -> tuple[Sheet, list[Counted | Refused | None]]:
    rows = access.sheets_to_count(actor).filter(pk=sheet_id).select_for_update(of=("self",), no_key=True)
    sheet = rows.select_related("field__stock_take", "field__place").only(*OF_A_SHEET).first()
    if sheet is None:
        raise NoSuchStockTake(sheet_id)
    if sheet.closed_at is not None:
        return sheet, [None] * len(reads)
    known = _Known(sheet, reads)
    fresh: list[CountLine] = []
    answers: list[Counted | Refused | None] = []
    for read in reads:
        try:
            counted = known.counted(read) or Counted(_line(known, read, actor, now))
        except Refused as refused:
            answers.append(refused)
            continue
        if counted.line.pk is None and not counted.is_repeat and counted.line not in fresh:
            fresh.append(counted.line)
        answers.append(counted)
    CountLine.objects.bulk_create(fresh)
    return sheet, answers


class _Known:
    """What is known of the numbers that were read: their assets and their lines, in two queries."""

    def __init__(self, sheet: Sheet, reads: Sequence[Read]) -> None:
        self.sheet = sheet
        self.rooms: dict[int, str] = {}
        take = sheet.field.stock_take
        numbers = {number_in(one.typed) for one in reads}
        book = BookRow.objects.filter(stock_take=take, asset=OuterRef("pk"))
        counted = CountLine.objects.filter(stock_take=take, asset=OuterRef("pk"), struck_at=None)
        assets = Asset.objects.filter(number__in=numbers).select_related("place")
        assets = assets.only("number", "name", "state", "place__path")
        self.assets: dict[str, Any] = {
            one.number: one
            for one in assets.annotate(
                book_path=Subquery(book.values("place__path")[:1]), line_id=Subquery(counted.values("pk")[:1])
            )
        }
        last = CountLine.objects.filter(sheet=sheet).order_by("-position").values("pk")[:1]
        wanted = Q(key__in=[one.key for one in reads]) | Q(pk=Subquery(last))
        wanted |= Q(pk__in=[one.line_id for one in self.assets.values() if one.line_id])
        lines = list(CountLine.objects.filter(wanted).select_related("asset", "sheet").only(*OF_A_LINE))
        self.by_key = {one.key: one for one in lines}
        self.by_asset = {
            one.asset_id: one for one in lines if one.stock_take_id == take.pk and one.struck_at is None
        }
        self.last = max((one.position for one in lines if one.sheet_id == sheet.pk), default=0)

    def room(self, place_id: int | None) -> tuple[int, str]:
        """The room in which it stands, within the field; the field itself when no room is named."""
        field = self.sheet.field
        if place_id is None or place_id == field.place_id:
            return field.place_id, field.place.path
        if place_id not in self.rooms:
            found = places.one(place_id)
            within = found is not None and found.path.startswith(f"{field.place.path}/")
            self.rooms[place_id] = found.path if found is not None and within else ""
        if not self.rooms[place_id]:
            raise Refused("place", "Wybierz pomieszczenie, które należy do pola spisowego.")
        return place_id, self.rooms[place_id]

    def counted(self, read: Read) -> Counted | None:
        """What came of the same reading before, or of the same thing."""
        if read.key in self.by_key:
            return Counted(self.by_key[read.key])
        asset = self.assets.get(number_in(read.typed))
        found = self.by_asset.get(asset.pk) if asset else None
        return Counted(found, is_repeat=True) if found else None

    def enter(self, line: CountLine) -> CountLine:
        """The line takes the next position and is known from now on."""
        self.last += 1
        line.position = self.last
        self.by_key[line.key] = line
        if line.asset_id is not None:
            self.by_asset[line.asset_id] = line
        return line


def _line(known: _Known, read: Read, actor: Actor, now: datetime) -> CountLine:
    sheet, typed = known.sheet, number_in(read.typed)
    if not typed or read.quantity < 1:
        raise Refused("typed", "Wpisz albo odczytaj numer inwentarzowy.")
    room_id, path = known.room(read.place)
    asset = known.assets.get(typed)
    line = CountLine(
        sheet=sheet, stock_take=sheet.field.stock_take, typed=typed, asset=asset, place_id=room_id,
        quantity=read.quantity, outcome=_outcome(asset, path), note=read.note.strip(), key=read.key,
        counted_at=now, read_at=read.read_at, counted_by_name=actor.name,
    )  # fmt: skip
    return known.enter(line)


def number_in(typed: str) -> str:
    """The inventory number in what a scanner gave: the number itself, or the end of an address."""
    text = typed.replace("\0", "").strip().upper()
    return "/".join(text.split("?")[0].rstrip("/").split("/")[-3:])[:100]


def _outcome(asset: Any, here: str) -> str:
    path = asset.book_path if asset else None
    if asset is not None and path is None and asset.state == Asset.State.IN_USE and asset.place is not None:
        path = asset.place.path  # it belongs to a place that nobody counts this time
    return rules.outcome(book_path=path, field_path=here, is_known=asset is not None)


@transaction.atomic
def strike(line_id: int, why: str, *, actor: Actor, now: datetime) -> CountLine:
    """Strike a line that was a mistake; it stays readable and the thing may be counted again."""
    sheets = CountLine.objects.filter(pk=line_id).values_list("sheet_id", flat=True)
    _open_sheet(sheets.first() or 0, actor)
    line = CountLine.objects.filter(pk=line_id, struck_at=None).first()
    if line is None:
        raise NoSuchStockTake(line_id)
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
