"""The HTTP interface of the books for programs: years, vouchers with entries, the trial balance; read-only.

What enters the books comes by files and screens, so that each voucher has somebody who answers for it.
"""

from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from starostwo.ledger.models import FiscalYear, Line, Voucher
from starostwo.ledger.queries import balances, reading
from starostwo.ledger.web.books import SEERS
from starostwo.ledger.web.seen import year_or_404
from starostwo.office.api import ActorRequest, program
from starostwo.platform.paging import BadCursor, keyset_page

SIZE = 100


@program(*SEERS)
@require_safe
def years(request: ActorRequest) -> HttpResponse:
    """The years of the books that the owner of the token may see."""
    return JsonResponse({"items": [_year(year) for year in reading.years(request.actor)]})


@program(*SEERS)
@require_safe
def vouchers(request: ActorRequest, year_id: int) -> HttpResponse:
    """Posted vouchers of a year in the order of posting, with their entries; amounts are grosze."""
    year, month = year_or_404(request, year_id), request.GET.get("month", "")
    rows = reading.vouchers(
        year, journal_code=request.GET.get("journal", ""), month=int(month) if month.isdecimal() else None
    )
    try:
        page = keyset_page(rows, key=("id",), cursor=request.GET.get("cursor"), size=SIZE)
    except BadCursor as error:
        raise Http404 from error
    lines = reading.lines_of_many(page.rows)
    of = {key: list(group) for key, group in groupby(lines, key=lambda line: line.voucher_id)}
    items = [voucher_as_json(row, of.get(row.pk, [])) for row in page.rows]
    return JsonResponse({"items": items, "before": page.before, "after": page.after})


@program(*SEERS)
@require_safe
def trial_balance(request: ActorRequest, year_id: int) -> HttpResponse:
    """The trial balance to the end of a month; amounts are grosze."""
    year, month = year_or_404(request, year_id), request.GET.get("month", "12")
    if not month.isdecimal() or int(month) > 13:
        raise Http404
    rows = balances.trial_balance(year, int(month))
    return JsonResponse({"month": int(month), "items": [_trial_row(row) for row in rows]})


def _year(year: FiscalYear) -> dict[str, Any]:
    return {
        "id": year.pk,
        "book": year.book.code,
        "name": year.book.name,
        "year": year.year,
        "state": year.state,
    }


def voucher_as_json(row: Voucher, lines: list[Line]) -> dict[str, Any]:
    """A voucher as programs get it; the hash is that of the chain of its journal."""
    return {
        "id": row.pk,
        "journal": row.journal.code,
        "number": row.number,
        "month": row.month,
        "kind": row.kind,
        "document_number": row.external_number,
        "issued_on": row.issued_on,
        "operation_on": row.operation_on,
        "text": row.text,
        "posted_at": row.posted_at,
        "posted_by": row.posted_by_name,
        "corrects": row.corrects_id,
        "correction": row.correction,
        "total": row.total,
        "hash": bytes(row.hash).hex(),
        "lines": [_line(line) for line in lines],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "account": line.account.number,
        "classification": str(line.classification) if line.classification else None,
        "counterparty": line.counterparty.name if line.counterparty else None,
        "settlement": line.settlement.document_number if line.settlement else None,
        "debit": line.debit,
        "credit": line.credit,
        "text": line.text,
    }


def _trial_row(row: balances.TrialRow) -> dict[str, Any]:
    return {
        "account": row.number,
        "name": row.name,
        "opening_debit": row.opening_debit,
        "opening_credit": row.opening_credit,
        "month_debit": row.month_debit,
        "month_credit": row.month_credit,
        "total_debit": row.total_debit,
        "total_credit": row.total_credit,
        "debit_balance": row.debit_balance,
        "credit_balance": row.credit_balance,
    }
