"""Claims on the screen: what is owed with interest, new ones, reductions, a calculator."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.ledger import api as ledger
from starostwo.ledger.api import settlements
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import BadCursor, keyset_page
from starostwo.treasury.rules.interest import Kind, Stretch, compensation, interest, stretches
from starostwo.treasury.services import claims
from starostwo.treasury.web.claims_forms import ClaimForm, InterestForm, ReductionForm
from starostwo.treasury.web.payments import SEES

RATES_BEGIN = date(2021, 1, 1)
NO_BOOKS = "Dla tego dnia nie ma otwartego roku albo miesiąca w księdze."


@staff(*SEES)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """The open claims of the books that the person sees, the earliest term first."""
    books = list(ledger.visible_books(request.actor).order_by("name"))
    chosen = next(
        (one for one in books if str(one.pk) == request.GET.get("ksiega")), books[0] if books else None
    )
    page = None
    if chosen is not None:
        try:
            page = keyset_page(
                settlements.open_of(chosen, settlements.RECEIVABLE), key=("due_on", "id"),
                cursor=request.GET.get("cursor"),
            )  # fmt: skip
        except BadCursor as error:
            raise Http404 from error
    today = localdate()
    rows = [(one, _interest(one, today)) for one in page.rows] if page else []
    context = {"books": books, "chosen": chosen, "page": page, "rows": rows, "today": today}
    return render(request, "treasury/claims.html", context)


def _interest(claim: Any, today: Any) -> int | None:
    """Interest to the day; None where the table of rates does not reach back."""
    return None if claim.due_on < RATES_BEGIN else interest(Kind.DELAY, claim.left, claim.due_on, today)


@staff(Right.KEEP_BOOKS)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Assess a claim (przypis)."""
    books = [(one.pk, one.name) for one in ledger.visible_books(request.actor).order_by("name")]
    form = ClaimForm(books, request.POST or None, initial={"issued_on": localdate()})
    if form.is_valid():
        given = form.cleaned_data
        said = claims.NewClaim(
            settlements.Known(given["name"], nip=given["nip"], pesel=given["pesel"]),
            given["document_number"], given["amount"], given["issued_on"],
            given["due_on"], given["position"], given["text"],
        )  # fmt: skip
        try:
            made = claims.assess(given["book_id"], said, actor=request.actor, now=now())
        except claims.NoSuchClaim as error:
            raise Http404 from error
        except claims.Wrong as refused:
            form.add_error(refused.field, refused.words)
        except (LookupError, ledger.CannotPost):
            form.add_error("issued_on", NO_BOOKS)
        else:
            messages.success(request, f"Zapisano należność {given['document_number']}.")
            return redirect("treasury:claim", given["book_id"], made)
    return render(request, "treasury/new_claim.html", {"form": form}, status=422 if form.errors else 200)


@staff(*SEES)
@require_http_methods(["GET", "POST"])
def claim(request: ActorRequest, book_id: int, claim_id: int) -> HttpResponse:
    """One open claim with its interest rate by rate; it is reduced here (odpis)."""
    book = ledger.visible_books(request.actor).filter(pk=book_id).first()
    found: Any = book and settlements.open_of(book, settlements.RECEIVABLE).filter(pk=claim_id).first()
    if book is None or found is None:
        raise Http404
    may_work = ledger.may_post(request.actor, book)
    form = ReductionForm(request.POST or None)
    if form.is_valid():
        try:
            claims.reduce(
                claim_id, form.cleaned_data["amount"], book_id=book_id, reason=form.cleaned_data["reason"],
                actor=request.actor, today=localdate(), now=now(),
            )  # fmt: skip
        except claims.NoSuchClaim as error:
            raise Http404 from error
        except claims.Wrong as refused:
            form.add_error(refused.field, refused.words)
        except (LookupError, ledger.CannotPost):
            form.add_error(None, NO_BOOKS)
        else:
            messages.success(request, "Zapisano odpis.")
            return redirect("treasury:claims")
    today = localdate()
    context = {
        "claim": found, "form": form, "may_work": may_work, "today": today,
        "parts": [(part, _percent(part.rate)) for part in _parts(found, today)],
        "interest": _interest(found, today),
    }  # fmt: skip
    return render(request, "treasury/claim.html", context, status=422 if form.errors else 200)


@staff(*SEES, Right.SETTLE)
@require_safe
def calculator(request: ActorRequest) -> HttpResponse:
    """Interest counted from what is typed; nothing is kept."""
    form = InterestForm(request.GET or None, initial={"paid_on": localdate()})
    counted: dict[str, Any] = {}
    if form.is_valid():
        given = form.cleaned_data
        kind = Kind(given["kind"])
        counted = {
            "sum": interest(kind, given["principal"], given["due_on"], given["paid_on"]),
            "parts": [
                (part, _percent(part.rate)) for part in stretches(kind, given["due_on"], given["paid_on"])
            ],
            "euro": compensation(given["principal"]) if kind is Kind.COMMERCE else None,
        }
    return render(request, "treasury/interest.html", {"form": form, "counted": counted})


def _parts(claim: Any, today: Any) -> list[Stretch]:
    return [] if claim.due_on < RATES_BEGIN else stretches(Kind.DELAY, claim.due_on, today)


def _percent(rate: int) -> str:
    return f"{rate // 100},{rate % 100:02d} %"
