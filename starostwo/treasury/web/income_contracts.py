"""Contracts that bring claims on the screen: register, one with its rates, the batch of a period."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.ledger import api as ledger
from starostwo.ledger.api import settlements
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import BadCursor, keyset_page
from starostwo.records import api as records
from starostwo.treasury.models import ClaimKind
from starostwo.treasury.queries import income_contracts as queries
from starostwo.treasury.services import claims
from starostwo.treasury.services import income_contracts as services
from starostwo.treasury.web.claims import NO_BOOKS, book_choices, book_of
from starostwo.treasury.web.contract_forms import CONTRACT_KINDS, BatchForm, ContractForm, EndForm, RateForm
from starostwo.treasury.web.payments import SEES


@staff(*SEES)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """The contracts of a book by their numbers."""
    books, chosen = book_of(request)
    kind, words = request.GET.get("rodzaj", ""), request.GET.get("q", "").strip()[:100]
    page = None
    if chosen is not None:
        try:
            page = keyset_page(
                queries.listed(chosen, kind=kind, words=words), key=("number", "id"),
                cursor=request.GET.get("cursor"),
            )  # fmt: skip
        except BadCursor as error:
            raise Http404 from error
    rows = [(one, list(one.rates.all())[-1:]) for one in page.rows] if page else []
    context = {
        "books": books, "chosen": chosen, "page": page, "rows": rows, "kinds": CONTRACT_KINDS, "kind": kind,
        "words": words,
    }  # fmt: skip
    return render(request, "treasury/income_contracts.html", context)


@staff(Right.KEEP_BOOKS)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Enter a contract into the register."""
    form = ContractForm(book_choices(request), request.POST or None, initial={"due_day": 31, "due_month": 3})
    if form.is_valid():
        try:
            made = services.register(
                form.cleaned_data["book_id"], _said(form.cleaned_data), actor=request.actor, now=now()
            )
        except claims.NoSuchClaim as error:
            raise Http404 from error
        except claims.Wrong as refused:
            form.add_error(refused.field, refused.words)
        else:
            messages.success(request, f"Zapisano umowę {made.number}.")
            return redirect("treasury:income_contract", made.pk)
    context = {"form": form}
    return render(request, "treasury/new_income_contract.html", context, status=422 if form.errors else 200)


def _said(given: dict[str, Any]) -> services.NewContract:
    debtor = settlements.Known(
        given["name"], nip=given["nip"], pesel=given["pesel"], street=given["street"],
        postcode=given["postcode"], town=given["town"],
    )  # fmt: skip
    same = (
        "kind", "basis", "number", "signed_on", "subject", "rhythm", "due_day", "due_month", "starts_on",
        "ends_on", "position", "amount", "interest", "of_state", "case_mark",
    )  # fmt: skip
    return services.NewContract(debtor=debtor, **{name: given[name] for name in same})


@staff(*SEES)
@require_safe
def contract(request: ActorRequest, contract_id: int) -> HttpResponse:
    """One contract: its rates, what was assessed by it."""
    return _page(request, contract_id)


@staff(Right.KEEP_BOOKS)
@require_POST
def rate(request: ActorRequest, contract_id: int) -> HttpResponse:
    """A new rate holds from a day on."""
    form = RateForm(request.POST)
    if form.is_valid():
        try:
            services.raise_rate(contract_id, actor=request.actor, now=now(), **form.cleaned_data)
        except services.NoSuchContract as error:
            raise Http404 from error
        except claims.Wrong as refused:
            form.add_error(refused.field, refused.words)
        else:
            messages.success(request, "Zapisano stawkę.")
            return redirect("treasury:income_contract", contract_id)
    return _page(request, contract_id, rate=form)


@staff(Right.KEEP_BOOKS)
@require_POST
def ending(request: ActorRequest, contract_id: int) -> HttpResponse:
    """The contract ends."""
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            services.end(contract_id, on=form.cleaned_data["ends_on"], actor=request.actor, now=now())
        except services.NoSuchContract as error:
            raise Http404 from error
        except claims.Wrong as refused:
            form.add_error(refused.field, refused.words)
        else:
            messages.success(request, "Zapisano koniec umowy.")
            return redirect("treasury:income_contract", contract_id)
    return _page(request, contract_id, ending=form)


def _page(request: ActorRequest, contract_id: int, **faulty: Any) -> HttpResponse:
    found = queries.one_of(ledger.visible_books(request.actor), contract_id)
    if found is None:
        raise Http404
    context = {
        "contract": found, "claims": queries.claims_of(found)[:60], "rates": list(found.rates.all()),
        "may_work": ledger.may_post(request.actor, found.book),
        "sees_case": found.case_id is not None
        and records.visible_cases(request.actor).filter(pk=found.case_id).exists(),
        "rate": RateForm(), "ending": EndForm(), "faulty": next(iter(faulty.values()), None),
    } | faulty  # fmt: skip
    return render(request, "treasury/income_contract.html", context, status=422 if faulty else 200)


@staff(*SEES)
@require_http_methods(["GET", "POST"])
def batch(request: ActorRequest) -> HttpResponse:
    """What a period would bring, contract by contract; all that is missing is assessed by one button."""
    books, chosen = book_of(request)
    form = BatchForm(request.GET or None, initial={"rodzaj": ClaimKind.USUFRUCT, "rok": localdate().year})
    asked: dict[str, Any] = (
        form.cleaned_data if form.is_valid() else {"rodzaj": "USUFRUCT", "rok": localdate().year}
    )
    kind, year, month = asked["rodzaj"], asked["rok"], asked.get("miesiac") or None
    fault = ""
    if request.method == "POST" and chosen is not None:
        picked = [int(one) for one in request.POST.getlist("umowa") if one.isdecimal()]
        fault = _assess(request, chosen.pk, services.Batch(kind, year, month, tuple(picked)))
        if not fault:
            return redirect(f"{reverse('treasury:assessments')}?{request.GET.urlencode()}")
    rows = queries.prepared(chosen, kind, year, month) if chosen is not None else []
    waiting = [row for row in rows if not row.is_done and row.amount]
    context = {
        "form": form, "books": books, "chosen": chosen, "rows": rows, "waiting": waiting, "fault": fault,
        "total": sum(row.amount or 0 for row in waiting), "query": request.GET.urlencode(),
        "may_work": chosen is not None and ledger.may_post(request.actor, chosen),
        "is_usufruct": kind == ClaimKind.USUFRUCT,
    }  # fmt: skip
    return render(request, "treasury/assessments.html", context, status=422 if fault else 200)


def _assess(request: ActorRequest, book_id: int, wanted: services.Batch) -> str:
    """Assess; what is to be said when it was refused."""
    if not wanted.chosen:
        return "Zaznacz umowy, z których chcesz naliczyć należności."
    try:
        made = services.assess_period(book_id, wanted, actor=request.actor, today=localdate(), now=now())
    except claims.NoSuchClaim as error:
        raise Http404 from error
    except services.NothingToAssess:
        return "Należności z tych umów za ten okres są już naliczone."
    except (LookupError, ledger.CannotPost):
        return NO_BOOKS
    except claims.Wrong as refused:
        return refused.words
    messages.success(request, f"Naliczono należności: {made}.")
    return ""
