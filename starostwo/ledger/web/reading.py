"""What is read in the books: vouchers, one voucher, the trial balance, the card of an account."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe

from starostwo.ledger import access
from starostwo.ledger.models import FiscalYear, Voucher
from starostwo.ledger.queries import balances, reading
from starostwo.ledger.queries.accounts import NotThere, journal_of, month_of, year_of
from starostwo.ledger.rules.periods import NoOpenMonth
from starostwo.ledger.services import posting
from starostwo.ledger.web.books import SEERS
from starostwo.ledger.web.documents import address_of
from starostwo.ledger.web.forms import StornoForm
from starostwo.ledger.web.seen import account_or_404, frame, voucher_or_404, year_or_404
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page

MONTHS = (
    "bilans otwarcia", "styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec", "lipiec", "sierpień",
    "wrzesień", "październik", "listopad", "grudzień", "zamknięcie roku",
)  # fmt: skip


def _month(request: ActorRequest) -> int | None:
    given = request.GET.get("miesiac", "")
    return int(given) if given.isdecimal() and int(given) < len(MONTHS) else None


@staff(*SEERS)
@require_safe
def vouchers(request: ActorRequest, year_id: int) -> HttpResponse:
    """The vouchers of a journal in their order, or of all journals, with page sums.

    Law: u.o.r. art. 13 ust. 5 and art. 14.
    """
    year, code, month = year_or_404(request, year_id), request.GET.get("dziennik", ""), _month(request)
    rows = reading.vouchers(year, journal_code=code, month=month)
    page = keyset_page(rows, key=("id",), cursor=request.GET.get("cursor"))
    context = frame(request, year, "ledger:vouchers") | {
        "page": page,
        "journals": reading.journals(year),
        "code": code,
        "month": month,
        "months": list(enumerate(MONTHS)),
        "page_sum": sum(row.total for row in page.rows),
        "carried": page.rows[-1].turnover if code and month is None and page.rows else None,
    }
    return render(request, "ledger/vouchers.html", context)


@staff(*SEERS)
@require_safe
def voucher(request: ActorRequest, voucher_id: int) -> HttpResponse:
    """One posted voucher: entries, who and when, corrections, hash."""
    return _page(request, voucher_or_404(request, voucher_id))


def _page(request: ActorRequest, row: Voucher, form: StornoForm | None = None) -> HttpResponse:
    lines, corrections = reading.lines_of(row), reading.corrections_of(row)
    may_post = access.may_post(request.actor, row.journal.fiscal_year.book)
    context: dict[str, Any] = {
        "voucher": row,
        "year": row.journal.fiscal_year,
        "lines": lines,
        "month": MONTHS[row.month],
        "document_address": address_of(row.document),
        "hash": bytes(row.hash).hex(),
        "debit": sum(line.debit for line in lines),
        "credit": sum(line.credit for line in lines),
        "corrections": corrections,
        "may_reverse": may_post and not corrections and not row.corrects_id,
        "form": form or StornoForm(initial={"operation_on": localdate()}),
    }
    return render(request, "ledger/voucher.html", context, status=422 if form else 200)


@staff(Right.KEEP_BOOKS)
@require_POST
def storno(request: ActorRequest, voucher_id: int) -> HttpResponse:
    """Take a posted voucher back in an open month."""
    row = voucher_or_404(request, voucher_id)
    form = StornoForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    given = form.cleaned_data
    try:
        year = year_of(row.journal.fiscal_year.book, given["operation_on"])
        posted = posting.reverse(
            row, into=journal_of(year, row.journal.code), month=month_of(year, given["operation_on"]),
            actor=request.actor, now=now(), **given,
        )  # fmt: skip
    except posting.MayNotPost as error:
        raise Http404 from error
    except posting.AlreadyReversed:
        messages.info(request, "Ten dowód został już wycofany.")
        return redirect("ledger:voucher", row.pk)
    except (NotThere, NoOpenMonth, posting.MonthIsClosed):
        form.add_error(
            "operation_on", "W tym dniu i później nie ma otwartego miesiąca. Wybierz dzień w otwartym."
        )
    except posting.NotThatAccount as refused:
        form.add_error("operation_on", f"W roku storna nie ma konta {refused.what}.")
    except posting.CannotPost:
        form.add_error(None, "Księgi nie przyjęły storna. Sprawdź plan i daty.")
    else:
        messages.success(request, f"Zaksięgowano storno pod numerem {posted.number}.")
        return redirect("ledger:voucher", posted.id)
    return _page(request, row, form)


@staff(*SEERS)
@require_safe
def trial_balance(request: ActorRequest, year_id: int) -> HttpResponse:
    """Zestawienie obrotów i sald to the end of a month. Law: u.o.r. art. 18 ust. 1."""
    year, month = year_or_404(request, year_id), _month(request)
    month = _last_month(year) if month is None else month
    rows = balances.trial_balance(year, month)
    context = frame(request, year, "ledger:trial_balance") | {
        "rows": [(row, [getattr(row, name) for name in SUMMED]) for row in rows],
        "sums": _sums([row for row in rows if row.kind == "BALANCE"]),
        "month": month,
        "month_name": MONTHS[month],
        "months": list(enumerate(MONTHS)),
    }
    return render(request, "ledger/trial_balance.html", context)


SUMMED = (
    "opening_debit", "opening_credit", "month_debit", "month_credit", "total_debit", "total_credit",
    "debit_balance", "credit_balance",
)  # fmt: skip


def _sums(rows: list[balances.TrialRow]) -> list[int]:
    return [sum(getattr(row, name) for row in rows) for name in SUMMED]


def _last_month(year: FiscalYear) -> int:
    """This month in this year, December in years before, the opening in years to come."""
    today = localdate()
    return today.month if today.year == year.year else 12 if today.year > year.year else 0


@staff(*SEERS)
@require_safe
def card(request: ActorRequest, account_id: int) -> HttpResponse:
    """The card of an account: its entries, in the order of posting."""
    account = account_or_404(request, account_id)
    page = keyset_page(balances.card(account.pk), key=("-id",), cursor=request.GET.get("cursor"))
    year = account.fiscal_year
    context = frame(request, year, "") | {
        "account": account,
        "page": page,
        "row": balances.trial_row(account),
    }
    return render(request, "ledger/card.html", context)
