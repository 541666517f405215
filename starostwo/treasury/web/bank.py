"""Bank accounts on the screen."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from starostwo.ledger import api as ledger
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.bank_account import shown
from starostwo.treasury import access
from starostwo.treasury.services import bank_accounts
from starostwo.treasury.web.bank_forms import BankAccountForm


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
