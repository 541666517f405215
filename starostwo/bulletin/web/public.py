"""The published files as the application serves them where no web server stands in front."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from starostwo.bulletin import store
from starostwo.bulletin.models import Body
from starostwo.bulletin.queries.bodies import open_body
from starostwo.bulletin.services import visits
from starostwo.bulletin.services.publishing import root
from starostwo.office.api import public

TYPES = {
    "html": "text/html; charset=utf-8",
    "atom": "application/atom+xml",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "svg": "image/svg+xml",
}
SHOWN = {"html", "atom", "json"}
FILE_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def of_bulletin(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Find the bulletin that is asked for: the host or the address names its body."""

    @wraps(view)
    def found(request: HttpRequest, site: str = "", **named: Any) -> HttpResponse:
        body: Body | None = getattr(request, "bulletin_body", None)
        if body is None and site and (body := open_body(site)) is None:
            raise Http404
        return view(request, body, **named)

    return found


@public("Biuletyn Informacji Publicznej")
@require_safe
@of_bulletin
def page(request: HttpRequest, body: Body | None, address: str) -> HttpResponse:
    """A published page or file, byte for byte; 410 with its note where it was withdrawn."""
    asked = f"{address}{store.INDEX}" if not address or address.endswith("/") else address
    if asked.endswith(store.GONE):
        raise Http404
    content = store.read(root(body), asked)
    if content is None:
        note = store.read(root(body), store.gone(asked))
        if note is None:
            raise Http404
        return HttpResponse(note, status=410)
    if asked.endswith(store.INDEX):
        visits.note(address, body, now=localtime())
    ending = asked.rpartition(".")[2].lower()
    answer = HttpResponse(content, content_type=TYPES.get(ending, "application/octet-stream"))
    if ending not in SHOWN:
        answer["Content-Security-Policy"] = FILE_POLICY
    return answer
