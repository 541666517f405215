"""Decorators that state who may enter a view; a route without one of them fails a test."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any, Literal
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from starostwo.office.actor import Actor, actor_for
from starostwo.office.models import Account, ApiToken, Right
from starostwo.office.services.tokens import hash_of

NOTED_EVERY = timedelta(minutes=1)
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Allowed:
    """Who may enter a view: the audience, any one of the rights, or why everybody may."""

    audience: Literal["staff", "resident", "public", "program"]
    rights: tuple[Right, ...] = ()
    why: str = ""


def staff(*rights: Right | None) -> Callable[[View], View]:
    """Let in staff who have any of the rights, or all staff for `None`; others learn nothing."""
    needed = tuple(right for right in rights if right is not None)

    def admits(actor: Actor) -> bool:
        return actor.is_staff and (not needed or not actor.rights.isdisjoint(needed))

    return _guard(Allowed("staff", needed), admits, "office:sign_in")


def resident(view: View) -> View:
    """Let in residents who are signed in."""
    return _guard(Allowed("resident"), lambda actor: not actor.is_staff, "office:resident_sign_in")(view)


def public(why: str) -> Callable[[View], View]:
    """Let everybody in, for the reason given."""

    def decorate(view: View) -> View:
        view.allowed = Allowed("public", why=why)  # type: ignore[attr-defined]
        return view

    return decorate


def program(*rights: Right) -> Callable[[View], View]:
    """Let in a program whose personal token carries any of the rights; refusals are JSON."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = _actor_of_token(request)
            if actor is None:
                refusal = _problem(401, "Brak ważnego tokenu", "Token tworzy się na stronie 'Moje konto'.")
                refusal["WWW-Authenticate"] = 'Bearer realm="Starostwo"'
                return refusal
            request.actor = actor  # type: ignore[attr-defined]
            try:
                if rights and actor.rights.isdisjoint(rights):
                    raise Http404
                return view(request, *args, **kwargs)
            except Http404:
                return _problem(
                    404, "Nie znaleziono", "Nie ma takiego zasobu albo token do niego nie uprawnia."
                )

        guarded.allowed = Allowed("program", rights)  # type: ignore[attr-defined]
        return csrf_exempt(never_cache(guarded))

    return decorate


def _guard(allowed: Allowed, admits: Callable[[Actor], bool], door: str) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor: Actor | None = getattr(request, "actor", None)
            if actor is None:
                back = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
                return HttpResponseRedirect(f"{reverse(door)}?{back}" if back else reverse(door))
            if not admits(actor):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.allowed = allowed  # type: ignore[attr-defined]
        return never_cache(guarded)

    return decorate


def _actor_of_token(request: HttpRequest) -> Actor | None:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret:
        return None
    today = localdate()
    token = (
        ApiToken.objects.select_related("account")
        .filter(token_hash=hash_of(secret.strip()), revoked_at=None)
        .filter(expires_on__gt=today, account__is_active=True, account__kind=Account.Kind.STAFF)
        .first()
    )
    if token is None or (token.account.expires_on and token.account.expires_on <= today):
        return None
    _note_use(token)
    return actor_for(token.account, today=today, scope=frozenset(Right(right) for right in token.scope))


def _note_use(token: ApiToken) -> None:
    """Written once a minute at most: a busy program costs no write a call."""
    moment = now()
    if token.used_at is None or moment - token.used_at > NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(used_at=moment)


def _problem(status: int, title: str, detail: str) -> JsonResponse:
    return JsonResponse(
        {"type": "about:blank", "status": status, "title": title, "detail": detail},
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
