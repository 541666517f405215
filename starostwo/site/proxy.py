"""Behind the office's own proxy: the address of a request is the one that the proxy saw."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


def address_middleware(answer: Answer) -> Answer:
    """Put the last address that the proxy wrote down in place of the proxy's own, when one is trusted.

    Whatever stands before it in the header came from the sender and is not believed.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if settings.BEHIND_PROXY and forwarded:
            request.META["REMOTE_ADDR"] = forwarded
        return answer(request)

    return middleware
