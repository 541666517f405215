"""Transfers on the screen: what is owed, what is proposed, approvals by two people, files for the bank."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import ScreenForm, Tab
from starostwo.treasury import access
from starostwo.treasury.models import BankAccount, PaymentOrder
from starostwo.treasury.queries import payments as queries
from starostwo.treasury.rules.bank_orders import NotATransfer
from starostwo.treasury.rules.bank_split import read_split_title
from starostwo.treasury.rules.payment_states import MAY_WITHDRAW, State
from starostwo.treasury.rules.payment_white_list import must_be_checked
from starostwo.treasury.services import payment_files, payments, white_list
from starostwo.treasury.web.bank_forms import ApprovalForm, OrderForm, ProposalForm, ReasonForm

SEES = (Right.KEEP_BOOKS, Right.READ_BOOKS, Right.CHIEF_ACCOUNTANT, Right.TREASURER, Right.INSPECT)
ACTS = (Right.KEEP_BOOKS, Right.CHIEF_ACCOUNTANT, Right.TREASURER)
LONGEST_NUMBER = 19
NO_LIST = (
    "Rachunku odbiorcy „{}” nie potwierdził dziś wykaz podatników VAT, a kwota przekracza 15 000 zł. "
    "Sprawdź rachunek z kontrahentem; jeżeli mimo to płacisz, otwórz przelew i wpisz powód."
)


@staff(*SEES)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """The transfers in a state, the newest first."""
    state = request.GET.get("stan", State.PROPOSED.value)
    if state and state not in set(State):
        raise Http404
    page = keyset_page(queries.listed(request.actor, state), key=("-id",), cursor=request.GET.get("cursor"))
    base = reverse("treasury:payments")
    tabs = [Tab(words, f"{base}?stan={one}", one == state) for one, (words, _) in queries.LABELS.items()]
    tabs.append(Tab("wszystkie", f"{base}?stan=", not state))
    may_approve = state in (State.PROPOSED, State.APPROVED) and any(
        access.approval_role(order, request.actor) for order in page.rows
    )
    may_export = state == State.READY and bool(request.actor.rights.intersection(ACTS))
    context = {
        "page": page,
        "rows": [(order, *queries.LABELS[State(order.state)]) for order in page.rows],
        "tabs": tabs,
        "state": state,
        "accounts": list(access.visible_accounts(request.actor).order_by("name")),
        "may_approve": may_approve,
        "may_export": may_export,
        "acts": may_approve or may_export,
    }
    return render(request, "treasury/payments.html", context)


@staff(Right.KEEP_BOOKS)
@require_http_methods(["GET", "POST"])
def owed(request: ActorRequest, account_id: int) -> HttpResponse:
    """What the book of an account owes; the chosen debts become transfers."""
    account = _account(request, account_id)
    if not access.may_prepare(request.actor, account):
        raise Http404
    form = ProposalForm(request.POST or None, initial={"pay_on": localdate()})
    chosen = set(_numbers(request, "debt"))
    if form.is_valid():
        try:
            made = payments.propose(
                account, sorted(chosen), pay_on=form.cleaned_data["pay_on"], actor=request.actor, now=now()
            )
        except payments.NothingOwed:
            form.add_error(None, "Zaznacz zobowiązania, na które nie ma jeszcze przelewu.")
        else:
            messages.success(request, f"Przygotowane przelewy: {len(made)}. Sprawdź je przed zatwierdzeniem.")
            return redirect("treasury:payments")
    rows = [
        (debt, covered, debt.left - covered, debt.pk in chosen) for debt, covered in queries.owed(account)
    ]
    context = {"form": form, "account": account, "rows": rows, "today": localdate()}
    return render(request, "treasury/owed.html", context, status=422 if form.errors else 200)


@staff(*ACTS)
@require_POST
def many(request: ActorRequest) -> HttpResponse:
    """Approve the chosen transfers, or put them into a file, as the button says."""
    chosen = _numbers(request, "order")
    orders = list(access.visible_orders(request.actor).filter(pk__in=chosen).select_related("counterparty"))
    if not orders:
        messages.error(request, "Zaznacz przelewy na liście.")
        return _back(request)
    white_list.check_orders(_to_check(orders), actor=request.actor, today=localdate(), now=now())
    return _export(request, orders) if "export" in request.POST else _approve_many(request, orders)


def _approve_many(request: ActorRequest, orders: list[PaymentOrder]) -> HttpResponse:
    pks = [order.pk for order in orders]
    try:
        payments.approve(pks, actor=request.actor, today=localdate(), now=now())
    except (payments.NoSuchOrder, payments.NotYours):
        messages.error(request, "Zatwierdza ktoś inny: każdy przelew zatwierdzają dwie osoby, każda raz.")
    except payments.Incomplete as refused:
        messages.error(
            request, f"Przelew do „{refused}” nie ma rachunku, tytułu albo klasyfikacji. Uzupełnij go."
        )
    except payments.NotOnWhiteList as refused:
        messages.error(request, NO_LIST.format(refused))
    else:
        messages.success(request, f"Zatwierdzone przelewy: {len(pks)}.")
    return _back(request)


def _export(request: ActorRequest, orders: list[PaymentOrder]) -> HttpResponse:
    account = _account(request, orders[0].bank_account_id)
    try:
        file = payment_files.export(
            account, [order.pk for order in orders], actor=request.actor, today=localdate(), now=now()
        )
    except payment_files.NothingReady:
        messages.error(
            request, "Do jednej paczki idą przelewy z jednego rachunku, dwa razy zatwierdzone i niewysłane."
        )
    except payments.NotOnWhiteList as refused:
        messages.error(request, NO_LIST.format(refused))
    except NotATransfer as refused:
        messages.error(
            request, f"Bank nie przyjmie przelewu {refused.which}: popraw jego dane i przygotuj od nowa."
        )
    except payments.NoSuchOrder as error:
        raise Http404 from error
    else:
        messages.success(request, f"Utworzono paczkę {file.name}. Pobierz ją i wczytaj w banku.")
        return redirect("treasury:payment_files")
    return redirect(f"{reverse('treasury:payments')}?stan={State.READY}")


def _to_check(orders: list[PaymentOrder]) -> list[PaymentOrder]:
    return [one for one in orders if must_be_checked(one.amount, one.counterparty.nip)]


@staff(*SEES)
@require_http_methods(["GET", "POST"])
def order(request: ActorRequest, order_id: int) -> HttpResponse:
    """One transfer; until its first approval it can be changed here."""
    if request.method == "GET":
        return _page(request, order_id)
    form = OrderForm(request.POST)
    if not form.is_valid():
        return _page(request, order_id, form)
    given = form.cleaned_data | {"vat": form.cleaned_data["vat"] or 0}
    try:
        payments.change(order_id, payments.Content(**given), actor=request.actor, now=now())
    except payments.NoSuchOrder as error:
        raise Http404 from error
    except payments.Wrong as refused:
        form.add_error(refused.field, refused.words)
        return _page(request, order_id, form)
    messages.success(request, "Zapisano przelew.")
    return redirect("treasury:payment", order_id)


@staff(*ACTS)
@require_POST
def approval(request: ActorRequest, order_id: int) -> HttpResponse:
    """Approve one transfer, with a reason where the white list did not confirm the account."""
    view = _view(request, order_id)
    form = ApprovalForm(request.POST)
    if not form.is_valid():
        return _page(request, order_id, form)
    white_list.check_orders(_to_check([view.order]), actor=request.actor, today=localdate(), now=now())
    try:
        payments.approve(
            [order_id],
            actor=request.actor,
            today=localdate(),
            now=now(),
            despite=form.cleaned_data["despite"],
        )
    except (payments.NoSuchOrder, payments.NotYours) as error:
        raise Http404 from error
    except payments.Incomplete:
        form.add_error(None, "Uzupełnij rachunek odbiorcy, tytuł i klasyfikację wydatku, potem zatwierdź.")
    except payments.NotOnWhiteList:
        form.add_error("despite", "Wykaz nie potwierdził dziś tego rachunku. Sprawdź go albo wpisz powód.")
    else:
        messages.success(request, "Zatwierdzono przelew.")
        return redirect("treasury:payment", order_id)
    return _page(request, order_id, form)


@staff(*ACTS)
@require_POST
def white_list_check(request: ActorRequest, order_id: int) -> HttpResponse:
    """Ask the white list about the payee's account now."""
    view = _view(request, order_id)
    white_list.check_orders([view.order], actor=request.actor, today=localdate(), now=now())
    return redirect("treasury:payment", order_id)


@staff(*ACTS)
@require_POST
def withdrawal(request: ActorRequest, order_id: int) -> HttpResponse:
    """Take a transfer back, or note that the bank refused it."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, order_id, form)
    try:
        payments.withdraw(order_id, reason=form.cleaned_data["reason"], actor=request.actor, now=now())
    except payments.NoSuchOrder as error:
        raise Http404 from error
    messages.success(request, "Wycofano przelew.")
    return redirect("treasury:payment", order_id)


@staff(*SEES)
@require_safe
def files(request: ActorRequest) -> HttpResponse:
    """The files that were made, the newest first."""
    page = keyset_page(queries.files(request.actor), key=("-id",), cursor=request.GET.get("cursor"))
    may_fetch = not request.actor.rights.isdisjoint(ACTS)
    return render(request, "treasury/payment_files.html", {"page": page, "may_fetch": may_fetch})


@staff(*ACTS)
@require_safe
def file(request: ActorRequest, file_id: int) -> HttpResponse:
    """The bytes of a file, always the same."""
    found = queries.files(request.actor).filter(pk=file_id).first()
    if found is None:
        raise Http404
    answer = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return answer


def _numbers(request: ActorRequest, name: str) -> list[int]:
    """The numbers of rows that were ticked."""
    return [int(one) for one in request.POST.getlist(name) if one.isdecimal() and len(one) < LONGEST_NUMBER]


def _back(request: ActorRequest) -> HttpResponse:
    """To the list as it was."""
    query = urlencode({"stan": request.POST.get("state", "")[:20]})
    return redirect(f"{reverse('treasury:payments')}?{query}")


def _account(request: ActorRequest, account_id: int) -> BankAccount:
    found = access.visible_accounts(request.actor).filter(pk=account_id).first()
    if found is None:
        raise Http404
    return found


def _view(request: ActorRequest, order_id: int) -> queries.OrderView:
    view = queries.order_of(order_id, actor=request.actor)
    if view is None:
        raise Http404
    return view


def _page(request: ActorRequest, order_id: int, faulty: ScreenForm | None = None) -> HttpResponse:
    view = _view(request, order_id)
    one = view.order
    may_prepare = access.may_prepare(request.actor, one.bank_account)
    role = access.approval_role(one, request.actor)
    context: dict[str, Any] = {
        "view": view,
        "order": one,
        "label": queries.LABELS[State(one.state)],
        "faulty": faulty,
        "may_change": one.state == State.PROPOSED and may_prepare,
        "may_approve": role is not None,
        "may_withdraw": one.state in (*MAY_WITHDRAW, State.EXPORTED)
        and (may_prepare or bool(access.roles(request.actor, one.bank_account))),
        "may_ask": bool(one.counterparty.nip and one.payee_account)
        and not request.actor.rights.isdisjoint(ACTS),
        "form": faulty if isinstance(faulty, OrderForm) else OrderForm(initial=_typed(one)),
        "approval": faulty if isinstance(faulty, ApprovalForm) else ApprovalForm(),
        "withdrawal": faulty if isinstance(faulty, ReasonForm) else ReasonForm(),
    }
    return render(request, "treasury/payment.html", context, status=422 if faulty else 200)


def _typed(one: PaymentOrder) -> dict[str, Any]:
    split = read_split_title(one.title) if one.is_split else None
    number = one.settlement.document_number if one.settlement else ""
    return {
        "payee_name": one.payee_name, "payee_account": one.payee_account, "amount": one.amount,
        "pay_on": one.pay_on, "position": str(one.classification or ""), "is_split": one.is_split,
        "title": split.text or one.payee_name if split else one.title, "vat": one.vat or None,
        "invoice": split.invoice if split else number,
    }  # fmt: skip
