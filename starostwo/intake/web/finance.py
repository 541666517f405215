"""Fees for staff: the list of the finance unit, one due with its money, accounts, a fee counted in a case."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.audit import api as audit
from starostwo.intake import access, payment_access
from starostwo.intake import payment_queries as queries
from starostwo.intake.due_history import history_of
from starostwo.intake.models import Due
from starostwo.intake.rules import reference
from starostwo.intake.services import accounts as account_services
from starostwo.intake.services import charging, gateway_tries, settling
from starostwo.intake.services import pulling as pulled
from starostwo.intake.web.finance_forms import (
    AccountForm,
    ChargeForm,
    DoubtForm,
    GivingBackForm,
    PaymentForm,
    WaiverForm,
)
from starostwo.office import api as office
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform import bank_account
from starostwo.platform.money import zloty
from starostwo.platform.paging import keyset_page
from starostwo.records import api as records
from starostwo.screens.api import ScreenForm, Tab

TABS = (
    ("", "Wszystkie"),
    (Due.State.DUE.value, "Do zapłaty"),
    (Due.State.PENDING.value, "W toku"),
    (queries.IN_DOUBT, "Do wyjaśnienia"),
    (Due.State.PAID.value, "Zapłacone"),
    (Due.State.TO_GIVE_BACK.value, "Do zwrotu"),
    (Due.State.WAIVED.value, "Zwolnione"),
)
WAITING = {Due.State.DUE.value, Due.State.PENDING.value, Due.State.TO_GIVE_BACK.value, queries.IN_DOUBT}


@staff(Right.SETTLE, Right.INSPECT)
@require_safe
def dues(request: ActorRequest) -> HttpResponse:
    """The dues in a state; what waits is shown the oldest first, the rest the newest first."""
    state, words = request.GET.get("stan", ""), request.GET.get("q", "").strip()[:100]
    rows = queries.listed(request.actor, state=state, words=words)
    order = queries.OLDEST if state in WAITING else queries.NEWEST
    page = keyset_page(rows, key=order, cursor=request.GET.get("cursor"))
    base = reverse("intake:dues")
    tabs = [Tab(label, f"{base}?stan={name}" if name else base, name == state) for name, label in TABS]
    context = {
        "page": page,
        "rows": [(row, reference.shown(row.reference)) for row in page.rows],
        "tabs": tabs,
        "state": state,
        "words": words,
        "may_settle": payment_access.may_settle(request.actor),
    }
    return render(request, "intake/dues.html", context)


@staff(Right.SETTLE)
@require_POST
def pulling(request: ActorRequest) -> HttpResponse:
    """Enter the transfers that stand on the statements and name a due."""
    new = pulled.pull_transfers(actor=request.actor, today=localdate(), now=now())
    messages.success(request, f"Wpłaty zapisane z wyciągów: {new}.")
    return redirect("intake:dues")


@staff(None)
@require_safe
def due(request: ActorRequest, due_id: UUID) -> HttpResponse:
    """One due: for what, what came, tries at the gateway, history; who settles does it here."""
    return _page(request, due_id)


@staff(Right.SETTLE)
@require_POST
def payment(request: ActorRequest, due_id: UUID) -> HttpResponse:
    """Enter a transfer that the statement shows, or a payment at the cash desk."""
    form = PaymentForm(request.POST)
    if not form.is_valid():
        return _page(request, due_id, form)
    given = form.cleaned_data
    transfer = settling.Transfer(given["amount"], given["received_on"], given["bank_reference"], given["way"])
    refusals: dict[type[Exception], tuple[str, str]] = {
        settling.NotAnAmount: ("amount", "Kwota musi być większa od zera."),
        settling.NotYetHappened: ("received_on", "Ten dzień jeszcze nie nadszedł."),
        settling.SameReferenceElse: ("bank_reference", "Wpłata o tym numerze jest już zapisana."),
    }
    return _act(
        request, due_id, form, refusals, f"Zapisano wpłatę {zloty(given['amount'])}.",
        lambda: settling.enter_by_hand(
            due_id, transfer, actor=request.actor, today=localdate(), now=now()
        ),
    )  # fmt: skip


@staff(Right.SETTLE)
@require_POST
def waiver(request: ActorRequest, due_id: UUID) -> HttpResponse:
    """The payer is exempt."""
    form = WaiverForm(request.POST)
    if not form.is_valid():
        return _page(request, due_id, form)
    reason = form.cleaned_data["reason"]
    refusals: dict[type[Exception], tuple[str, str]] = {
        settling.NothingToWaive: ("reason", "Ta należność już się nie należy."),
        settling.ReasonIsMissing: ("reason", "Napisz powód."),
    }
    return _act(
        request, due_id, form, refusals, "Zapisano zwolnienie z opłaty.",
        lambda: settling.waive(due_id, actor=request.actor, reason=reason, now=now()),
    )  # fmt: skip


@staff(Right.SETTLE)
@require_POST
def giving_back(request: ActorRequest, due_id: UUID) -> HttpResponse:
    """A surplus went back to the payer."""
    form = GivingBackForm(request.POST)
    if not form.is_valid():
        return _page(request, due_id, form)
    given = form.cleaned_data
    refusals: dict[type[Exception], tuple[str, str]] = {
        settling.NotAnAmount: ("amount", "Zwrot nie może być większy niż nadpłata."),
        settling.NotYetHappened: ("given_on", "Ten dzień jeszcze nie nadszedł."),
        settling.SameReferenceElse: ("reference", "Zwrot o tym numerze jest już zapisany."),
        settling.ReasonIsMissing: ("reason", "Napisz powód."),
    }
    return _act(
        request, due_id, form, refusals, f"Zapisano zwrot {zloty(given['amount'])}.",
        lambda: settling.give_back(due_id, actor=request.actor, today=localdate(), now=now(), **given),
    )  # fmt: skip


@staff(Right.SETTLE)
@require_POST
def doubt_end(request: ActorRequest, due_id: UUID) -> HttpResponse:
    """Somebody looked into a report that did not fit."""
    form = DoubtForm(request.POST)
    if not form.is_valid():
        return _page(request, due_id, form)
    reason = form.cleaned_data["reason"]
    refusals: dict[type[Exception], tuple[str, str]] = {
        settling.ReasonIsMissing: ("reason", "Napisz, co wyjaśniono.")
    }
    return _act(
        request, due_id, form, refusals, "Zapisano wyjaśnienie. Można płacić ponownie.",
        lambda: gateway_tries.end_doubt(due_id, actor=request.actor, reason=reason, now=now()),
    )  # fmt: skip


@staff(Right.SETTLE)
@require_http_methods(["GET", "POST"])
def accounts(request: ActorRequest) -> HttpResponse:
    """The accounts to which fees go, over time; a new one is named from a day on."""
    form = AccountForm(request.POST or None, initial={"valid_from": localdate()})
    if form.is_valid():
        try:
            account_services.name_account(
                actor=request.actor, today=localdate(), now=now(), **form.cleaned_data
            )
        except account_services.NotAnAccount:
            form.add_error(
                "number", "Ten numer się nie zgadza. Sprawdź, czy ma 26 cyfr i żadna się nie przestawiła."
            )
        except account_services.DayIsOver:
            form.add_error(
                "valid_from", "Najwcześniej od dziś i później niż rachunek, który już jest zapisany."
            )
        else:
            messages.success(request, "Zapisano rachunek.")
            return redirect("intake:accounts")
    rows = [(row, bank_account.shown(row.number)) for row in queries.all_accounts()]
    context = {"form": form, "rows": rows}
    return render(request, "intake/accounts.html", context, status=422 if form.errors else 200)


@staff(Right.HANDLE)
@require_http_methods(["GET", "POST"])
def charge(request: ActorRequest, mark: str) -> HttpResponse:
    """The holder of a case counts a fee in it."""
    case = records.visible_cases(request.actor).filter(mark=mark).first()
    if case is None or not payment_access.may_charge(request.actor, case):
        raise Http404
    letters = {str(letter.pk): letter for letter in queries.letters_of_case(case.pk, actor=request.actor)}
    payers = [(key, f"{letter.sender_name} ({letter.shown_number})") for key, letter in letters.items()]
    form = ChargeForm(payers, request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        letter = letters.get(given["payer"])
        made = charging.charge_in_case(
            mark, actor=request.actor, kind=given["kind"],
            line=charging.Line(given["label"], given["amount"], given["source"]),
            payer=_payer(letter, given["payer_name"]), today=localdate(), now=now(),
        )  # fmt: skip
        messages.success(request, f"Naliczono {zloty(made.amount)}: {given['label']}.")
        return redirect("intake:due_of_staff", made.pk)
    context = {"form": form, "case": case}
    return render(request, "intake/charge.html", context, status=422 if form.errors else 200)


def _act(
    request: ActorRequest,
    due_id: UUID,
    form: ScreenForm,
    refusals: dict[type[Exception], tuple[str, str]],
    said: str,
    act: Callable[[], object],
) -> HttpResponse:
    """Carry out; a refusal stands beside its field with everything that was typed."""
    try:
        act()
    except settling.NoSuchDue as error:
        raise Http404 from error
    except tuple(refusals) as refusal:
        form.add_error(*refusals[type(refusal)])
        return _page(request, due_id, form)
    messages.success(request, said)
    return redirect("intake:due_of_staff", due_id)


def _payer(letter: Any, typed: str) -> charging.Payer:
    """Whoever sent the letter, by his account where he has one; else the name as typed."""
    if letter is None:
        return charging.Payer(None, typed.strip())
    known = office.names([letter.resident_id] if letter.resident_id else [])
    return charging.Payer(letter.resident_id, known.get(letter.resident_id, letter.sender_name))


def _case_of(due: Due) -> Any:
    """The case in which the due was charged, or into which its application was put."""
    letter = due.submission.letter if due.submission else None
    return due.case or (letter.case if letter else None)


def _page(request: ActorRequest, due_id: UUID, faulty: ScreenForm | None = None) -> HttpResponse:
    view = queries.due_of_staff(due_id, actor=request.actor, on=localdate())
    if view is None:
        raise Http404
    audit.record_read(actor=request.actor.audit_name, actor_name=request.actor.name, thing=str(view.due))
    today = localdate()
    fresh: dict[str, ScreenForm] = {
        "payment": PaymentForm(initial={"amount": view.missing or None, "received_on": today}),
        "waiver": WaiverForm(),
        "giving_back": GivingBackForm(initial={"amount": view.surplus, "given_on": today}),
        "doubt": DoubtForm(),
    }
    forms = {name: faulty if type(faulty) is type(form) else form for name, form in fresh.items()}
    case, submission = _case_of(view.due), view.due.submission_id
    context: dict[str, Any] = {
        "view": view,
        "due": view.due,
        "case": case,
        "sees_case": case is not None and records.visible_cases(request.actor).filter(pk=case.pk).exists(),
        "sees_submission": submission is not None
        and access.visible_submissions(request.actor).filter(pk=submission).exists(),
        "reference": reference.shown(view.due.reference),
        "account_number": bank_account.shown(view.account.number) if view.account else "",
        "may_settle": payment_access.may_settle(request.actor),
        "history": history_of(view.due),
        "faulty": faulty,
        **forms,
    }
    return render(request, "intake/due_of_staff.html", context, status=422 if faulty else 200)
