"""Signing in of residents at login.gov.pl: out by a signed form, back with an artifact."""

import logging
import time
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.office.entrance import public
from starostwo.office.saml import client
from starostwo.office.saml.answers import GaveUp
from starostwo.office.saml.assertions import TooWeak
from starostwo.office.saml.node import Node, files, read_certificate, read_key
from starostwo.office.vouched import NotBelieved
from starostwo.office.web.residents import (
    AT_NODE_STILL,
    NOT_YET,
    begun,
    let_in,
    refuse,
    to_own_language,
    wanted_of,
)
from starostwo.screens.api import languages

log = logging.getLogger(__name__)
TRY, AT_NODE = "node_try", "at_node"
WAY = "login.gov.pl"


@public(NOT_YET)
@never_cache
def node_away(request: HttpRequest) -> HttpResponse:
    """Show the form that takes a signed request to the node; it sends itself where a script may run."""
    try:
        node = _node()
    except NotBelieved as fault:
        return refuse(request, fault)
    fields, started = client.begin(node, back=_back(), seconds=int(time.time()))
    request.session[TRY] = begun(request, started.as_dict())
    page = {"action": node.sign_on_url, "fields": fields, "name": settings.SAML_NAME, "goes_away": True}
    response = render(request, "office/node_form.html", page)
    parts = urlsplit(node.sign_on_url)
    response._csp_update = {"form-action": [f"{parts.scheme}://{parts.netloc}"]}  # type: ignore[attr-defined]
    return response


@csrf_exempt  # the node's page posts here; the try in the session is what makes an answer ours
@public(NOT_YET)
@never_cache
@require_http_methods(["GET", "POST"])
def node_back(request: HttpRequest) -> HttpResponse:
    """Take the person back from the node; each try is good for one coming back."""
    answer = request.POST if request.method == "POST" else request.GET
    if request.method == "POST" and TRY not in request.session and "again" not in answer:
        return _bring_along_the_cookie(request)
    kept = request.session.get(TRY)
    if kept is None:
        return refuse(request, NotBelieved("no try in this session"))
    if (onwards := to_own_language(request, kept)) is not None:
        return onwards
    del request.session[TRY]
    wanted = wanted_of(kept)
    try:
        vouched = client.finish(
            _node(),
            client.Try(**kept),
            artifact=answer.get("SAMLart", ""),
            relay_state=answer.get("RelayState", ""),
            back=_back(),
            seconds=int(time.time()),
        )
    except GaveUp:
        messages.info(request, gettext("Logowanie zostało przerwane. Można zacząć je od nowa."))
        return redirect("office:resident_sign_in")
    except TooWeak:
        return render(request, "office/node_too_weak.html", {"name": settings.SAML_NAME}, status=400)
    except NotBelieved as fault:
        return refuse(request, fault)
    kept = {"name_id": vouched.name_id, "session_index": vouched.session_index}
    return let_in(request, vouched.person, wanted, way=WAY, keep={AT_NODE: kept})


@public("wylogować się może każdy")
@never_cache
@require_POST
def node_farewell(request: HttpRequest) -> HttpResponse:
    """End the session at the node as well, by a call between programs."""
    kept = request.session.pop(AT_NODE_STILL, None)
    if kept is None:
        return redirect("office:signed_out")
    try:
        client.farewell(_node(), **kept, seconds=int(time.time()))
    except NotBelieved as fault:
        log.warning("The session at the national node was not ended: %s", fault)
        messages.error(
            request,
            gettext("Nie udało się zakończyć sesji w %(name)s. Zamknij wszystkie okna przeglądarki.")
            % {"name": settings.SAML_NAME},
        )
    else:
        messages.success(
            request, gettext("Sesja w %(name)s została zakończona.") % {"name": settings.SAML_NAME}
        )
    return redirect("office:signed_out")


def _bring_along_the_cookie(request: HttpRequest) -> HttpResponse:
    """Another site posted here, so the browser kept our cookie back: let our own page post again."""
    fields = {name: request.POST.get(name, "") for name in ("SAMLart", "RelayState")} | {"again": "1"}
    page = {"action": reverse("office:node_back"), "fields": fields, "name": settings.SAML_NAME}
    return render(request, "office/node_form.html", page)


def _back() -> str:
    return settings.PUBLIC_URL + languages.address_in(languages.SOURCE, reverse("office:node_back"))


def _node() -> Node:
    if not settings.SAML_ISSUER:
        raise NotBelieved("no national node is set")
    return Node(
        issuer=settings.SAML_ISSUER,
        accounts=settings.SAML_ACCOUNTS,
        system=settings.SAML_SYSTEM,
        system_name=settings.SAML_SYSTEM_NAME,
        sign_on_url=settings.SAML_SIGN_ON_URL,
        artifact_url=settings.SAML_ARTIFACT_URL,
        logout_url=settings.SAML_LOGOUT_URL,
        least_level=settings.SAML_LEAST_LEVEL,
        key=read_key(Path(settings.SAML_KEY)),
        certificate=read_certificate(Path(settings.SAML_CERTIFICATE)),
        decryption_keys=tuple(read_key(file) for file in files(settings.SAML_DECRYPTION_KEYS)),
        pinned=tuple(read_certificate(file) for file in files(settings.SAML_CERTIFICATES)),
    )
