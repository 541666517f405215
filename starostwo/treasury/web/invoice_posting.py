"""How an invoice is posted: the learned proposal, changed on the screen, kept as typed, then posted."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from starostwo.ledger import api as ledger
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.money import zloty
from starostwo.treasury import invoice_access as access
from starostwo.treasury.models import Invoice
from starostwo.treasury.queries import invoices as queries
from starostwo.treasury.services import invoice_path as path
from starostwo.treasury.services import invoice_posting as posting
from starostwo.treasury.web.invoice_forms import SPARE_ROWS, PostingForm, first_typed

POST = "zaksieguj"
KEPT = ("text", "operation_on", "due_on", "contract", "account_", "position_", "amount_")
MOST_ROWS = 40
REFUSALS = (
    path.NotYours,
    posting.DoesNotAddUp,
    posting.NotInZloty,
    posting.UnknownInRow,
    LookupError,
    ledger.CannotPost,
)


@staff(Right.KEEP_BOOKS, Right.CHIEF_ACCOUNTANT)
@require_http_methods(["GET", "POST"])
def invoice_posting(request: ActorRequest, invoice_id: int) -> HttpResponse:
    """The rows of the posting."""
    found = queries.one(invoice_id, actor=request.actor)
    if found is None or found.unit is None or not access.may_enter(request.actor, found.unit):
        raise Http404
    if found.state in (Invoice.State.POSTED, Invoice.State.REJECTED):
        return redirect("treasury:invoice", found.pk)
    proposal = queries.proposal_of(found)
    if request.method == "POST":
        typed = {name: str(value) for name, value in request.POST.items() if name.startswith(KEPT)}
        form = PostingForm(request.POST, contracts=proposal.contracts, count=_count(typed))
        if answer := _carry_out(request, found, form, typed):
            return answer
    else:
        typed = found.proposal or first_typed(
            proposal.rows, text=_text(found), due_on=queries.usual_due(found),
            operation_on=found.sold_on or found.issued_on, contract=proposal.contract,
        )  # fmt: skip
        form = PostingForm(initial=typed, contracts=proposal.contracts, count=_count(typed) + SPARE_ROWS)
    context = {
        "form": form,
        "invoice": found,
        "learned_from": proposal.learned_from,
        "may_post": found.state == Invoice.State.APPROVED,
    }
    return render(request, "treasury/invoice_posting.html", context, status=422 if form.errors else 200)


def _carry_out(
    request: ActorRequest, found: Invoice, form: PostingForm, typed: Mapping[str, str]
) -> HttpResponse | None:
    """Keep what was typed; post where that is asked and allowed."""
    try:
        posting.keep_proposal(found.pk, typed, actor=request.actor)
    except (path.NotYours, path.NoSuchInvoice):
        form.add_error(None, "Tej faktury nie można już dekretować. Odśwież stronę.")
        return None
    if request.POST.get("co") != POST:
        messages.success(request, "Zapisano dekretację.")
        return redirect("treasury:invoice_posting", found.pk)
    if not form.is_valid():
        return None
    try:
        posting.post_invoice(found.pk, _said(form.cleaned_data), actor=request.actor, now=now())
    except REFUSALS as error:
        form.add_error(*_refusal(error, found))
        return None
    messages.success(request, "Zaksięgowano fakturę.")
    return redirect("treasury:invoice", found.pk)


def _refusal(error: Exception, found: Invoice) -> tuple[str | None, str]:
    """At which field, and what to do next."""
    if isinstance(error, posting.DoesNotAddUp):
        more = error.args[0]
        said = f"o {zloty(abs(more))} {'więcej' if more > 0 else 'mniej'}"
        return None, f"Suma wierszy to {said} niż {zloty(found.gross)} z faktury."
    if isinstance(error, posting.UnknownInRow):
        number, text = error.args
        return f"account_{number}", f"Wiersz {number}: w księdze nie ma „{text}”."
    if isinstance(error, LookupError):
        return "operation_on", f"Księga nie ma otwartego roku ani dziennika ({error})."
    if isinstance(error, ledger.MonthIsClosed):
        return "operation_on", "Ten miesiąc jest zamknięty. Podaj dzień z otwartego miesiąca."
    if isinstance(error, ledger.CannotPost):
        return None, f"Księgi odmówiły: {_why(error)}"
    if isinstance(error, posting.NotInZloty):
        return None, "Faktura jest w obcej walucie. Zaksięguj ją dowodem PK po kursie."
    return None, "Zaksięgować można dopiero fakturę zatwierdzoną przez głównego księgowego."


def _said(said: Mapping[str, Any]) -> posting.Posting:
    return posting.Posting(
        rows=said["rows"], due_on=said["due_on"], operation_on=said["operation_on"], text=said["text"],
        contract=int(said["contract"]) if said["contract"] else None,
    )  # fmt: skip


def _why(error: ledger.CannotPost) -> str:
    what = {
        "SPENDING": "konto wymaga klasyfikacji wydatków",
        "INCOME": "konto wymaga klasyfikacji dochodów",
        "CLASSIFICATION": "konto wymaga klasyfikacji",
        "SETTLEMENT": "konto wymaga rozrachunku",
        "TASK": "konto wymaga zadania",
        "FUNDING": "konto wymaga źródła finansowania",
        "PROJECT": "konto wymaga projektu",
        "POSTING": "na tym koncie nie księguje się wprost",
    }.get(error.what, error.what or "sprawdź konta i kwoty")
    return f"{what}{f' (wiersz {error.line})' if error.line else ''}."


def _count(typed: Mapping[str, Any]) -> int:
    """How many rows were typed, or were sent along."""
    numbers = [name.rsplit("_", 1)[-1] for name in typed if name.startswith("account_")]
    return min(max((int(number) for number in numbers if number.isdecimal()), default=0), MOST_ROWS)


def _text(invoice: Invoice) -> str:
    return f"{invoice.seller_name}: {invoice.text or invoice.number}"[:300]
