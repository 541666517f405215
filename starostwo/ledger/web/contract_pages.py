"""Screens of the register of contracts: the list, one contract, a contract being typed, an annex."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.ledger import access
from starostwo.ledger.models import Book, Contract, ContractDraft
from starostwo.ledger.queries import contracts as queries
from starostwo.ledger.queries.accounts import NotThere
from starostwo.ledger.rules.contracts import ReadContract
from starostwo.ledger.rules.periods import NoOpenMonth
from starostwo.ledger.services import contracts as service
from starostwo.ledger.services import posting
from starostwo.ledger.services.dictionaries import UnknownSymbol
from starostwo.ledger.web.contract_forms import AnnexForm, ContractForm
from starostwo.ledger.web.plan_frame import READERS, page_of
from starostwo.office.api import ActorRequest, Right, staff

WRITERS = (Right.KEEP_BOOKS, Right.TREASURER)
REFUSALS: dict[type[Exception], str] = {
    service.ContractIsWrong: "Są jeszcze błędy wymienione obok.",
    posting.CommitmentAbovePlan: (
        "Plan pozycji {what} nie mieści tego zaangażowania. Zmień plan aktem albo poproś skarbnika "
        "o podpisaną zgodę na zaangażowanie ponad plan (Plan, zakładka Zgody ponad plan)."
    ),
    UnknownSymbol: "W słownikach roku nie ma symboli pozycji {what}.",
    NotThere: "Księga nie ma roku {what}. Otwiera go skarbnik.",
    posting.MonthIsClosed: "Miesiąc, do którego należy umowa, jest zamknięty.",
    NoOpenMonth: "Żaden miesiąc od dnia zawarcia do końca roku nie jest otwarty.",
}


@staff(*READERS)
@require_safe
def contracts(request: ActorRequest) -> HttpResponse:
    """The register, the newest first, with what is left of each contract."""
    words = request.GET.get("q", "").strip()[:100]
    page = page_of(request, queries.visible(request.actor, words=words), key=queries.NEWEST)
    books = queries.books_to_enter(request.actor)
    context = {
        "page": page,
        "rows": [(row, row.agreed - row.paid) for row in page.rows],  # type: ignore[attr-defined]
        "words": words,
        "may_enter": bool(books),
        "drafts": list(queries.drafts(request.actor)[:50]) if books else [],
    }
    return render(request, "ledger/contracts.html", context)


@staff(*READERS)
@require_safe
def contract(request: ActorRequest, contract_id: int) -> HttpResponse:
    """One contract: its parts with what was paid, annexes and vouchers."""
    found = _contract(request, contract_id)
    return render(request, "ledger/contract.html", _about(request, found))


def _about(request: ActorRequest, found: Contract) -> dict[str, Any]:
    parts = queries.parts_of(found)
    return {
        "contract": found,
        "parts": parts,
        "agreed": sum(part.agreed for part in parts),
        "paid": sum(part.paid for part in parts),
        "left": sum(part.left for part in parts),
        "annexes": list(queries.annexes_of(found)),
        "vouchers": list(queries.vouchers_of(found)[:30]),
        "may_change": access.may_prepare_plan(request.actor, found.book),
    }


@staff(*WRITERS)
@require_http_methods(["GET", "POST"])
def new_contract(request: ActorRequest) -> HttpResponse:
    """An empty contract; what is typed is kept at once as a draft."""
    return _typed(request, None)


@staff(*WRITERS)
@require_http_methods(["GET", "POST"])
def draft(request: ActorRequest, sketch_id: int) -> HttpResponse:
    """A contract that is being typed, with what is still wrong."""
    return _typed(request, _draft(request, sketch_id))


@staff(*WRITERS)
@require_POST
def draft_end(request: ActorRequest, sketch_id: int) -> HttpResponse:
    """Throw a draft away."""
    service.throw_away(_draft(request, sketch_id), actor=request.actor)
    messages.success(request, "Usunięto umowę w przygotowaniu.")
    return redirect("ledger:contracts")


@staff(*WRITERS)
@require_POST
def registration(request: ActorRequest, sketch_id: int) -> HttpResponse:
    """Put the contract into the register and commit the plan."""
    kept = _draft(request, sketch_id)
    try:
        made = service.register(kept, actor=request.actor, today=localdate(), now=now())
    except tuple(REFUSALS) as refused:
        return _draft_page(request, kept, refusal=_why(refused))
    messages.success(request, f"Umowa ma w rejestrze numer {made.number}/{made.year}.")
    return redirect("ledger:contract", made.pk)


@staff(*WRITERS)
@require_http_methods(["GET", "POST"])
def annex(request: ActorRequest, contract_id: int) -> HttpResponse:
    """Change a contract by an annex; what was typed stays on the screen when it is wrong."""
    found = _contract(request, contract_id)
    if not access.may_prepare_plan(request.actor, found.book):
        raise Http404
    form = AnnexForm(request.POST or None)
    context: dict[str, Any] = _about(request, found) | {"form": form}
    if request.method != "POST":
        return render(request, "ledger/contract_annex.html", context)
    try:
        service.annex(found, form.content, actor=request.actor, today=localdate(), now=now())
    except tuple(REFUSALS) as refused:
        read = service.understood_annex(found, form.content, today=localdate())
        context |= {"refusal": _why(refused), "faults": _faults(read)}
        return render(request, "ledger/contract_annex.html", context, status=422)
    messages.success(request, "Zapisano aneks i zmianę zaangażowania.")
    return redirect("ledger:contract", found.pk)


def _typed(request: ActorRequest, kept: ContractDraft | None) -> HttpResponse:
    books = queries.books_to_enter(request.actor)
    if not books:
        raise Http404
    if request.method != "POST":
        return _draft_page(request, kept)
    form = ContractForm(request.POST, books=books)
    code = form.content["book"]
    if code not in dict(books):
        raise Http404
    book = Book.objects.get(code=code)
    saved = service.save_draft(book, form.content, draft=kept, actor=request.actor, now=now())
    messages.success(request, "Zapisano umowę w przygotowaniu.")
    return redirect("ledger:contract_draft", saved.pk)


def _draft_page(request: ActorRequest, kept: ContractDraft | None, refusal: str = "") -> HttpResponse:
    form = ContractForm(initial=kept.content if kept else {}, books=queries.books_to_enter(request.actor))
    context: dict[str, Any] = {"form": form, "draft": kept, "refusal": refusal}
    if kept is not None:
        read = service.understood(kept.content, today=localdate())
        context |= {"faults": _faults(read), "total": sum(part.amount for part in read.parts), "read": read}
    return render(request, "ledger/contract_draft.html", context, status=422 if refusal else 200)


def _faults(read: ReadContract) -> list[str]:
    return [f"Części, {fault}" if fault.line else str(fault) for fault in read.faults]


def _why(refused: Exception) -> str:
    return REFUSALS[type(refused)].format(what=getattr(refused, "what", "") or str(refused))


def _contract(request: ActorRequest, contract_id: int) -> Contract:
    found = queries.visible(request.actor).filter(pk=contract_id).first()
    if found is None:
        raise Http404
    return found


def _draft(request: ActorRequest, sketch_id: int) -> ContractDraft:
    kept = queries.drafts(request.actor).filter(pk=sketch_id).first()
    if kept is None or not access.may_prepare_plan(request.actor, kept.book):
        raise Http404
    return kept
