"""A printed list: a title, what it is of, columns and rows, with the day of printing on every page."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from django.utils.timezone import localtime

from starostwo.platform.typesetting import typeset

TEMPLATE = Path(__file__).with_name("printed_table.typ")
Cell = str | int | date | Decimal | None


@dataclass(frozen=True)
class Column:
    """The head of a column and its share of the width."""

    label: str
    share: float = 1.0
    is_amount: bool = False


@dataclass(frozen=True)
class Table:
    """A list as it is printed or saved as a sheet; on paper with a line to sign for each signer."""

    title: str
    about: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    signers: Sequence[str] = ()


def typeset_table(table: Table, *, now: datetime) -> bytes:
    """Return the list as PDF/A-2a with PDF/UA-1 tags, on A4 across."""
    values = {
        "title": table.title,
        "about": list(table.about),
        "columns": [asdict(column) for column in table.columns],
        "rows": [[written(cell) for cell in row] for row in table.rows],
        "signers": list(table.signers),
        "printed": f"Wydrukowano {localtime(now):%d.%m.%Y %H:%M}",
    }
    return typeset(TEMPLATE, values, at=now)


def written(cell: Cell) -> str:
    """Return a cell as text: a day as 23.11.2026, an amount as 1 234,50, nothing as nothing."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:,.2f}".replace(",", "\u00a0").replace(".", ",").replace("-", "−")
    return f"{cell:%d.%m.%Y}" if isinstance(cell, date) else str(cell)
