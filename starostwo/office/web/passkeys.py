"""Passkeys as the browser's script asks for them: options out, answers in, both JSON."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from starostwo.office.entrance import public, staff
from starostwo.office.middleware import ActorRequest
from starostwo.office.services import passkeys
from starostwo.office.services.refusal import NotAllowed, Refusal
from starostwo.office.services.sign_in import TooManyTries
from starostwo.office.web.visitor import open_session, signed_in, visitor_of, way_on

STATE = "passkey_state"
LARGEST_ANSWER = 64 * 1024


@public("tutaj dopiero zaczyna się logowanie")
@never_cache
@require_POST
def sign_in_options(request: HttpRequest) -> HttpResponse:
    """What the browser needs to use a passkey."""
    options, request.session[STATE] = passkeys.begin_sign_in()
    return JsonResponse(options)


@public("tutaj dopiero zaczyna się logowanie")
@never_cache
@require_POST
def sign_in_answer(request: HttpRequest) -> HttpResponse:
    """Sign in whose passkey answered."""
    told = _told(request)
    try:
        account = passkeys.check_passkey(
            answer=told.get("credential", {}),
            state=request.session.pop(STATE, {}),
            visitor=visitor_of(request),
            now=timezone.now(),
        )
    except Refusal as refusal:
        status = 429 if isinstance(refusal, TooManyTries) else 400
        return JsonResponse({"detail": str(refusal)}, status=status)
    open_session(request, account, way="klucz dostępu")
    return JsonResponse({"to": way_on(request, account, str(told.get("next", "")))})


@staff(None)
@require_POST
def new_options(request: ActorRequest) -> HttpResponse:
    """What the browser needs to make a passkey."""
    options, request.session[STATE] = passkeys.begin_adding(signed_in(request))
    return JsonResponse(options)


@staff(None)
@require_POST
def new_answer(request: ActorRequest) -> HttpResponse:
    """Keep the passkey that the browser made."""
    told = _told(request)
    try:
        passkeys.add_passkey(
            signed_in(request),
            name=str(told.get("name", "")),
            answer=told.get("credential", {}),
            state=request.session.pop(STATE, {}),
            now=timezone.now(),
        )
    except Refusal as refusal:
        return JsonResponse({"detail": str(refusal)}, status=400)
    messages.success(request, "Klucz dostępu został dodany.")
    return JsonResponse({"to": reverse("office:account")})


@staff(None)
@require_POST
def passkey_end(request: ActorRequest, passkey_id: int) -> HttpResponse:
    """Take an own passkey away."""
    try:
        passkeys.remove_passkey(signed_in(request), passkey_id=passkey_id)
    except NotAllowed as refusal:
        raise Http404 from refusal
    messages.success(request, "Klucz dostępu został usunięty.")
    return redirect("office:account")


def _told(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that the script sent; an empty one where it is none."""
    try:
        told = json.loads(request.body[:LARGEST_ANSWER])
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
