"""Sets `request.actor` for every request: the person signed in, or None."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate

from starostwo.office.actor import Actor, actor_for
from starostwo.office.models import Account

Answer = Callable[[HttpRequest], HttpResponse]


class ActorRequest(HttpRequest):
    """A request that passed the middleware of the office and the decorator of its view."""

    actor: Actor


def actor_middleware(answer: Answer) -> Answer:
    """Find out who asks before the view is called; a request without a session costs no query."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = _actor_of(request)  # type: ignore[attr-defined]
        return answer(request)

    return middleware


def _actor_of(request: HttpRequest) -> Actor | None:
    account = request.user
    if not isinstance(account, Account) or not account.is_active:
        return None
    return actor_for(account, today=localdate())
