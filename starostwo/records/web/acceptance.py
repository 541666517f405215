"""Screens of acceptance: what waits for the person, a letter with its changes first, many signed at once."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.office.api import ActorRequest, Right, staff
from starostwo.records import document_access
from starostwo.records.queries.document import changes_for, to_accept
from starostwo.records.rules.acceptance import NotInThisState
from starostwo.records.services.acceptance import CannotDecide, NotReady, accept, return_document
from starostwo.records.services.document_signing import SignatureRefused, sign_document, sign_many
from starostwo.records.typeset import NotArchivable
from starostwo.records.web.document import page_or_404
from starostwo.records.web.document_forms import RemarkForm

REFUSALS = (CannotDecide, NotReady, NotInThisState, SignatureRefused, NotArchivable)


@staff(Right.ACCEPT, Right.SIGN)
@require_safe
def acceptance_list(request: ActorRequest) -> HttpResponse:
    """Letters whose turn is this person's, the oldest first; those to sign can be signed together."""
    context = {"steps": to_accept(request.actor), "today": localdate(), "results": None, "nothing": False}
    return render(request, "records/acceptance_list.html", context)


@staff(Right.SIGN)
@require_POST
def signatures(request: ActorRequest) -> HttpResponse:
    """Sign the chosen letters in one action; each has its own result."""
    waiting = {step.document_id for step in to_accept(request.actor) if step.is_final}
    chosen = [int(value) for value in request.POST.getlist("document") if value.isascii() and value.isdigit()]
    if not set(chosen) <= waiting:
        raise Http404
    if not chosen:
        context = {"steps": to_accept(request.actor), "today": localdate(), "results": None, "nothing": True}
        return render(request, "records/acceptance_list.html", context, status=422)
    results = sign_many(chosen, actor=request.actor, now=now())
    context = {"steps": to_accept(request.actor), "today": localdate(), "results": results, "nothing": False}
    return render(request, "records/acceptance_list.html", context)


@staff(Right.ACCEPT, Right.SIGN)
@require_http_methods(["GET", "POST"])
def acceptance(request: ActorRequest, document_id: int) -> HttpResponse:
    """A letter that waits: what changed since it was seen, its text, remarks; accept, sign or return."""
    page = page_or_404(request, document_id)
    turn = page.turn
    if turn is None or not document_access.may_decide(request.actor, turn):
        raise Http404
    form = RemarkForm(request.POST or None)
    if form.is_valid():
        try:
            messages.success(request, _decided(request, document_id, form.cleaned_data["remark"]))
            return _next(request)
        except REFUSALS as refusal:
            form.add_error("remark" if isinstance(refusal, CannotDecide) else None, str(refusal))
    context = {
        "page": page,
        "document": page.document,
        "turn": turn,
        "changes": changes_for(page, request.actor),
        "remarks": [step for step in page.steps if step.remark],
        "form": form,
    }
    return render(request, "records/acceptance.html", context, status=422 if form.errors else 200)


def _decided(request: ActorRequest, document_id: int, remark: str) -> str:
    """Do what the pressed button says and tell it."""
    decision = DECISIONS.get(request.POST.get("decision", ""))
    if decision is None:
        raise CannotDecide("Wybierz: akceptacja, podpis albo zwrot.")
    return decision(request, document_id, remark)


def _accept(request: ActorRequest, document_id: int, remark: str) -> str:
    accept(document_id, actor=request.actor, remark=remark, now=now())
    return "Zaakceptowano pismo."


def _return(request: ActorRequest, document_id: int, remark: str) -> str:
    return_document(document_id, actor=request.actor, remark=remark, now=now())
    return "Zwrócono pismo do poprawy."


def _sign(request: ActorRequest, document_id: int, remark: str) -> str:
    signed = sign_document(document_id, actor=request.actor, remark=remark, now=now())
    return f"Podpisano pismo {signed.document.mark}."


DECISIONS: dict[str, Callable[[ActorRequest, int, str], str]] = {
    "accept": _accept,
    "return": _return,
    "sign": _sign,
}


def _next(request: ActorRequest) -> HttpResponse:
    """The next letter that waits, or the empty list."""
    waiting = to_accept(request.actor)
    if waiting:
        return redirect("records:acceptance", waiting[0].document_id)
    return redirect("records:acceptance_list")
