"""Reads a file plan (JRWA) from CSV or XLSX: columns symbol, title, category, remarks, mode, case or not."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from starostwo.records.rules.plan import Fault, Mode, PlanRow, Severity, clean_category, is_category, validate

MODES = {
    "": Mode.EZD,
    "ezd": Mode.EZD,
    "papier": Mode.PAPER,
    "tradycyjnie": Mode.PAPER,
    "tradycyjny": Mode.PAPER,
    "system dziedzinowy": Mode.DOMAIN,
    "dziedzinowy": Mode.DOMAIN,
}
NO_CASES = ("nie", "n", "0")
ZIP_START = b"PK"
LONGEST_TITLE = 500


class NotAPlan(ValueError):
    """The file is neither CSV nor XLSX, or no line of it begins with a symbol of a class."""


@dataclass(frozen=True)
class PlanReport:
    """The classes of a file in the order of symbols, and everything that is wrong with them."""

    rows: list[PlanRow]
    faults: list[Fault]

    @property
    def errors(self) -> list[Fault]:
        """The faults that stop the import."""
        return [fault for fault in self.faults if fault.severity is Severity.ERROR]


def read_plan(content: bytes, *, reserved: Iterable[str] = ()) -> PlanReport:
    """Read a file plan and check it; what can be mended for certain is mended and reported."""
    rows: list[PlanRow] = []
    faults: list[Fault] = []
    for line, cells in enumerate(_lines(content), start=1):
        row, found = _row(line, cells)
        faults += found
        rows += [row] if row else []
    if not rows:
        raise NotAPlan("W pliku nie ma wierszy z symbolami klas.")
    joined, mended = _join_broken(rows)
    ordered = sorted(joined, key=lambda row: (row.symbol, row.line))
    found = [*faults, *mended, *validate(ordered, reserved=frozenset(reserved))]
    return PlanReport(ordered, sorted(found, key=lambda fault: (fault.line, fault.symbol, fault.text)))


def _lines(content: bytes) -> Iterator[list[str]]:
    if content.startswith(ZIP_START):
        yield from _sheet(content)
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1250", errors="replace")
    if "\x00" in text:
        raise NotAPlan("To nie jest plik CSV ani XLSX.")
    separator = ";" if text.count(";") > text.count(",") else ","
    for cells in csv.reader(io.StringIO(text), delimiter=separator):
        yield [_clean(cell) for cell in cells]


def _sheet(content: bytes) -> Iterator[list[str]]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError) as error:
        raise NotAPlan("Pliku XLSX nie da się otworzyć.") from error
    for cells in book.worksheets[0].iter_rows(values_only=True):
        yield [_clean("" if cell is None else str(cell)) for cell in cells]


def _row(line: int, cells: Sequence[str]) -> tuple[PlanRow | None, list[Fault]]:
    symbol, title, category, remarks, mode, makes_case = [*cells, *[""] * 6][:6]
    if not any(cells) or (line == 1 and not symbol[:1].isdigit()):
        return None, []
    faults = []
    kept = clean_category(category)
    if mode.casefold() not in MODES:
        faults.append(
            Fault(Severity.WARNING, line, symbol, f"nieznany sposób prowadzenia „{mode}”, przyjęto EZD")
        )
    if len(title) > LONGEST_TITLE:
        faults.append(Fault(Severity.WARNING, line, symbol, "hasło skrócone do 500 znaków"))
    row = PlanRow(
        symbol=symbol,
        title=title[:LONGEST_TITLE],
        category=kept,
        remarks=_without_category(remarks, kept),
        mode=MODES.get(mode.casefold(), Mode.EZD),
        makes_case=makes_case.casefold() not in NO_CASES,
        line=line,
    )
    return row, faults


def _join_broken(rows: Sequence[PlanRow]) -> tuple[list[PlanRow], list[Fault]]:
    """A title broken over lines: a line without a symbol goes on with the class above it."""
    joined: list[PlanRow] = []
    faults = []
    for row in dropwhile(lambda one: not one.symbol, rows):
        if row.symbol:
            joined.append(row)
            continue
        above = joined[-1]
        category = above.category or (row.category if is_category(row.category) else "")
        joined[-1] = replace(above, title=f"{above.title} {row.title}".strip(), category=category)
        faults.append(
            Fault(Severity.WARNING, row.line, above.symbol, "hasło złamane na dwa wiersze, połączono")
        )
    return joined, faults


def _without_category(remarks: str, category: str) -> str:
    """Sources repeat the category at the start of the remarks."""
    return remarks.removeprefix(category).strip() if category else remarks


def _clean(cell: str) -> str:
    text = re.sub(r"\s+", " ", cell).strip()
    return text.removesuffix(".0") if re.fullmatch(r"[0-9]+\.0", text) else text
