"""Reads the rows of a report from CSV or XLSX: by symbol or title of the row; nothing changes by it."""

from starostwo.ledger.rules.reports import Form
from starostwo.ledger.rules.reports_files import NotAReport, amount
from starostwo.platform.sheet_rows import NotASheet, sheet_rows

LARGEST = 2_000_000
MOST_ROWS = 500
ROW_HEADS = {"wiersz", "symbol", "wyszczególnienie", "pozycja"}


def read_sheet(content: bytes, form: Form) -> dict[tuple[str, str], int]:
    """The amounts of rows that are no sums; sums in the file are left to the program to add."""
    if len(content) > LARGEST:
        raise NotAReport("Plik jest za duży jak na bilans.")
    try:
        rows = [row for row in sheet_rows(content, most=MOST_ROWS) if any(row)]
    except NotASheet as error:
        raise NotAReport(str(error)) from error
    head = next((place for place, row in enumerate(rows) if ROW_HEADS & {cell.lower() for cell in row}), None)
    if head is None:
        raise NotAReport("W pliku nie ma nagłówka kolumny „wiersz”.")
    names = [cell.lower() for cell in rows[head]]
    by = next(place for place, name in enumerate(names) if name in ROW_HEADS)
    columns = {
        place: column.key
        for place, name in enumerate(names)
        for column in form.columns
        if name in (column.key.lower(), column.title.lower())
    }
    if not columns:
        raise NotAReport("W pliku nie ma kolumn z kwotami: początek, koniec.")
    return _cells(rows[head + 1 :], by, columns, form)


def _cells(rows: list[list[str]], by: int, columns: dict[int, str], form: Form) -> dict[tuple[str, str], int]:
    known = {name.lower(): row for row in form.rows for name in (row.symbol, row.title)}
    found: dict[tuple[str, str], int] = {}
    for row in rows:
        name = row[by].strip() if by < len(row) else ""
        said = known.get(name.lower())
        if said is None:
            raise NotAReport(f"Formularz nie ma wiersza „{name[:60]}”.")
        if (said.symbol, next(iter(columns.values()))) in found:
            raise NotAReport(f"Wiersz „{name[:60]}” stoi w pliku dwa razy.")
        for place, column in columns.items():
            if not said.total_of:
                text = row[place] if place < len(row) else ""
                found[said.symbol, column] = amount(text.replace("\u2212", "-") or "0")
    return found
