"""Approved reports: the list, one with its findings and hash, its files, and the empty file of SJO BeSTi@."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_POST, require_safe

from starostwo.ledger.access import may_copy
from starostwo.ledger.models import Report, ReportCopy
from starostwo.ledger.queries.consolidation import frozen_exclusions, parts_behind
from starostwo.ledger.queries.reports_saved import NEWEST, copy_of, rows_of, saved, template_of
from starostwo.ledger.rules.reports import BY_CLASSIFICATION, Form
from starostwo.ledger.rules.reports_consolidated import CONSOLIDATED, leaves
from starostwo.ledger.rules.reports_files import LARGEST, NotAReport, as_xml, fill_template
from starostwo.ledger.services import reports as services
from starostwo.ledger.web.books import SEERS
from starostwo.ledger.web.documents import address_of
from starostwo.ledger.web.reading import MONTHS
from starostwo.ledger.web.reports import (
    TemplateForm,
    asked_for,
    form_or_404,
    heads_of,
    shown,
    totals_of,
)
from starostwo.office.api import Actor, ActorRequest, Right, office, staff
from starostwo.platform.paging import keyset_page
from starostwo.platform.printed_table import Cell, Column, Table, typeset_table
from starostwo.platform.spreadsheet import as_sheet
from starostwo.records import api as records

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"pdf": "application/pdf", "xlsx": XLSX, "xml": "application/xml", "bestia": "application/xml"}


@staff(*SEERS)
@require_safe
def saved_list(request: ActorRequest) -> HttpResponse:
    """The approved reports, the newest first."""
    page = keyset_page(saved(request.actor), key=NEWEST, cursor=request.GET.get("cursor"))
    rows = [(report, whose(report), MONTHS[report.month]) for report in page.rows]
    return render(request, "ledger/reports_saved.html", {"page": page, "rows": rows})


def whose(report: Report) -> str:
    """Whose report it is, in words."""
    if report.book is not None:
        return report.book.name
    if report.unit is not None:
        return report.unit.name
    return "powiat (skonsolidowane)" if report.form == CONSOLIDATED else "powiat (łączne)"


def report_or_404(request: ActorRequest, report_id: int) -> tuple[Report, Form]:
    """An approved report that the person sees, with its form."""
    found = saved(request.actor).filter(pk=report_id).first()
    if found is None:
        raise Http404
    return found, form_or_404(found.form.lower(), found.year, found.month)


@staff(*SEERS)
@require_safe
def report(request: ActorRequest, report_id: int) -> HttpResponse:
    """An approved report as it was frozen."""
    found, form = report_or_404(request, report_id)
    rows, copy = rows_of(found), copy_of(found)
    context = {
        "report": found,
        "form": form,
        "whose": whose(found),
        "month_name": MONTHS[found.month],
        "heads": heads_of(form),
        "rows": shown(form, rows),
        "totals": totals_of(form, rows),
        "agrees": services.digest(found) == found.hash,
        "template": template_of(found.form, found.book),
        "findings": [(one, one["level"] == "ERROR") for one in found.findings],
        "copy": copy,
        "copy_at": address_of(copy.document)
        if copy and records.correspondence.sees(copy.document, request.actor)
        else "",
        "may_copy": may_copy(request.actor, found),
        "exclusions": frozen_exclusions(found),
    }
    return render(request, "ledger/report_saved.html", context)


@staff(*SEERS)
@require_safe
def parts(request: ActorRequest, report_id: int, row: str) -> HttpResponse:
    """What a row of a consolidated balance sheet was added from, and what was excluded from it."""
    found, form = report_or_404(request, report_id)
    kept = next((one for one in rows_of(found) if one.key == row), None)
    if not form.is_consolidated or kept is None:
        raise Http404
    behind = parts_behind(request.actor, found, form, row)
    context = {
        "report": found, "form": form, "row": kept, "exclusions": frozen_exclusions(found, leaves(form, row)),
        "parts": [(part, whose(part.report)) for part in behind],
        "totals": [kept.cells.get(column.key, 0) for column in form.columns],
    }  # fmt: skip
    return render(request, "ledger/report_parts.html", context)


def _address(actor: Actor, copy: ReportCopy | None) -> str:
    """Where the signed copy is read, for those who see its case."""
    if copy is None or not records.correspondence.sees(copy.document, actor):
        return ""
    return address_of(copy.document)


@staff(*SEERS)
@require_safe
def report_file(request: ActorRequest, report_id: int, kind: str) -> HttpResponse:
    """An approved report as PDF, XLSX, our XML or the filled file of SJO BeSTi@."""
    found, form = report_or_404(request, report_id)
    if kind not in TYPES:
        raise Http404
    content = _bestia(found, form) if kind == "bestia" else _written(found, form, kind)
    name = f"{form.slug}-{found.year}-{found.month:02d}-k{found.correction}"
    ending = "bestia.xml" if kind == "bestia" else kind
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def _bestia(report: Report, form: Form) -> bytes:
    template = template_of(report.form, report.book)
    if template is None:
        raise Http404
    return fill_template(bytes(template.content), form, report.year, report.month, rows_of(report))


def _written(report: Report, form: Form, kind: str) -> bytes:
    if kind == "xml":
        regon = report.book.regon if report.book else report.unit.regon if report.unit else ""
        return as_xml(
            form, regon=regon, unit=whose(report), year=report.year, month=report.month,
            correction=report.correction, digest=report.hash, rows=rows_of(report),
        )  # fmt: skip
    table = table_of(report, form)
    return as_sheet(table) if kind == "xlsx" else typeset_table(table, now=localtime(report.made_at))


def table_of(report: Report, form: Form) -> Table:
    """The report as a printed list."""
    place, rows = office(), rows_of(report)
    is_wide = form.rows_by == BY_CLASSIFICATION
    heads = [Column(head, 0.7 if is_wide else 4) for head in heads_of(form)]
    shown = [one for one in form.columns if not one.sectors or any(row.cells.get(one.key) for row in rows)]
    amounts = [Column(column.title, 1.6, is_amount=True) for column in shown]
    keys = [column.key for column in shown]
    body: list[tuple[Cell, ...]] = [
        (*(row.parts if is_wide else (row.title,)), *(_zloty(row.cells.get(key, 0)) for key in keys))
        for row in rows
    ]
    if is_wide:
        body.append(("Razem", *[""] * (len(heads) - 1), *(_zloty(total) for total in totals_of(form, rows))))
    body += [_excluded(one, keys) for one in frozen_exclusions(report)]
    return Table(
        title=f"{form.code} {form.title}",
        about=[
            *([place.name] if place else []),
            f"{whose(report)}, do końca miesiąca: {MONTHS[report.month]} {report.year}",
            f"Korekta nr {report.correction}",
            f"Zatwierdził(a): {report.made_by_name}, {localtime(report.made_at):%d.%m.%Y %H:%M}",
            f"Skrót: {report.hash}",
            *([f"Uwagi: {report.remark}"] if report.remark else []),
            "Układ kolumn z pamięci, niesprawdzony z tekstem rozporządzenia.",
            *(["Kolumny grup bez kwot pominięto."] if len(shown) < len(form.columns) else []),
        ],
        columns=[*heads, *amounts],
        rows=body,
    )


def _excluded(one: Mapping[str, Any], columns: Sequence[str]) -> tuple[Cell, ...]:
    """An exclusion as a line beneath the report."""
    said = f"Wyłączenie {one['assets']} i {one['sources']}: {one['parties']}; {one['reason']}; {one['by']}"
    return (said, *(_zloty(one["amount"]) if key == one["column"] else "" for key in columns))


def _zloty(amount: int) -> Decimal:
    return Decimal(amount) / 100


@staff(Right.CHIEF_ACCOUNTANT, Right.TREASURER)
@require_POST
def template(request: ActorRequest, year_id: int, form: str, month: int) -> HttpResponse:
    """Keep the empty report of SJO BeSTi@ that approved reports of this book are written into."""
    year, found = asked_for(request, year_id, form, month)
    given = TemplateForm(request.POST, request.FILES)
    if not given.is_valid():
        messages.error(request, "Wybierz plik XML wyeksportowany z SJO BeSTi@.")
    else:
        content = given.cleaned_data["file"].read(LARGEST + 1)
        try:
            services.keep_template(found, year.book, content, actor=request.actor, now=now())
        except services.MayNotReport as error:
            raise Http404 from error
        except NotAReport as refused:
            messages.error(request, f"{refused} Plik nie został przyjęty.")
        else:
            messages.success(
                request, "Zapisano puste sprawozdanie. Zatwierdzone pobierzesz jako plik BeSTi@."
            )
    return redirect("ledger:report", year.pk, found.slug, month)
