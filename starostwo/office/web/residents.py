"""Signing in of residents: out to the identity provider and back."""

import logging
import time

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache

from starostwo.office.entrance import public
from starostwo.office.oidc import client
from starostwo.office.services.residents import account_of
from starostwo.office.services.sign_in import is_open
from starostwo.office.vouched import NotBelieved
from starostwo.office.web.visitor import open_session, way_on

log = logging.getLogger(__name__)
NOT_YET = "tutaj dopiero zaczyna się logowanie"
TRY = "oidc_try"


@public(NOT_YET)
@never_cache
def resident_sign_in(request: HttpRequest) -> HttpResponse:
    """Say how a resident signs in, with one button to the provider."""
    page = {
        "next": request.GET.get("next", ""),
        "ended": request.session.pop("ended", False),
        "provider": settings.OIDC_NAME,
        "is_open": bool(settings.OIDC_ISSUER),
    }
    return render(request, "office/resident_sign_in.html", page)


@public(NOT_YET)
@never_cache
def resident_away(request: HttpRequest) -> HttpResponse:
    """Send the person to the provider, with a try of his own in his session."""
    try:
        url, started = client.begin(_provider(), redirect_uri=_back(), seconds=int(time.time()))
    except NotBelieved as fault:
        return _refuse(request, fault)
    request.session[TRY] = {**started.as_dict(), "next": request.GET.get("next", "")}
    return redirect(url)


@public(NOT_YET)
@never_cache
def resident_back(request: HttpRequest) -> HttpResponse:
    """Take the person back from the provider; each try is good for one coming back."""
    kept = request.session.pop(TRY, None)
    if kept is None:
        return _refuse(request, NotBelieved("no try in this session"))
    wanted = kept.pop("next")
    if request.GET.get("error") == "access_denied":
        messages.info(request, "Logowanie zostało przerwane. Można zacząć je od nowa.")
        return redirect("office:resident_sign_in")
    try:
        person = client.finish(
            _provider(),
            client.Try(**kept),
            answer=request.GET.dict(),
            redirect_uri=_back(),
            seconds=int(time.time()),
        )
    except NotBelieved as fault:
        return _refuse(request, fault)
    account = account_of(person)
    if not is_open(account, today=localdate()):
        return _refuse(request, NotBelieved("the account is locked"))
    open_session(request, account, way="dostawca tożsamości")
    request.session["id_token"] = person.id_token
    return redirect(way_on(request, account, wanted))


@public("wylogować się może każdy")
@never_cache
def signed_out(request: HttpRequest) -> HttpResponse:
    """Say that the session is over, and offer to end the provider's as well."""
    farewell = request.session.pop("farewell", None)
    return render(request, "office/signed_out.html", {"farewell": farewell, "provider": settings.OIDC_NAME})


def farewell_of(request: HttpRequest) -> str | None:
    """Where this resident ends his session at the provider; None for staff or where it cannot be said."""
    id_token = request.session.get("id_token")
    if not id_token:
        return None
    try:
        return client.farewell(_provider(), id_token=id_token, back_to=_address("office:signed_out"))
    except NotBelieved as fault:
        log.warning("The provider's log-out is not offered: %s", fault)
        return None


def _refuse(request: HttpRequest, fault: NotBelieved) -> HttpResponse:
    """What was wrong stands in the log; the person learns what to do."""
    log.warning("A resident's log-in was refused: %s", fault)
    return render(request, "office/resident_refused.html", status=400)


def _provider() -> client.Provider:
    return client.Provider(
        issuer=settings.OIDC_ISSUER,
        accounts=settings.OIDC_ACCOUNTS,
        client_id=settings.OIDC_CLIENT_ID,
        client_secret=settings.OIDC_CLIENT_SECRET,
        scope=settings.OIDC_SCOPE,
    )


def _back() -> str:
    return _address("office:resident_back")


def _address(name: str) -> str:
    return settings.PUBLIC_URL + reverse(name)
