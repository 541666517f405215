"""Signing in of residents: out to the identity provider and back."""

import logging
import time

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from starostwo.office.entrance import public
from starostwo.office.oidc import client
from starostwo.office.services.residents import account_of
from starostwo.office.services.sign_in import is_open
from starostwo.office.vouched import NotBelieved, Person
from starostwo.office.web.visitor import open_session, way_on
from starostwo.screens.api import languages

log = logging.getLogger(__name__)
NOT_YET = "tutaj dopiero zaczyna się logowanie"
TRY = "oidc_try"
AT_NODE_STILL = "node_farewell"  # what ends the session at the national node


def let_in(
    request: HttpRequest, person: Person, wanted: str, *, way: str, keep: dict[str, object]
) -> HttpResponse:
    """Open a session for whom a provider vouches, unless the account is locked; keep what ends it there."""
    account = account_of(person)
    if not is_open(account, today=localdate()):
        return refuse(request, NotBelieved("the account is locked"))
    open_session(request, account, way=way)
    request.session.update(keep)
    return redirect(way_on(request, account, wanted))


def refuse(request: HttpRequest, fault: NotBelieved) -> HttpResponse:
    """What was wrong stands in the log; the person learns what to do."""
    log.warning("A resident's log-in was refused: %s", fault)
    return render(request, "office/resident_refused.html", status=400)


def begun(request: HttpRequest, started: dict[str, str]) -> dict[str, str]:
    """What the session keeps of a try: where the person wants to go, and in which language he reads."""
    return {**started, "next": request.GET.get("next", ""), "language": languages.current()}


def to_own_language(request: HttpRequest, kept: dict[str, str]) -> HttpResponse | None:
    """The provider knows our Polish address alone: who read another language goes on in that one."""
    language = kept.get("language", languages.SOURCE)
    if language == languages.current():
        return None
    return redirect(languages.address_in(language, request.get_full_path()), preserve_request=True)


@public(NOT_YET)
@never_cache
def resident_sign_in(request: HttpRequest) -> HttpResponse:
    """Say how a resident signs in, with one button to each provider that is set."""
    page = {
        "next": request.GET.get("next", ""),
        "ended": request.session.pop("ended", False),
        "channels": _channels(),
    }
    return render(request, "office/resident_sign_in.html", page)


@public(NOT_YET)
@never_cache
def resident_away(request: HttpRequest) -> HttpResponse:
    """Send the person to the provider, with a try of his own in his session."""
    try:
        url, started = client.begin(_provider(), redirect_uri=_back(), seconds=int(time.time()))
    except NotBelieved as fault:
        return refuse(request, fault)
    request.session[TRY] = begun(request, started.as_dict())
    return redirect(url)


@public(NOT_YET)
@never_cache
def resident_back(request: HttpRequest) -> HttpResponse:
    """Take the person back from the provider; each try is good for one coming back."""
    kept = request.session.get(TRY)
    if kept is None:
        return refuse(request, NotBelieved("no try in this session"))
    if (onwards := to_own_language(request, kept)) is not None:
        return onwards
    del request.session[TRY]
    wanted = wanted_of(kept)
    if request.GET.get("error") == "access_denied":
        messages.info(request, gettext("Logowanie zostało przerwane. Można zacząć je od nowa."))
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
        return refuse(request, fault)
    return let_in(request, person, wanted, way="dostawca tożsamości", keep={"id_token": person.id_token})


@public("wylogować się może każdy")
@never_cache
def signed_out(request: HttpRequest) -> HttpResponse:
    """Say that the session is over, and offer to end the provider's as well."""
    page = {
        "farewell": request.session.pop("farewell", None),
        "provider": settings.OIDC_NAME,
        "at_node": AT_NODE_STILL in request.session,
        "node": settings.SAML_NAME,
    }
    return render(request, "office/signed_out.html", page)


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


def wanted_of(kept: dict[str, str]) -> str:
    """Take out of a kept try what is not the client's."""
    kept.pop("language", None)
    return kept.pop("next")


def _channels() -> list[tuple[str, str]]:
    """Name and address of each way that is set up."""
    node = (settings.SAML_NAME, reverse("office:node_away")) if settings.SAML_ISSUER else None
    oidc = (settings.OIDC_NAME, reverse("office:resident_away")) if settings.OIDC_ISSUER else None
    return [channel for channel in (oidc, node) if channel]


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
    return settings.PUBLIC_URL + languages.address_in(languages.SOURCE, reverse(name))
