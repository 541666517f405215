"""Approved reports: the last number of each, and how far every unit has come in a period."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from starostwo.ledger.access import visible_reports
from starostwo.ledger.models import Book, FiscalYear, Report, ReportTemplate, ReportUnit
from starostwo.ledger.queries.reports import last_day
from starostwo.ledger.rules.reports import Form
from starostwo.ledger.rules.reports_values import FilledRow
from starostwo.office.api import Actor

NEWEST = ("-id",)


def latest(form: str, year: int, month: int, *, book: Book | None, unit: ReportUnit | None) -> Report | None:
    """The last number of a report."""
    found = Report.objects.filter(form=form, year=year, month=month, book=book, unit=unit)
    return found.order_by("-correction").first()


def rows_of(report: Report) -> list[FilledRow]:
    """The rows as they were approved."""
    return [
        FilledRow(row["key"], tuple(row["parts"]), row["title"], row["cells"])
        for row in report.content["rows"]
    ]


def saved(actor: Actor) -> QuerySet[Report]:
    """The approved reports that the person sees."""
    return visible_reports(actor).select_related("book", "unit")


def template_of(form: str, book: Book | None) -> ReportTemplate | None:
    """The empty report of SJO BeSTi@ that is kept for a book."""
    return ReportTemplate.objects.filter(form=form, book=book, unit=None).first() if book else None


@dataclass(frozen=True)
class UnitState:
    """One unit in a period: its last report, None while it has none."""

    name: str
    is_own: bool
    book: Book | None
    unit: ReportUnit | None
    report: Report | None


def state_of_units(form: Form, year: int, month: int) -> list[UnitState]:
    """Every unit that owes a report of a form for a period, with the last number it has."""
    last = {
        (report.book_id, report.unit_id): report
        for report in Report.objects.filter(form=form.code, year=year, month=month).order_by("correction")
    }
    day = last_day(year, month)
    kept = FiscalYear.objects.filter(year=year).values("book")
    books = Book.objects.filter(kind__in=form.book_kinds, pk__in=kept).order_by("name")
    own = [UnitState(book.name, True, book, None, last.get((book.pk, None))) for book in books]
    units = ReportUnit.objects.filter(Q(ended_on=None) | Q(ended_on__gt=day)).order_by("name")
    sent = [UnitState(unit.name, False, None, unit, last.get((None, unit.pk))) for unit in units]
    return own + (sent if Book.Kind.UNIT in form.book_kinds else [])
