"""Reads a plan from CSV or XLSX into lines as a person types them; nothing of the plan changes by it."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from starostwo.ledger.rules.plan import INCOME, KINDS, SPENDING, written

LARGEST = 5_000_000
MOST_ROWS = 5_000
ZIP_START = b"PK"
COLUMNS = {
    "rodzaj": ("rodzaj", "typ"),
    "dział": ("dział", "dzial", "dz", "dz."),
    "rozdział": ("rozdział", "rozdzial", "rozdz", "rozdz."),
    "paragraf": ("paragraf", "par", "par.", "§"),
    "pozycja": ("pozycja", "klasyfikacja"),
    "kwota": ("kwota", "plan", "zmiana"),
}
BY_NAME = {name: column for column, names in COLUMNS.items() for name in names}
KIND_OF = {name: kind for kind, name in KINDS.items()} | {kind.lower(): kind for kind in KINDS} | {
    "dochód": INCOME, "wydatek": SPENDING,
}  # fmt: skip


class NotAPlanFile(ValueError):
    """The file is neither CSV nor XLSX, or has no column of amounts; the text says which in Polish."""


@dataclass(frozen=True)
class FileRead:
    """What a file holds, as lines by kind, and which of its rows could not be taken."""

    lines: Mapping[str, str]
    rows: int
    skipped: Sequence[str]


def read_file(content: bytes, *, kinds: Sequence[str]) -> FileRead:
    """Read a file: each row becomes one line, whose faults are found when the act is read."""
    rows = [row for row in _rows(content) if any(row)]
    if not rows:
        raise NotAPlanFile("Plik jest pusty.")
    where = {BY_NAME[cell.lower()]: place for place, cell in enumerate(rows[0]) if cell.lower() in BY_NAME}
    if "kwota" not in where or not ({"pozycja", "paragraf"} & set(where)):
        raise NotAPlanFile("W pierwszym wierszu nie ma nagłówków: paragraf (albo pozycja) i kwota.")
    if len(rows) > MOST_ROWS:
        raise NotAPlanFile(f"Plik ma więcej niż {MOST_ROWS} wierszy.")
    lines: dict[str, list[str]] = {kind: [] for kind in kinds}
    skipped = []
    for number, row in enumerate(rows[1:], start=2):
        cells = {name: row[place] if place < len(row) else "" for name, place in where.items()}
        kind = KIND_OF.get(cells.get("rodzaj", "wydatki").lower(), "")
        if kind not in lines:
            skipped.append(f"wiersz {number}: nieznany rodzaj „{cells.get('rodzaj', '')}”")
            continue
        lines[kind].append(_line(cells))
    return FileRead({kind: "\n".join(found) for kind, found in lines.items()}, len(rows) - 1, skipped)


def _line(cells: Mapping[str, str]) -> str:
    division, chapter = cells.get("dział", ""), cells.get("rozdział", "")  # a sheet drops zeros in front
    parts = (division and division.zfill(3), chapter and chapter.zfill(5), cells.get("paragraf", ""))
    position = cells.get("pozycja") or ".".join(part for part in parts if part)
    return f"{position}; {cells['kwota']}"


def _rows(content: bytes) -> Iterator[list[str]]:
    if content.startswith(ZIP_START):
        yield from _sheet(content)
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1250", errors="replace")
    if "\x00" in text:
        raise NotAPlanFile("To nie jest plik CSV ani XLSX.")
    separator = ";" if text.count(";") >= text.count(",") else ","
    for cells in csv.reader(io.StringIO(text), delimiter=separator):
        yield [" ".join(cell.split()) for cell in cells]


def _sheet(content: bytes) -> Iterator[list[str]]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError) as error:
        raise NotAPlanFile("Pliku XLSX nie da się otworzyć.") from error
    for cells in book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS + 2):
        yield _texts(cells)


def _texts(cells: Sequence[object]) -> list[str]:
    """Numbers of a sheet: a whole one may be a symbol or złote, one with a fraction is an amount."""
    return ["" if cell is None else _text(cell) for cell in cells]


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return written(round(Decimal(str(cell)) * 100))
    return " ".join(str(cell).split())
