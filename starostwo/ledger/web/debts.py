"""The register of debt on the screen: the list, one instrument with its schedule, a new one, its moves."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.ledger import access
from starostwo.ledger.models import DebtInstrument
from starostwo.ledger.queries import debts as queries
from starostwo.ledger.rules.debts import Instalment, Kind, written
from starostwo.ledger.services import debts as services
from starostwo.ledger.settlements import Known
from starostwo.ledger.web.debt_forms import DebtForm, DrawingForm, RepaymentForm, ScheduleForm
from starostwo.ledger.web.plan_frame import READERS, page_of
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.screens.api import ScreenForm, Tab


def tabs(current: str) -> list[Tab]:
    """The ways between the register and the relation."""
    return [
        Tab("Rejestr", reverse("ledger:debts"), current == "debts"),
        Tab("Relacja z art. 243", reverse("ledger:debt_limit"), current == "limit"),
    ]


@staff(*READERS)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """The instruments, the newest first, with what is left of each and the next term."""
    words = request.GET.get("q", "").strip()[:100]
    page = page_of(request, queries.visible(request.actor, words=words), key=queries.NEWEST)
    today = localdate()
    following = queries.next_days(page.rows, today)
    context = {
        "page": page, "rows": [(row, queries.left_of(row), following.get(row.pk)) for row in page.rows],
        "words": words, "today": today, "tabs": tabs("debts"),
        "may_write": access.may_change_plan(request.actor),
    }  # fmt: skip
    return render(request, "ledger/debts.html", context)


@staff(Right.TREASURER)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Enter an instrument; what was typed stays when something does not hold."""
    books = [(book.pk, book.name) for book in queries.books(request.actor)]
    form = DebtForm(books, request.POST or None)
    if form.is_valid():
        given = dict(form.cleaned_data)
        book_id, lender = given.pop("book_id"), Known(given.pop("name"), nip=given.pop("nip"))
        try:
            made = services.register(
                book_id, services.NewDebt(lender=lender, **given), actor=request.actor, now=now()
            )
        except services.WrongDebt as wrong:
            form.add_error(wrong.field, wrong.words)
        else:
            messages.success(request, f"Wpisano {made.number} do rejestru długu.")
            return redirect("ledger:debt", made.pk)
    return render(request, "ledger/new_debt.html", {"form": form}, status=422 if form.errors else 200)


@staff(*READERS)
@require_safe
def debt(request: ActorRequest, debt_id: int) -> HttpResponse:
    """One instrument: what is left, its schedule, its moves with their vouchers."""
    return _page(request, debt_id)


@staff(Right.TREASURER)
@require_POST
def drawing(request: ActorRequest, debt_id: int) -> HttpResponse:
    """Propose the voucher of a drawing."""
    form = DrawingForm(request.POST, auto_id="wplyw_%s")
    return _act(
        request, debt_id, form, "Przygotowano dowód roboczy wpływu dla księgowych budżetu.",
        lambda given: services.draw(
            debt_id, given["amount"], on=given["on"], actor=request.actor, now=now()
        ),
    )  # fmt: skip


@staff(Right.TREASURER)
@require_POST
def rescheduling(request: ActorRequest, debt_id: int) -> HttpResponse:
    """Write the rest of the schedule anew."""
    return _act(
        request, debt_id, ScheduleForm(request.POST), "Zapisano nowy harmonogram.",
        lambda given: services.reschedule(debt_id, given["schedule"], actor=request.actor, now=now()),
    )  # fmt: skip


@staff(Right.TREASURER)
@require_POST
def repayment(request: ActorRequest, debt_id: int, instalment_id: int) -> HttpResponse:
    """Propose the vouchers of an instalment: principal in the budget, interest in the unit."""
    form = RepaymentForm(_units(), request.POST, auto_id="rata_%s")
    return _act(
        request, debt_id, form, "Przygotowano dowody raty dla księgowych.",
        lambda given: services.repay(
            instalment_id, on=given["on"], unit_code=given["unit"], actor=request.actor, now=now()
        ),
    )  # fmt: skip


def _units() -> list[tuple[str, str]]:
    return [(book.code, book.name) for book in queries.units_with_books(localdate().year)]


def _act(
    request: ActorRequest, debt_id: int, form: ScreenForm, said: str,
    act: Callable[[dict[str, Any]], object],
) -> HttpResponse:  # fmt: skip
    """Carry out; a refusal stands beside its field with everything that was typed."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except services.NoSuchDebt as error:
            raise Http404 from error
        except services.WrongDebt as wrong:
            form.add_error(wrong.field if wrong.field in form.fields else None, wrong.words)
        else:
            messages.success(request, said)
            return redirect("ledger:debt", debt_id)
    return _page(request, debt_id, form)


def _page(request: ActorRequest, debt_id: int, faulty: ScreenForm | None = None) -> HttpResponse:
    found: DebtInstrument | None = queries.visible(request.actor).filter(pk=debt_id).first()
    if found is None:
        raise Http404
    today = localdate()
    moves = queries.standings(found)
    rows = queries.schedule(found, moves)
    untouched = [
        Instalment(one.row.due_on, one.row.principal, one.row.interest)
        for one in rows
        if one.principal_left == one.row.principal and one.interest_left == one.row.interest
    ]
    fresh: dict[str, ScreenForm] = {
        "drawing": DrawingForm(auto_id="wplyw_%s", initial={"on": today}),
        "scheduling": ScheduleForm(initial={"schedule": written(untouched)}),
        "repaying": RepaymentForm(_units(), auto_id="rata_%s", initial={"on": today}),
    }
    shown = {name: faulty if faulty and type(faulty) is type(form) else form for name, form in fresh.items()}
    context = {
        "debt": found, "left": queries.left_of(found), "moves": moves, "rows": rows, "today": today,
        "next": next((one for one in rows if one.principal_left or one.interest_left), None),
        "is_guarantee": found.kind == Kind.GUARANTEE, "faulty": faulty,
        "may_write": access.may_change_plan(request.actor), "is_untouched": bool(untouched),
        "may_open": access.visible_books(request.actor).filter(pk=found.book_id).exists()
        and request.actor.may(Right.KEEP_BOOKS),
        **shown,
    }  # fmt: skip
    return render(request, "ledger/debt.html", context, status=422 if faulty else 200)
