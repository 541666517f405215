"""Reads a plan from CSV or XLSX into lines as a person types them; nothing of the plan changes by it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starostwo.ledger.rules.plan import INCOME, KINDS, SPENDING
from starostwo.platform.sheet_rows import NotASheet, sheet_rows

LARGEST = 5_000_000
MOST_ROWS = 5_000
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
    try:
        rows = [row for row in sheet_rows(content, most=MOST_ROWS) if any(row)]
    except NotASheet as error:
        raise NotAPlanFile(str(error)) from error
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
