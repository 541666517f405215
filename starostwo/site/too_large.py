"""What is larger than an installation takes: a page that says so and what to do, instead of a broken line.

The browser shows no answer while it is still sending, so what comes is read to its end and thrown away.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.defaults import bad_request

from starostwo.office import api as office

Answer = Callable[[HttpRequest], HttpResponse]
FOR_PROGRAMS = "/api/"
PIECE = 1 << 16
LISTENS_SECONDS = 120.0
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def size_middleware(answer: Answer) -> Answer:
    """Refuse what is too large before anything of it is kept; programs get the answer of their interface."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if length <= settings.LARGEST_REQUEST or request.path.startswith(FOR_PROGRAMS):
            return answer(request)
        _listen_out(request)
        return _page(request)

    return middleware


@office.public("strona błędu; serwer WWW pokazuje ją temu, kto wysłał za dużo")
@require_safe
def too_large(request: HttpRequest) -> HttpResponse:
    """The page for the web server in front, which refuses by itself."""
    return _page(request)


def bad_or_too_large(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A form with more than fits is too large; everything else that cannot be read is a bad request."""
    return _page(request) if isinstance(exception, TOO_MUCH) else bad_request(request, exception)


def _page(request: HttpRequest) -> HttpResponse:
    return render(request, "413.html", {"limit": settings.LARGEST_REQUEST >> 20}, status=413)


def _listen_out(request: HttpRequest) -> None:
    ends = time.monotonic() + LISTENS_SECONDS
    while request.read(PIECE) and time.monotonic() < ends:
        pass
