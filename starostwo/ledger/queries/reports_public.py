"""Approved reports as the public bulletin may tell them: the last number of each, as a table in its markup.

Law: ufp art. 37 and art. 267 (what of the execution of the budget is made public); from memory.
"""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.utils.timezone import localtime

from starostwo.ledger.models import Report
from starostwo.ledger.queries.reports import form_for, forms
from starostwo.ledger.queries.reports_saved import rows_of
from starostwo.ledger.rules.reports import BY_CLASSIFICATION, Form
from starostwo.platform.money import zloty

OFFERED_AT_MOST = 100
MONTHS = (
    "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września",
    "października", "listopada", "grudnia",
)  # fmt: skip


@dataclass(frozen=True)
class PublicReport:
    """An approved report in words that everybody may read."""

    hash: str
    title: str
    form: str
    period: str
    unit: str
    correction: int
    text: str
    made_on: date
    made_by: str


def public_forms() -> list[tuple[str, str]]:
    """The forms of which reports are offered: code and title, each once."""
    own = {form.code: form for form in forms() if form.book_kinds or form.is_consolidated}
    return [(form.code, form.title) for form in own.values()]


def public_reports() -> list[PublicReport]:
    """The reports of own books and of the county as a whole, the last number of each, the newest first."""
    found = Report.objects.exclude(origin=Report.Origin.UPLOADED).select_related("book", "unit")
    latest = found.order_by("form", "year", "month", "book_id", "-correction").distinct(
        "form", "year", "month", "book_id"
    )
    newest = sorted(latest, key=lambda report: report.pk, reverse=True)
    return [_told(report) for report in islice(newest, OFFERED_AT_MOST)]


def _told(report: Report) -> PublicReport:
    form = form_for(report.form.lower(), report.year, report.month)
    how = "skonsolidowane" if form.is_consolidated else "łączne"
    unit = report.book.name if report.book else f"Powiat (sprawozdanie {how})"
    period = f"do końca {MONTHS[report.month - 1]} {report.year}"
    correction = f", korekta nr {report.correction}" if report.correction else ""
    return PublicReport(
        hash=report.hash, title=f"{report.form} {period}: {unit}{correction}", form=report.form,
        period=period, unit=unit, correction=report.correction, text=_table(report, form),
        made_on=localtime(report.made_at).date(), made_by=report.made_by_name,
    )  # fmt: skip


def _table(report: Report, form: Form) -> str:
    by_place = form.rows_by == BY_CLASSIFICATION
    heads = ["Pozycja", *(column.title for column in form.columns)]
    lines = [f"{form.title.capitalize()}.", "", _row(heads), _row(["---"] * len(heads))]
    for row in rows_of(report):
        name = ".".join(part for part in row.parts if part) if by_place else row.title
        lines.append(_row([name, *(zloty(row.cells.get(column.key, 0)) for column in form.columns)]))
    return "\n".join(lines)


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"
