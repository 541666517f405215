"""Reports as they are now: the period with every unit, one report with its control, a cell opened."""

from dataclasses import dataclass

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.ledger import access
from starostwo.ledger.models import DictionaryEntry, FiscalYear
from starostwo.ledger.queries.reports import filled, form_for, forms, last_day
from starostwo.ledger.queries.reports_checks import checked
from starostwo.ledger.queries.reports_entries import KEY, entries_of
from starostwo.ledger.queries.reports_saved import latest, period_of, template_of
from starostwo.ledger.rules.reports import BY_CLASSIFICATION, PLAN, Form, NoSuchForm
from starostwo.ledger.rules.reports_checks import ERROR, blocks
from starostwo.ledger.rules.reports_values import FilledRow
from starostwo.ledger.services import reports as services
from starostwo.ledger.web.books import SEERS
from starostwo.ledger.web.reading import MONTHS
from starostwo.ledger.web.seen import year_or_404
from starostwo.office.api import ActorRequest, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import ScreenForm

FIRST_YEAR, LAST_YEAR = 2000, 2199


class ApproveForm(ScreenForm):
    """The remark under which a report is approved."""

    mark_optional = False

    remark = django_forms.CharField(
        label="Uwagi do sprawozdania",
        help_text="Wymagane, gdy kontrola pokazała ostrzeżenia: napisz, dlaczego liczby są dobre.",
        required=False,
        max_length=2000,
        widget=django_forms.Textarea(attrs={"rows": 3}),
    )


class TemplateForm(ScreenForm):
    """The empty report that SJO BeSTi@ exported."""

    file = django_forms.FileField(label="Puste sprawozdanie z SJO BeSTi@ (XML)")


@dataclass(frozen=True)
class ShownRow:
    """A row as a page shows it."""

    key: str
    parts: tuple[str, ...]
    title: str
    cells: tuple[tuple[str, int], ...]
    is_total: bool


def shown(form: Form, rows: list[FilledRow]) -> list[ShownRow]:
    """The rows with a cell for each column."""
    totals = {row.symbol for row in form.rows if row.total_of}
    columns = [column.key for column in form.columns]
    return [
        ShownRow(
            row.key,
            row.parts,
            row.title,
            tuple((column, row.cells.get(column, 0)) for column in columns),
            row.key in totals,
        )
        for row in rows
    ]


def heads_of(form: Form) -> list[str]:
    """The heads of the columns that name a row."""
    if form.rows_by != BY_CLASSIFICATION:
        return ["Wyszczególnienie"]
    return ["Dział", "Rozdział", *(["Grupa"] if form.has_group else []), "Paragraf"]


def totals_of(form: Form, rows: list[FilledRow]) -> list[int]:
    """The sums under the columns of a report by classification."""
    if form.rows_by != BY_CLASSIFICATION:
        return []
    return [sum(row.cells.get(column.key, 0) for row in rows) for column in form.columns]


def period_in(request: ActorRequest) -> tuple[int, int]:
    """The year and month that the address asks for; without them the month that has ended last."""
    today = localdate()
    year, month = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    asked_year, asked_month = request.GET.get("rok", ""), request.GET.get("miesiac", "")
    if asked_year.isdecimal() and FIRST_YEAR <= int(asked_year) <= LAST_YEAR:
        year = int(asked_year)
    if asked_month.isdecimal() and 1 <= int(asked_month) <= 12:
        month = int(asked_month)
    return year, month


@staff(*SEERS)
@require_safe
def overview(request: ActorRequest) -> HttpResponse:
    """Every unit and every report of a period on one screen."""
    year, month = period_in(request)
    due = [form for form in forms() if month in form.months and form.valid_from <= last_day(year, month)]
    context = {
        "of_year": year,
        "month": month,
        "month_name": MONTHS[month],
        "months": list(enumerate(MONTHS))[1:13],
        "forms": due,
        "rows": period_of(request.actor, due, year, month),
        "may_collect": access.may_collect(request.actor),
    }
    return render(request, "ledger/reports.html", context)


def form_or_404(slug: str, year: int, month: int) -> Form:
    """The form of that name in the version that holds then."""
    if not 1 <= month <= 12:
        raise Http404
    try:
        form = form_for(slug, year, month)
    except NoSuchForm as error:
        raise Http404 from error
    return form


def asked_for(request: ActorRequest, year_id: int, form: str, month: int) -> tuple[FiscalYear, Form]:
    """The year and form of an address; a form that the book does not make is not found."""
    year = year_or_404(request, year_id)
    found = form_or_404(form, year.year, month)
    if year.book.kind not in found.book_kinds:
        raise Http404
    return year, found


@staff(*SEERS)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: ActorRequest, year_id: int, form: str, month: int) -> HttpResponse:
    """A report as the books fill it now, with what the control rules find; approve it."""
    year, found = asked_for(request, year_id, form, month)
    asked = ApproveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and asked.is_valid():
        try:
            made = services.approve(
                found, year, month, remark=asked.cleaned_data["remark"], actor=request.actor, now=now()
            )
        except services.MayNotReport as error:
            raise Http404 from error
        except services.NotThatMonth:
            asked.add_error(None, f"{found.code} nie składa się do końca miesiąca: {MONTHS[month]}.")
        except services.HasErrors:
            asked.add_error(None, "Kontrola pokazała błędy. Popraw je w księgach, potem zatwierdź.")
        except services.NeedsRemark:
            asked.add_error("remark", "Są ostrzeżenia. Napisz, dlaczego liczby są dobre.")
        except services.NothingChanged:
            asked.add_error(None, "Zatwierdzone sprawozdanie mówi to samo. Nie ma czego korygować.")
        else:
            messages.success(request, f"Zatwierdzono {made.form}, numer korekty {made.correction}.")
            return redirect("ledger:report_saved", made.pk)
    return _page(request, year, found, month, asked)


def _page(
    request: ActorRequest, year: FiscalYear, form: Form, month: int, asked: ApproveForm
) -> HttpResponse:
    rows = filled(form, year, month)
    findings = checked(form, year, month, rows)
    may_report = access.may_report(request.actor, year.book)
    context = {
        "year": year,
        "form": form,
        "asked": asked,
        "month": month,
        "month_name": MONTHS[month],
        "months": [(one, MONTHS[one]) for one in form.months],
        "heads": heads_of(form),
        "rows": shown(form, rows),
        "totals": totals_of(form, rows),
        "plan_columns": plan_columns(form),
        "findings": [(finding, finding.level == ERROR) for finding in findings],
        "blocked": blocks(findings),
        "source": DictionaryEntry.Source(form.source).label,
        "saved": latest(form.code, year.year, month, book=year.book, unit=None),
        "template": template_of(form.code, year.book),
        "may_report": may_report and month in form.months,
        "template_form": TemplateForm() if form.tag and may_report else None,
    }
    return render(request, "ledger/report.html", context, status=422 if asked.errors else 200)


def plan_columns(form: Form) -> list[str]:
    """Columns that show the plan alone and so open to no entries."""
    return [
        column.key
        for column in form.columns
        if column.terms and all(term.measure == PLAN for term in column.terms)
    ]


@staff(*SEERS)
@require_safe
def cell(request: ActorRequest, year_id: int, form: str, month: int, row: str, column: str) -> HttpResponse:
    """The entries that a cell was added up from."""
    year, found = asked_for(request, year_id, form, month)
    head = found.column(column)
    if head is None:
        raise Http404
    page = keyset_page(entries_of(found, year, month, row, head), key=KEY, cursor=request.GET.get("cursor"))
    titles = {one.symbol: one.title for one in found.rows}
    context = {
        "year": year, "form": found, "month": month, "month_name": MONTHS[month], "row": row,
        "row_title": titles.get(row, row), "column": head, "page": page,
    }  # fmt: skip
    return render(request, "ledger/report_cell.html", context)
