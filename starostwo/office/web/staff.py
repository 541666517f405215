"""Screens of people for administrators: the list, a new person, one person with posts and account."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from starostwo.office.entrance import staff
from starostwo.office.middleware import ActorRequest
from starostwo.office.models import Account, Right
from starostwo.office.queries import accounts as reads
from starostwo.office.queries.structure import open_posts
from starostwo.office.services import accounts, second_factor, structure
from starostwo.office.services.refusal import Refusal
from starostwo.office.web.structure_forms import LeavePostForm, PersonForm, TakePostForm


@staff(Right.ADMIN)
def people(request: ActorRequest) -> HttpResponse:
    """All staff, those who left as well."""
    typed = request.GET.get("osoba", "")
    rows = reads.staff_list(request.actor, on=timezone.localdate(), typed=typed)
    return render(request, "office/staff.html", {"people": rows, "typed": typed})


@staff(Right.ADMIN)
def new_person(request: ActorRequest) -> HttpResponse:
    """Open an account; the password for the first log-in is on the answer and nowhere else."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account, password = accounts.open_staff_account(request.actor, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("login", str(refusal))
        else:
            return render(request, "office/new_password.html", {"person": account, "password": password})
    page = {"form": form, "title": "Nowa osoba", "action": "Załóż konto"}
    return render(request, "office/form.html", page, status=422 if form.errors else 200)


@staff(Right.ADMIN)
def person(request: ActorRequest, account_id: int) -> HttpResponse:
    """One person: posts now and before, and the account."""
    account = _account(request, account_id)
    form = TakePostForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    form.offer(open_posts(timezone.localdate()))
    if request.method == "POST" and form.is_valid():
        try:
            structure.take_post(request.actor, account_id=account.pk, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Stanowisko zostało objęte.")
            return redirect("office:person", account.pk)
    page = {
        "person": account,
        "holdings": reads.holdings_of(request.actor, account.pk),
        "has_factor": second_factor.is_set(account),
        "has_directory": bool(settings.LDAP_URL),
        "form": form,
        "today": timezone.localdate(),
    }
    return render(request, "office/person.html", page)


@staff(Right.ADMIN)
def holding_end(request: ActorRequest, account_id: int, holding_id: int) -> HttpResponse:
    """Let a person leave a post."""
    account = _account(request, account_id)
    form = LeavePostForm(request.POST or None, initial={"ends_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            structure.leave_post(request.actor, holding_id=holding_id, on=form.cleaned_data["ends_on"])
        except Refusal as refusal:
            form.add_error("ends_on", str(refusal))
        else:
            messages.success(request, "Stanowisko zostało zwolnione.")
            return redirect("office:person", account.pk)
    page = {"form": form, "title": f"Zwolnienie stanowiska: {account.name}", "action": "Zwolnij stanowisko"}
    return render(request, "office/form.html", page, status=422 if form.errors else 200)


@staff(Right.ADMIN)
@require_POST
def account_lock(request: ActorRequest, account_id: int) -> HttpResponse:
    """Lock an open account, or open a locked one."""
    account = _account(request, account_id)
    if account.pk == request.actor.account_id:
        messages.error(request, "Własnego konta nie można zablokować. Może to zrobić inny administrator.")
    elif account.is_active:
        accounts.lock_account(request.actor, account_id=account.pk, now=timezone.now())
        messages.success(request, f"Konto {account.login} jest zablokowane, otwarte sesje zakończone.")
    else:
        accounts.unlock_account(request.actor, account_id=account.pk)
        messages.success(request, f"Konto {account.login} jest znowu czynne.")
    return redirect("office:person", account.pk)


@staff(Right.ADMIN)
@require_POST
def account_password(request: ActorRequest, account_id: int) -> HttpResponse:
    """Give a new password for one log-in."""
    account = _account(request, account_id)
    password = accounts.give_new_password(request.actor, account_id=account.pk, now=timezone.now())
    return render(request, "office/new_password.html", {"person": account, "password": password})


@staff(Right.ADMIN)
@require_POST
def account_directory(request: ActorRequest, account_id: int) -> HttpResponse:
    """Let the office's directory check the password from now on."""
    account = _account(request, account_id)
    try:
        accounts.use_directory(request.actor, account_id=account.pk, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Hasło konta {account.login} sprawdza odtąd katalog urzędu.")
    return redirect("office:person", account.pk)


@staff(Right.ADMIN)
@require_POST
def account_factor(request: ActorRequest, account_id: int) -> HttpResponse:
    """Take a lost second factor away."""
    account = _account(request, account_id)
    second_factor.remove_factor(request.actor, account_id=account.pk)
    messages.success(request, f"{account.name} ustawi drugi składnik od nowa przy następnym logowaniu.")
    return redirect("office:person", account.pk)


def _account(request: ActorRequest, account_id: int) -> Account:
    found = reads.staff_account(request.actor, account_id)
    if found is None:
        raise Http404
    return found
