"""Bank statements on the screen: taking in, what each operation means, posting."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.ledger import api as ledger
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.bank_account import shown
from starostwo.platform.money import zloty
from starostwo.platform.paging import keyset_page
from starostwo.treasury import access
from starostwo.treasury.models import BankStatement
from starostwo.treasury.queries import statements as queries
from starostwo.treasury.rules.bank_operations import LARGEST_FILE, NotAStatement
from starostwo.treasury.services import statement_posting, statements
from starostwo.treasury.web.payments import SEES
from starostwo.treasury.web.statement_forms import DecisionForm, UploadForm

PILLS = {
    "UNKNOWN": ("do wyjaśnienia", "warn"),
    "SETTLEMENT": ("rozrachunek", "good"),
    "ORDER": ("nasz przelew", "good"),
    "ACCOUNT": ("konto", "good"),
}


@staff(*SEES)
@require_http_methods(["GET", "POST"])
def listed(request: ActorRequest) -> HttpResponse:
    """The statements, the newest first; a file is taken in here."""
    mine = [one for one in access.visible_accounts(request.actor).order_by("name")]
    theirs = [one for one in mine if access.may_prepare(request.actor, one)]
    form = UploadForm([(one.pk, one.name) for one in theirs], request.POST or None, request.FILES or None)
    if request.method == "POST" and not theirs:
        raise Http404
    if form.is_valid() and (taken := _take(request, form, {one.pk: one for one in theirs})):
        messages.success(request, f"Wczytane wyciągi: {len(taken)}.")
        return redirect("treasury:statement", taken[0].pk)
    page = keyset_page(queries.listed(request.actor), key=("-id",), cursor=request.GET.get("cursor"))
    unknown = queries.unknown_on([row.pk for row in page.rows])
    context = {
        "page": page,
        "rows": [(row, unknown.get(row.pk, 0)) for row in page.rows],
        "form": form if theirs else None,
    }
    return render(request, "treasury/statements.html", context, status=422 if form.errors else 200)


def _take(request: ActorRequest, form: UploadForm, accounts: dict[int, object]) -> list[BankStatement]:
    account, file = accounts[form.cleaned_data["account"]], form.cleaned_data["file"]
    try:
        if file.size > LARGEST_FILE:
            raise NotAStatement("plik jest większy niż 5 MB")
        return statements.take(account, file.read(), file.name, actor=request.actor, now=now())  # type: ignore[arg-type]
    except NotAStatement as refused:
        form.add_error("file", f"Nie wczytano niczego: {refused}.")
    except statements.TakenBefore:
        form.add_error("file", "Ten wyciąg jest już wczytany; drugi raz nic się nie zmieni.")
    except statements.OtherAccount as refused:
        form.add_error("file", f"To wyciąg innego rachunku: {shown(str(refused))}. Wybierz ten rachunek.")
    except statements.DoesNotFollow as gap:
        form.add_error(
            "file",
            f"Między wyciągami brakuje operacji: poprzedni kończy się saldem {zloty(gap.expected)}, "
            f"a {gap.number} zaczyna od {zloty(gap.found)}. Wczytaj najpierw brakujący wyciąg.",
        )
    return []


@staff(*SEES)
@require_safe
def statement(request: ActorRequest, statement_id: int) -> HttpResponse:
    """One statement with its operations and what each means."""
    found = _statement(request, statement_id)
    rows = queries.operations(found)
    context = {
        "statement": found,
        "rows": [(row, *PILLS[row.meaning]) for row in rows],
        "unknown": sum(row.meaning == "UNKNOWN" for row in rows),
        "may_work": found.voucher_id is None and access.may_prepare(request.actor, found.bank_account),
    }
    return render(request, "treasury/statement.html", context)


@staff(Right.KEEP_BOOKS)
@require_POST
def matching(request: ActorRequest, statement_id: int) -> HttpResponse:
    """Match again what is unknown."""
    try:
        found = statements.match_again(statement_id, actor=request.actor, now=now())
    except statements.NoSuchStatement as error:
        raise Http404 from error
    except statements.AlreadyPosted:
        messages.error(request, "Ten wyciąg jest już zaksięgowany.")
    else:
        messages.success(request, f"Rozpoznane operacje: {found}.")
    return redirect("treasury:statement", statement_id)


@staff(Right.KEEP_BOOKS)
@require_POST
def posting(request: ActorRequest, statement_id: int) -> HttpResponse:
    """Post the statement as one voucher."""
    try:
        statement_posting.post_statement(statement_id, actor=request.actor, now=now())
    except statements.NoSuchStatement as error:
        raise Http404 from error
    except statements.AlreadyPosted:
        messages.error(request, "Ten wyciąg jest już zaksięgowany.")
    except statement_posting.Undecided as refused:
        messages.error(request, f"Operacja {refused.position}: {refused.words}. Nic nie zaksięgowano.")
    except ledger.AbovePlan as refused:
        messages.error(request, f"Wydatek przekracza plan ({refused.what}). Zmień plan albo klasyfikację.")
    except ledger.MonthIsClosed:
        messages.error(request, "Miesiąc jest zamknięty. Otwórz go albo zaksięguj w następnym.")
    except ledger.CannotPost as refused:
        messages.error(
            request,
            f"Księgi odmówiły (zapis {refused.line}: {refused.what}). Sprawdź konta i klasyfikację operacji.",
        )
    else:
        messages.success(request, "Zaksięgowano wyciąg.")
    return redirect("treasury:statement", statement_id)


@staff(*SEES)
@require_http_methods(["GET", "POST"])
def operation(request: ActorRequest, operation_id: int) -> HttpResponse:
    """One operation; what it means is decided here until its statement is posted."""
    row = queries.operation_of(operation_id, actor=request.actor)
    if row is None:
        raise Http404
    account = row.statement.bank_account
    may_decide = row.statement.voucher_id is None and access.may_prepare(request.actor, account)
    if request.method == "POST" and not may_decide:
        raise Http404
    typed = {
        "settlement": row.settlement_id, "ledger_account": row.ledger_account,
        "position": str(row.classification or ""),
        "party": f"#{row.counterparty_id}" if row.counterparty_id else "",
    }  # fmt: skip
    form = DecisionForm(queries.debts(account, is_credit=row.amount > 0), request.POST or None, initial=typed)
    if form.is_valid():
        try:
            statements.decide(
                operation_id, statements.Decision(**form.cleaned_data), actor=request.actor, now=now()
            )
        except statements.Wrong as refused:
            form.add_error(refused.field, refused.words)
        else:
            messages.success(request, f"Zapisano operację {row.position}.")
            return redirect("treasury:statement", row.statement_id)
    context = {"row": row, "pill": PILLS[row.meaning], "form": form, "may_decide": may_decide}
    return render(request, "treasury/operation.html", context, status=422 if form.errors else 200)


def _statement(request: ActorRequest, statement_id: int) -> BankStatement:
    rows = queries.listed(request.actor).select_related("bank_account__book")
    found = rows.filter(pk=statement_id).first()
    if found is None:
        raise Http404
    return found
