"""From where a request comes, where its person goes after signing in, and the session in between."""

import time
from typing import cast

from django.contrib import auth
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from starostwo.office.models import Account
from starostwo.office.services.accounts import keep_one_session
from starostwo.office.services.sign_in import Visitor, note_sign_in, note_sign_out
from starostwo.screens.api import languages

BACKEND = f"{ModelBackend.__module__}.{ModelBackend.__qualname__}"
STAFF_HOME = "/urzad/"
RESIDENTS_HOME = "/eboi/"


def visitor_of(request: HttpRequest) -> Visitor:
    """The address and the browser."""
    address = request.META.get("REMOTE_ADDR") or None
    return Visitor(address=address, browser=request.headers.get("User-Agent", ""))


def open_session(request: HttpRequest, account: Account, *, way: str) -> None:
    """Sign the account in: a new session key, and a line in the log of log-ins."""
    auth.login(request, account, backend=BACKEND)
    request.session["since"] = request.session["seen"] = time.time()
    request.session.save()
    note_sign_in(
        account,
        way=way,
        visitor=visitor_of(request),
        session_key=request.session.session_key or "",
        now=timezone.now(),
    )


def renew_session(request: HttpRequest, account: Account) -> None:
    """Go on after a change of password: this session gets a new key, all others end."""
    old_key = request.session.session_key or ""
    auth.update_session_auth_hash(request, account)
    request.session.save()
    new_key = request.session.session_key or ""
    keep_one_session(account, old_key=old_key, new_key=new_key, now=timezone.now())


def close_session(request: HttpRequest) -> None:
    """Sign out; nothing of the session stays."""
    note_sign_out(request.session.session_key or "", now=timezone.now())
    auth.logout(request)


def way_on(request: HttpRequest, account: Account, wanted: str) -> str:
    """The page asked for before signing in where it is one of ours, else the person's first page."""
    if wanted and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    home = STAFF_HOME if account.kind == Account.Kind.STAFF else RESIDENTS_HOME
    fallback = reverse("office:account") if account.kind == Account.Kind.STAFF else "/"
    return languages.address_in(languages.current(), home if _answers(home) else fallback)


def signed_in(request: HttpRequest) -> Account:
    """The account behind the actor of a guarded view."""
    return cast(Account, request.user)


def _answers(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
