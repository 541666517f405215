"""The same list as an XLSX sheet; text is always text, never a formula."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from starostwo.platform.printed_table import Cell, Table

WIDTH_OF_A_SHARE = 14
FORBIDDEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])


def as_sheet(table: Table) -> bytes:
    """Return the list as an XLSX file."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("Zestawienie")
    for place, column in enumerate(table.columns):
        sheet.column_dimensions[chr(ord("A") + place)].width = WIDTH_OF_A_SHARE * column.share
    for line in (table.title, *table.about):
        sheet.append([_cell(sheet, line)])
    sheet.append([_cell(sheet, column.label, is_head=True) for column in table.columns])
    for row in table.rows:
        sheet.append([_cell(sheet, value) for value in row])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _cell(sheet: Any, value: Cell, *, is_head: bool = False) -> Any:
    clean: Any = value.translate(FORBIDDEN) if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, value=clean)
    if isinstance(clean, str):
        cell.data_type = "s"
    if isinstance(clean, date):
        cell.number_format = "DD.MM.YYYY"
    if isinstance(clean, Decimal):
        cell.number_format = "#,##0.00"
    if is_head:
        cell.font = Font(bold=True)
    return cell
