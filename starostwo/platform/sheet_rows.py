"""Rows of a CSV or XLSX file as a person would have typed their cells."""

import csv
import io
import zlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

ZIP_START = b"PK"
LARGEST_UNPACKED = 100 << 20
BROKEN = (
    InvalidFileException, BadZipFile, zlib.error, EOFError, OSError, RuntimeError, SyntaxError, LookupError,
    TypeError, AttributeError, ArithmeticError,
)  # fmt: skip


class NotASheet(ValueError):
    """The file is neither CSV nor XLSX; the text says so in Polish."""


def sheet_rows(content: bytes, *, most: int) -> Iterator[list[str]]:
    """The rows of the first sheet, at most so many and one more, each cell as text."""
    if content.startswith(ZIP_START):
        yield from _sheet(content, most)
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1250", errors="replace")
    if "\x00" in text:
        raise NotASheet("To nie jest plik CSV ani XLSX.")
    separator = ";" if text.count(";") >= text.count(",") else ","
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            yield [" ".join(cell.split()) for cell in cells]
    except csv.Error as error:
        raise NotASheet(
            "Pliku CSV nie da się odczytać: pole jest za długie albo brakuje cudzysłowu."
        ) from error


def _sheet(content: bytes, most: int) -> Iterator[list[str]]:
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > LARGEST_UNPACKED:
                raise NotASheet("Plik XLSX po rozpakowaniu jest za duży. Podziel go na mniejsze.")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for cells in book.worksheets[0].iter_rows(values_only=True, max_row=most + 2):
            yield ["" if cell is None else _text(cell) for cell in cells]
    except NotASheet:
        raise
    except (*BROKEN, ValueError) as error:
        raise NotASheet("Pliku XLSX nie da się otworzyć.") from error


def _text(cell: object) -> str:
    """A whole number may be a symbol or złote, one with a fraction is an amount, a day is written as here."""
    if isinstance(cell, float):
        return f"{Decimal(str(cell)):.2f}".replace(".", ",")
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    return " ".join(str(cell).split())
