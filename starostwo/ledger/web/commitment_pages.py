"""Screens of the commitments of a year: what contracts bring into it, and leave to commit above the plan."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from starostwo.ledger import access
from starostwo.ledger.models import Book, FiscalYear
from starostwo.ledger.queries import contracts as queries
from starostwo.ledger.rules.periods import NoOpenMonth
from starostwo.ledger.services import contracts as service
from starostwo.ledger.services import posting
from starostwo.ledger.services.dictionaries import UnknownSymbol
from starostwo.ledger.services.overcommitments import allow_above_plan
from starostwo.ledger.web.contract_forms import LeaveForm
from starostwo.ledger.web.plan_frame import READERS, page_of, tabs_of, year_of
from starostwo.office.api import ActorRequest, staff

REFUSALS: dict[type[Exception], str] = {
    posting.CommitmentAbovePlan: "Plan pozycji {what} nie mieści umów, które przechodzą z lat ubiegłych.",
    posting.MonthIsClosed: "Miesiąc, do którego to należy, jest zamknięty.",
    NoOpenMonth: "Żaden miesiąc roku nie jest otwarty.",
}


@staff(*READERS)
@require_http_methods(["GET", "POST"])
def commitments(request: ActorRequest, code: str, year: int) -> HttpResponse:
    """What would move from 999 to 998 and what was paid under contracts; one button for each."""
    found = _of_unit(request, code, year)
    may_enter = access.may_prepare_plan(request.actor, found.book)
    refusal = ""
    if request.method == "POST":
        if not may_enter:
            raise Http404
        refusal = _enter(request, found)
        if not refusal:
            return redirect("ledger:commitments", code, year)
    context = {
        "year": found,
        "tabs": tabs_of(found, "commitments"),
        "refusal": refusal,
        "may_enter": may_enter,
        "to_move": queries.to_move(found),
        "to_note": queries.to_note_as_paid(found),
    }
    return render(request, "ledger/commitments.html", context, status=422 if refusal else 200)


def _enter(request: ActorRequest, year: FiscalYear) -> str:
    """Post what was asked for; the words of a refusal, empty when all went well."""
    act = service.move_to_year if request.POST.get("co") == "przeniesienie" else service.note_paid
    try:
        posted = act(year, actor=request.actor, today=localdate(), now=now())
    except tuple(REFUSALS) as refused:
        return REFUSALS[type(refused)].format(what=getattr(refused, "what", ""))
    numbers = ", ".join(f"PL/{one.number}/{year.year}" for one in posted)
    messages.success(request, f"Zaksięgowano {numbers}." if numbers else "Nie było czego księgować.")
    return ""


@staff(*READERS)
@require_http_methods(["GET", "POST"])
def leaves(request: ActorRequest, code: str, year: int) -> HttpResponse:
    """Leave to commit above the plan, the newest first; the treasurer signs another one."""
    found = _of_unit(request, code, year)
    may_allow = access.may_change_plan(request.actor)
    form = LeaveForm(request.POST or None)
    if request.method == "POST":
        if not may_allow:
            raise Http404
        if form.is_valid() and _allow(request, found, form):
            return redirect("ledger:leaves", code, year)
    context = {
        "year": found,
        "tabs": tabs_of(found, "leaves"),
        "form": form if may_allow else None,
        "page": page_of(request, queries.leaves(found), key=("-pk",)),
    }
    return render(request, "ledger/leaves.html", context, status=422 if form.errors else 200)


def _allow(request: ActorRequest, year: FiscalYear, form: LeaveForm) -> bool:
    given = form.cleaned_data
    try:
        allow_above_plan(
            year, given["position"], amount=given["amount"], reason=given["reason"], actor=request.actor,
            now=now(),
        )  # fmt: skip
    except UnknownSymbol:
        form.add_error("position", "Nie ma takich symboli w słownikach tego roku.")
        return False
    messages.success(request, "Zapisano podpisaną zgodę.")
    return True


def _of_unit(request: ActorRequest, code: str, year: int) -> FiscalYear:
    found = year_of(request, code, year)
    if found.book.kind != Book.Kind.UNIT:
        raise Http404
    return found
