"""The signed copy of an approved report on the screen: signed and put into a case of the person."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_http_methods

from starostwo.ledger.access import may_copy
from starostwo.ledger.models import Report
from starostwo.ledger.queries.reports_saved import copy_of, rows_of
from starostwo.ledger.rules.reports import BY_CLASSIFICATION, Form
from starostwo.ledger.services.report_copies import CopyIsThere, ReportDiffers, file_copy
from starostwo.ledger.services.reports import MayNotReport
from starostwo.ledger.web.reading import MONTHS
from starostwo.ledger.web.reports_saved import report_or_404, table_of, whose
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.money import zloty
from starostwo.platform.printed_table import typeset_table
from starostwo.records import api as records
from starostwo.screens.api import ScreenForm


class CopyForm(ScreenForm):
    """In which case the copy is to lie."""

    mark = forms.CharField(
        label="Znak sprawy", max_length=80,
        help_text="Otwarta sprawa, którą prowadzisz, na przykład FN.303.1.2026.",
    )  # fmt: skip


@staff(Right.CHIEF_ACCOUNTANT, Right.TREASURER)
@require_http_methods(["GET", "HEAD", "POST"])
def report_copy(request: ActorRequest, report_id: int) -> HttpResponse:
    """Ask for the case, then sign and file."""
    report, form = report_or_404(request, report_id)
    if not may_copy(request.actor, report) or copy_of(report) is not None:
        raise Http404
    asked = CopyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and asked.is_valid():
        try:
            made = file_copy(
                report, asked.cleaned_data["mark"], paper_of(report, form), actor=request.actor, now=now()
            )
        except records.correspondence.CannotFilePaper as refused:
            asked.add_error("mark", str(refused))
        except ReportDiffers:
            asked.add_error(None, "Treść sprawozdania nie zgadza się ze skrótem. Zgłoś to administratorowi.")
        except (MayNotReport, CopyIsThere) as refused:
            raise Http404 from refused
        else:
            messages.success(request, f"Podpisano i włączono do akt: {made.mark}.")
            return redirect("ledger:report_saved", report.pk)
    context = {"report": report, "whose": whose(report), "month_name": MONTHS[report.month], "asked": asked}
    return render(request, "ledger/report_copy.html", context, status=422 if asked.errors else 200)


def paper_of(report: Report, form: Form) -> records.correspondence.MadePaper:
    """The report as a paper: the table that is signed, and the same line by line."""
    number = f", korekta nr {report.correction}" if report.correction else ""
    period = f"do końca miesiąca: {MONTHS[report.month]} {report.year}"
    title = f"{report.form} {period}{number}: {whose(report)}"
    by_place = form.rows_by == BY_CLASSIFICATION
    lines = [f"{form.title.capitalize()}, {period}{number}. {whose(report)}. Skrót: {report.hash}.", ""]
    for row in rows_of(report):
        name = ".".join(part for part in row.parts if part) if by_place else row.title
        cells = [f"{one.title} {zloty(row.cells[one.key])}" for one in form.columns if row.cells.get(one.key)]
        lines.append(f"- {name}: {'; '.join(cells) or '0,00 zł'}")
    pdf = typeset_table(table_of(report, form), now=localtime(report.made_at))
    return records.correspondence.MadePaper(title, "\n".join(lines), pdf)
