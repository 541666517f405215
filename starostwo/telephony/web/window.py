"""The browser's phone: a small window of its own, the pass that it shows to the exchange, whom it finds."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from starostwo.office.api import ActorRequest, staff
from starostwo.telephony.models import Node, Number
from starostwo.telephony.queries import numbers
from starostwo.telephony.services.passes import HasNoPhone, give_pass
from starostwo.telephony.services.phones import DOMAIN

MAY_HEAR = "microphone=(self)"
FOUND_AT_ONCE = 8


@staff(None)
@require_safe
def window(request: ActorRequest) -> HttpResponse:
    """The window. It alone may use the microphone and talk to the exchange of its building."""
    phone = numbers.own_phone(request.actor.account_id)
    address = websocket_of(phone.number.node, request) if phone and not phone.is_blocked else ""
    context = {"phone": phone, "address": address, "domain": DOMAIN, "keys": "123456789*0#"}
    answer = render(request, "telephony/window.html", context)
    if address:
        answer._csp_update = {"connect-src": ["'self'", address]}  # type: ignore[attr-defined]
        answer["Permissions-Policy"] = MAY_HEAR
    return answer


@never_cache
@staff(None)
@require_POST
def passed(request: ActorRequest) -> HttpResponse:
    """A pass for one's own number."""
    try:
        given = give_pass(actor=request.actor, session_key=request.session.session_key or "", now=now())
    except HasNoPhone:
        return JsonResponse({"error": "Nie masz czynnego numeru wewnętrznego."}, status=404)
    return JsonResponse({"username": given.username, "password": given.password, "until": given.until})


@staff(None)
@require_safe
def book(request: ActorRequest) -> HttpResponse:
    """Whom a few letters or a number mean, for the window's field."""
    words = request.GET.get("q", "").replace("\0", "")[:100]
    rows = numbers.listed(words).order_by(*numbers.BY_NUMBER)[:FOUND_AT_ONCE] if words.strip() else []
    return JsonResponse({"hits": [_hit(row) for row in rows]})


def websocket_of(node: Node, request: ActorRequest) -> str:
    """Where the browser finds the exchange: behind the office's web server by its path, else directly."""
    if not node.websocket:
        return ""
    if settings.BEHIND_PROXY:
        scheme = "wss" if request.is_secure() else "ws"
        return f"{scheme}://{request.get_host()}/ws/{node.code}/"
    return f"ws://{node.websocket}/ws"


def _hit(row: Number) -> dict[str, str]:
    if row.kind == Number.Kind.GROUP:
        return {"value": row.number, "label": row.group.name, "note": f"{row.number}, grupa"}
    account = row.extension.account
    name = account.name if account else row.extension.label
    return {
        "value": row.number,
        "label": name,
        "note": f"{row.number}, {row.extension.label}, {row.node.name}",
    }
