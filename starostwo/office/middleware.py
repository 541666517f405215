"""Sets `request.actor` for every request: the person signed in, or None; ends sessions that are over."""

import time
from collections.abc import Callable

from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from starostwo.office.actor import Actor, actor_for
from starostwo.office.apps import remembered
from starostwo.office.models import Account
from starostwo.office.services.sign_in import is_open, note_sign_out

Answer = Callable[[HttpRequest], HttpResponse]
IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 10 * 60 * 60
NOTED_EVERY_SECONDS = 60


class ActorRequest(HttpRequest):
    """A request that passed the middleware of the office and the decorator of its view."""

    actor: Actor


def actor_middleware(answer: Answer) -> Answer:
    """Find out who asks before the view is called; a request without a session costs no query."""

    def middleware(request: HttpRequest) -> HttpResponse:
        remembered.set(None)
        request.actor = _actor_of(request)  # type: ignore[attr-defined]
        return answer(request)

    return middleware


def _actor_of(request: HttpRequest) -> Actor | None:
    account = request.user
    if not isinstance(account, Account):
        return None
    today = timezone.localdate()
    if not is_open(account, today=today) or _is_over(request.session, time.time()):
        _end(request)
        return None
    return actor_for(account, today=today)


def _is_over(session: SessionBase, seconds: float) -> bool:
    """Half an hour without a request, or ten hours in all; the last request is noted once a minute."""
    since, seen = session.setdefault("since", seconds), session.setdefault("seen", seconds)
    if seconds - since > LONGEST_SECONDS or seconds - seen > IDLE_SECONDS:
        return True
    if seconds - seen > NOTED_EVERY_SECONDS:
        session["seen"] = seconds
    return False


def _end(request: HttpRequest) -> None:
    note_sign_out(request.session.session_key or "", now=timezone.now())
    logout(request)
    request.session["ended"] = True
