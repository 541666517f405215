"""Claims on the screen: what is owed with interest, new ones, reductions."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.ledger import api as ledger
from starostwo.ledger.api import settlements
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.records import api as records
from starostwo.treasury.models import ClaimKind
from starostwo.treasury.queries import claims as queries
from starostwo.treasury.queries.reliefs import of_claim as reliefs_of
from starostwo.treasury.queries.reminders import noted_of
from starostwo.treasury.queries.reminders import of_claim as letters_of
from starostwo.treasury.services import claims
from starostwo.treasury.web.claims_forms import ClaimForm, ReductionForm
from starostwo.treasury.web.payments import SEES

NO_BOOKS = "Dla tego dnia nie ma otwartego roku albo miesiąca w księdze."
KINDS = [*ClaimKind.choices, (queries.NOT_REGISTERED, "spoza rejestru")]


@staff(*SEES)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """The open claims of the books that the person sees, the earliest term first."""
    books, chosen = book_of(request)
    today = localdate()
    kind, words = request.GET.get("rodzaj", ""), request.GET.get("q", "").strip()[:100]
    late = request.GET.get("po") == "1"
    page, rows = None, []
    if chosen is not None:
        found = queries.listed(chosen, kind=kind, words=words, late_on=today if late else None)
        page = keyset_page(found, key=("due_on", "id"), cursor=request.GET.get("cursor"))
        known = queries.registered_as([one.pk for one in page.rows])
        rows = [
            (one, known.get(one.pk), queries.interest_on(one, known.get(one.pk), today)) for one in page.rows
        ]
    context = {
        "books": books, "chosen": chosen, "page": page, "rows": rows, "today": today, "kinds": KINDS,
        "kind": kind, "words": words, "late": late,
    }  # fmt: skip
    return render(request, "treasury/claims.html", context)


def book_of(request: ActorRequest) -> tuple[list[Any], Any]:
    """The books that the person sees and the one that the address names, else the one in use."""
    books = ordered_books(request)
    wanted = request.GET.get("ksiega", "")
    return books, next((one for one in books if str(one.pk) == wanted), books[0] if books else None)


def ordered_books(request: ActorRequest) -> list[Any]:
    """The books that the person sees, first the one whose claims were entered last."""
    books = list(ledger.visible_books(request.actor).order_by("-kind", "name"))
    if len(books) < 2:
        return books
    used = queries.last_used(books)
    return sorted(books, key=lambda one: one.pk != used)


def book_choices(request: ActorRequest) -> list[tuple[int, str]]:
    """The same books for a form."""
    return [(one.pk, one.name) for one in ordered_books(request)]


@staff(Right.KEEP_BOOKS)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Assess a claim (przypis)."""
    form = ClaimForm(book_choices(request), request.POST or None, initial={"issued_on": localdate()})
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = claims.assess(given["book_id"], _said(given), actor=request.actor, now=now())
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


def _said(given: dict[str, Any]) -> claims.NewClaim:
    ground = claims.Ground(
        kind=given["kind"], interest=given["interest"], basis=given["basis"], number=given["basis_number"],
        on=given["basis_on"], of_state=given["of_state"],
    )  # fmt: skip
    debtor = settlements.Known(
        given["name"], nip=given["nip"], pesel=given["pesel"], street=given["street"],
        postcode=given["postcode"], town=given["town"],
    )  # fmt: skip
    return claims.NewClaim(
        debtor, given["document_number"], given["amount"], given["issued_on"], given["due_on"],
        given["position"], given["text"], ground, case_mark=given["case_mark"],
    )  # fmt: skip


@staff(*SEES)
@require_http_methods(["GET", "POST"])
def claim(request: ActorRequest, book_id: int, claim_id: int) -> HttpResponse:
    """One open claim with its interest rate by rate; it is reduced here (odpis)."""
    book, found = open_or_404(request, book_id, claim_id)
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
    context = _of_claim(request, book, found) | {"form": form}
    return render(request, "treasury/claim.html", context, status=422 if form.errors else 200)


def open_or_404(request: ActorRequest, book_id: int, claim_id: int) -> tuple[Any, Any]:
    """The book and the open claim, or no page."""
    book = ledger.visible_books(request.actor).filter(pk=book_id).first()
    found: Any = book and settlements.open_of(book, settlements.RECEIVABLE).filter(pk=claim_id).first()
    if found is None:
        raise Http404
    return book, found


def _of_claim(request: ActorRequest, book: Any, found: Any) -> dict[str, Any]:
    today, row = localdate(), queries.row_of(found.pk)
    case = row.case if row else None
    return {
        "claim": found, "row": row, "today": today, "may_work": ledger.may_post(request.actor, book),
        "sees_case": case is not None and records.visible_cases(request.actor).filter(pk=case.pk).exists(),
        "reliefs": reliefs_of(row), "letters": letters_of(row),
        "interest": queries.interest_on(found, row, today),
        "noted": noted_of([row]).get(row.pk, 0) if row else 0,
        "parts": [(part, percent(part.rate)) for part in queries.stretches_on(found, row, today)],
    }  # fmt: skip


def percent(rate: int) -> str:
    """A rate in hundredths of a percent, as it is read."""
    return f"{rate // 100},{rate % 100:02d} %"
