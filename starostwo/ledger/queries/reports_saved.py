"""Approved reports: the last number of each, and how far every unit has come in a period."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Sum

from starostwo.ledger.access import may_collect, visible_books, visible_reports
from starostwo.ledger.models import Balance, Book, FiscalYear, Report, ReportCopy, ReportTemplate, ReportUnit
from starostwo.ledger.queries.reports import last_day
from starostwo.ledger.rules.reports import Form
from starostwo.ledger.rules.reports_values import FilledRow, row_of_exclusion
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


def copy_of(report: Report) -> ReportCopy | None:
    """Where its signed copy lies."""
    return ReportCopy.objects.filter(report=report).first()


def template_of(form: str, book: Book | None) -> ReportTemplate | None:
    """The empty report of SJO BeSTi@ that is kept for a book."""
    return ReportTemplate.objects.filter(form=form, book=book, unit=None).first() if book else None


@dataclass(frozen=True)
class PeriodRow:
    """One unit in a period: for each form its last report, or None; `year` opens the report of a book."""

    name: str
    year: FiscalYear | None
    cells: tuple[tuple[Form, bool, Report | None], ...]
    is_joint: bool = False


def period_of(actor: Actor, due: Sequence[Form], year: int, month: int) -> list[PeriodRow]:
    """The books that the person sees, the units that send theirs, the county as a whole: how far each is."""
    last = {
        (report.book_id, report.unit_id, report.form): report
        for report in visible_reports(actor).filter(year=year, month=month).order_by("correction")
    }
    years = FiscalYear.objects.filter(year=year, book__in=visible_books(actor)).select_related("book")
    rows = [
        PeriodRow(
            one.book.name,
            one,
            tuple((f, one.book.kind in f.book_kinds, last.get((one.book_id, None, f.code))) for f in due),
        )
        for one in years.order_by("book__name")
    ]
    if may_collect(actor):
        units = ReportUnit.objects.filter(Q(ended_on=None) | Q(ended_on__gt=last_day(year, month)))
        rows += [
            PeriodRow(
                unit.name,
                None,
                tuple((f, unit.kind in f.senders, last.get((None, unit.pk, f.code))) for f in due),
            )
            for unit in units.order_by("name")
            if any(unit.kind in f.senders for f in due)
        ]
        joint = tuple(
            (f, f.is_consolidated or Book.Kind.UNIT in f.book_kinds, last.get((None, None, f.code)))
            for f in due
        )
        rows.append(PeriodRow("Powiat (łączne)", None, joint, is_joint=True))
    return rows


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
    units = ReportUnit.objects.filter(Q(ended_on=None) | Q(ended_on__gt=day), kind__in=form.senders)
    return own + [
        UnitState(unit.name, False, None, unit, last.get((None, unit.pk))) for unit in units.order_by("name")
    ]


def exclusions_of(form: Form, year: int) -> dict[str, int]:
    """What own books note on sub-accounts of 976 as owed between units, by the row it is taken off.

    Law: rozp. MRiF 13.09.2017 zał. 3 (976, wzajemne rozliczenia między jednostkami); from memory.
    """
    noted = (
        Balance.objects.filter(
            account__fiscal_year__year=year, account__number__startswith="976-", month__gte=1
        )
        .values_list("account__number")
        .annotate(total=Sum(F("debit") + F("credit")))
    )
    found: dict[str, int] = {}
    for number, total in noted:
        if row := row_of_exclusion(form, number):
            found[row] = found.get(row, 0) + int(total)
    return {row: total for row, total in found.items() if total}
