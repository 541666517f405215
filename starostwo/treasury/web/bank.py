"""Bank accounts on the screen."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from starostwo.ledger import api as ledger
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.bank_account import shown
from starostwo.treasury import access
from starostwo.treasury.queries.bank import virtual_accounts
from starostwo.treasury.services import bank_accounts
from starostwo.treasury.web.bank_forms import BankAccountForm, VirtualAccountForm


@staff(Right.TREASURER, Right.CHIEF_ACCOUNTANT)
@require_http_methods(["GET", "POST"])
def accounts(request: ActorRequest) -> HttpResponse:
    """The bank accounts of the books; a new one is named here."""
    books = [(book.pk, book.name) for book in ledger.visible_books(request.actor).order_by("name")]
    form = BankAccountForm(books, request.POST or None)
    if form.is_valid():
        given = dict(form.cleaned_data)
        try:
            bank_accounts.name_account(
                given.pop("book_id"), bank_accounts.NewAccount(**given), actor=request.actor, now=now()
            )
        except bank_accounts.NotAnAccount:
            form.add_error(
                "number", "Ten numer się nie zgadza. Sprawdź, czy ma 26 cyfr i żadna się nie przestawiła."
            )
        except bank_accounts.AccountIsThere:
            form.add_error("number", "Ten rachunek jest już zapisany.")
        else:
            messages.success(request, "Zapisano rachunek bankowy.")
            return redirect("treasury:bank_accounts")
    rows = [(row, shown(row.number)) for row in access.visible_accounts(request.actor).order_by("name")]
    context = {"form": form, "rows": rows}
    return render(request, "treasury/bank_accounts.html", context, status=422 if form.errors else 200)


@staff(Right.KEEP_BOOKS)
@require_http_methods(["GET", "POST"])
def virtual(request: ActorRequest, account_id: int) -> HttpResponse:
    """The virtual accounts of an account; a counterparty is given one here."""
    account = access.visible_accounts(request.actor).filter(pk=account_id).first()
    if account is None or not access.may_prepare(request.actor, account):
        raise Http404
    form = VirtualAccountForm(request.POST or None)
    if form.is_valid():
        given = dict(form.cleaned_data)
        number = given.pop("number")
        known = ledger.settlements.Known(**given)
        try:
            bank_accounts.give_virtual(account, number, known, actor=request.actor, now=now())
        except bank_accounts.NotAnAccount:
            form.add_error("number", "Ten numer się nie zgadza. Sprawdź, czy ma 26 cyfr.")
        except bank_accounts.AccountIsThere:
            form.add_error("number", "Ten numer albo ten kontrahent ma już rachunek wirtualny.")
        else:
            messages.success(request, "Zapisano rachunek wirtualny.")
            return redirect("treasury:virtual_accounts", account_id)
    rows = [(row, shown(row.number)) for row in virtual_accounts(account)]
    context = {"form": form, "account": account, "rows": rows}
    return render(request, "treasury/virtual_accounts.html", context, status=422 if form.errors else 200)
