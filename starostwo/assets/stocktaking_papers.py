"""Sheets and the protocol of differences on paper."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.utils.timezone import localtime

from starostwo.assets.models import CountLine, Difference, Sheet, StockTake
from starostwo.assets.queries.stocktaking import heading
from starostwo.platform.printed_table import Cell, Column, Table, typeset_table
from starostwo.platform.typesetting import typeset

TEMPLATE = Path(__file__).parent / "typeset" / "sheet.typ"
UNIT = "szt."
SIGNERS = ("Prowadzący ewidencję", "Księgowość", "Zatwierdzający")
COLUMNS = (
    Column("Lp.", 0.4), Column("Różnica", 1), Column("Numer", 1.2), Column("Nazwa", 2),
    Column("Sztuk", 0.5), Column("Gdzie", 1.5), Column("Wyjaśnienie", 2.2), Column("Decyzja", 1.8),
    Column("Dokument", 0.9),
)  # fmt: skip


def sheet_pdf(sheet: Sheet, lines: Sequence[CountLine], *, at: datetime) -> bytes:
    """The sheet with what the law and customs ask of it, without blank rows, with places for signatures."""
    take = sheet.field.stock_take
    values = {
        "number": str(sheet), "office": heading(), "take": f"{take}, spis {take.get_kind_display()}",
        "order": f"{take.order} z {take.ordered_on:%d.%m.%Y}",
        "field": f"{sheet.field.place.path}: {sheet.field.place.label}",
        "began": f"{localtime(sheet.opened_at):%d.%m.%Y %H:%M}",
        "ended": f"{localtime(sheet.closed_at):%d.%m.%Y %H:%M}" if sheet.closed_at else "",
        "by": sheet.closed_by_name, "digest": sheet.digest,
        "team": [one.account.name for one in sheet.field.team.select_related("account").order_by("id")],
        "last": len(lines),
        "rows": [
            [
                str(line.position), line.typed, line.asset.name if line.asset else "(nieznany)",
                UNIT, str(line.quantity), "", "", _remark(line),
            ]
            for line in lines
        ],
    }  # fmt: skip
    return typeset(TEMPLATE, values, at=at)


def _remark(line: CountLine) -> str:
    said = line.get_outcome_display() if line.outcome != "AGREED" else ""
    struck = f"SKREŚLONO: {line.struck_why}" if line.struck_at else ""
    return "; ".join(part for part in (said, line.note, struck) if part)


def protocol_pdf(take: StockTake, differences: Sequence[Difference], *, at: datetime) -> bytes:
    """The differences with explanations and decisions."""
    rows = [_row(number, one) for number, one in enumerate(differences, start=1)]
    about = [heading(), f"{take.order} z {take.ordered_on:%d.%m.%Y}, spis {take.get_kind_display()}"]
    table = Table(f"Protokół różnic inwentaryzacyjnych {take}", about, COLUMNS, rows, SIGNERS)
    return typeset_table(table, now=at)


def _row(number: int, one: Difference) -> list[Cell]:
    line, asset = one.line, one.asset
    return [
        number, one.get_kind_display(), asset.number if asset else (line.typed if line else ""),
        asset.name if asset else "", one.quantity, _spot(line) if line else "",
        one.explanation, one.get_decision_display() if one.decision else "nierozstrzygnięta",
        str(one.document or ""),
    ]  # fmt: skip


def _spot(line: CountLine) -> str:
    return (line.place or line.sheet.field.place).path
