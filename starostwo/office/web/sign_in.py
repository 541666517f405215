"""Signing in of staff, one question a page: password, code, a new password where one is due."""

import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from starostwo.office.demonstration import PASSWORD, known_log_ins
from starostwo.office.entrance import public
from starostwo.office.models import Account
from starostwo.office.rules import totp
from starostwo.office.services import second_factor
from starostwo.office.services.accounts import PasswordTooWeak, choose_password
from starostwo.office.services.refusal import Refusal
from starostwo.office.services.sign_in import TooManyTries, check_code, check_password
from starostwo.office.web.forms import CodeForm, NewPasswordForm, SignInForm
from starostwo.office.web.qr import qr_svg
from starostwo.office.web.residents import AT_NODE_STILL, farewell_of
from starostwo.office.web.visitor import close_session, open_session, visitor_of, way_on

PENDING_SECONDS = 10 * 60
ISSUER = "Starostwo"
NOT_YET = "tutaj dopiero zaczyna się logowanie"


@public(NOT_YET)
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for login and password."""
    form = SignInForm(request.POST or None)
    refused = 422
    if request.method == "POST" and form.is_valid():
        try:
            account = check_password(**form.cleaned_data, visitor=visitor_of(request), now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            refused = 429 if isinstance(refusal, TooManyTries) else 422
        else:
            return _begin(request, account)
    examples, known = known_log_ins(timezone.localdate())
    page = {
        "form": form,
        "next": request.GET.get("next", ""),
        "ended": request.session.pop("ended", False),
        "known": known,
        "examples": examples,
        "known_password": PASSWORD,
    }
    return render(request, "office/sign_in.html", page, status=refused if form.errors else 200)


def _begin(request: HttpRequest, account: Account) -> HttpResponse:
    """The password was right: remember whose it was, in a session with a new key, for ten minutes."""
    request.session.cycle_key()
    request.session["pending"] = {
        "account": account.pk,
        "until": time.time() + PENDING_SECONDS,
        "next": request.POST.get("next", ""),
        "way": "",
    }
    return redirect("office:sign_in_code" if second_factor.is_set(account) else "office:sign_in_factor")


@public(NOT_YET)
@never_cache
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the second factor."""
    account = _pending(request)
    if account is None or not second_factor.is_set(account):
        return redirect("office:sign_in")
    form = CodeForm(request.POST or None)
    refused = 422
    if request.method == "POST" and form.is_valid():
        try:
            way = check_code(account, **form.cleaned_data, visitor=visitor_of(request), now=timezone.now())
        except Refusal as refusal:
            form.add_error("code", str(refusal))
            refused = 429 if isinstance(refusal, TooManyTries) else 422
        else:
            return _go_on(request, account, way)
    known_code = second_factor.code_for_demonstration(account, now=timezone.now())
    return render(
        request,
        "office/sign_in_code.html",
        {"form": form, "known_code": known_code},
        status=refused if form.errors else 200,
    )


@public(NOT_YET)
@never_cache
def sign_in_factor(request: HttpRequest) -> HttpResponse:
    """Set the second factor that the account lacks; nobody of the staff enters without one."""
    account = _pending(request)
    if account is None or second_factor.is_set(account):
        return redirect("office:sign_in")
    kept = request.session.setdefault("new_factor", totp.written(totp.new_secret()))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = second_factor.confirm_factor(
                account, secret=totp.read(kept), now=timezone.now(), **form.cleaned_data
            )
        except second_factor.WrongCode as refusal:
            form.add_error("code", str(refusal))
        else:
            del request.session["new_factor"]
            _prove(request, "hasło i nowy drugi składnik")
            return render(
                request, "office/recovery_codes.html", {"codes": codes, "onward": "office:sign_in_end"}
            )
    address = totp.address(totp.read(kept), login=account.login, issuer=ISSUER)
    return render(
        request,
        "office/sign_in_factor.html",
        {"form": form, "secret": kept, "qr": qr_svg(address)},
        status=422 if form.errors else 200,
    )


@public(NOT_YET)
@never_cache
@sensitive_post_parameters()
def sign_in_password(request: HttpRequest) -> HttpResponse:
    """Let the owner choose a password where the administrator gave him one."""
    account = _pending(request, proved=True)
    if account is None:
        return redirect("office:sign_in")
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            choose_password(account, password=form.cleaned_data["password"])
        except PasswordTooWeak as refusal:
            for reason in refusal.reasons:
                form.add_error("password", reason)
        else:
            return _end(request, account)
    return render(request, "office/sign_in_password.html", {"form": form})


@public(NOT_YET)
@never_cache
@require_POST
def sign_in_end(request: HttpRequest) -> HttpResponse:
    """Go on from the page with the recovery codes."""
    account = _pending(request, proved=True)
    if account is None:
        return redirect("office:sign_in")
    return _go_on(request, account, request.session["pending"]["way"])


@public("wylogować się może każdy")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    farewell, at_node = farewell_of(request), request.session.get("at_node")
    close_session(request)
    if farewell:
        request.session["farewell"] = farewell
    if at_node and settings.SAML_LOGOUT_URL:
        request.session[AT_NODE_STILL] = at_node
    return redirect("office:signed_out")


def _pending(request: HttpRequest, *, proved: bool = False) -> Account | None:
    """Whose password was right a moment ago; with `proved` the second factor too."""
    pending = request.session.get("pending")
    if not pending or pending["until"] < time.time() or (proved and not pending["way"]):
        return None
    return Account.objects.filter(pk=pending["account"], is_active=True).first()


def _prove(request: HttpRequest, way: str) -> None:
    request.session["pending"] = {**request.session["pending"], "way": way}


def _go_on(request: HttpRequest, account: Account, way: str) -> HttpResponse:
    _prove(request, way)
    return redirect("office:sign_in_password") if account.must_change_password else _end(request, account)


def _end(request: HttpRequest, account: Account) -> HttpResponse:
    pending = request.session.pop("pending")
    open_session(request, account, way=pending["way"])
    return redirect(way_on(request, account, pending["next"]))
