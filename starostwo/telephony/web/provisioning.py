"""What desk phones fetch by themselves: settings and phonebooks, with the key in the address as their right.

Whatever is not theirs answers with the same short 404: a wrong key, a wrong file, a phone of somebody else.
"""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from starostwo.office.api import allow, public
from starostwo.telephony.rules import devices
from starostwo.telephony.services import provisioning
from starostwo.telephony.services.provisioning import Caller

WHY = "telefon biurkowy: prawem jest klucz w adresie, bez klucza otwarte okno jednego pobrania"
LIMIT, PER_SECONDS = 600, 600  # from one address; a building whose power comes back stays below
TEXT, XML = "text/plain; charset=utf-8", "application/xml; charset=utf-8"


@public(WHY)
@require_safe
def file(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """A file for the phone that holds the key."""
    return _answer(request, name, key)


@public(WHY)
@require_safe
def first_file(request: HttpRequest, name: str) -> HttpResponse:
    """The settings of a phone whose window is open."""
    return _answer(request, name, None)


def _answer(request: HttpRequest, name: str, key: str | None) -> HttpResponse:
    caller = Caller(request.META.get("REMOTE_ADDR", ""), request.headers.get("User-Agent", ""))
    wait = allow(f"prov:{caller.address}", limit=LIMIT, per_seconds=PER_SECONDS)
    if wait is not None:
        return _plain("Too Many Requests\n", 429, {"Retry-After": str(wait)})
    asked = devices.asked(name)
    text = None
    if asked is not None and key is None:
        text = provisioning.first_fetch(asked, name, caller=caller, now=now())
    elif asked is not None and key is not None:
        text = provisioning.fetch(key, asked, name, caller=caller, now=now())
    if asked is None or text is None:
        return _plain("Not Found\n", 404, {})
    content = text.encode()
    kind = TEXT if name.lower().endswith(".cfg") else XML
    answer = HttpResponse(content, content_type=kind, headers={"Cache-Control": "private, no-store"})
    if asked.what != devices.BOOK:
        return answer
    answer["Cache-Control"] = "private, no-cache"
    answer["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == answer["ETag"]:
        answer.status_code, answer.content = 304, b""
    return answer


def _plain(text: str, status: int, headers: dict[str, str]) -> HttpResponse:
    return HttpResponse(
        text, status=status, content_type=TEXT, headers={"Cache-Control": "no-store"} | headers
    )
