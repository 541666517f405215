"""What a page may ask of the machine: no page hears the microphone but one that says so itself."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]
HEADER, NOTHING = "Permissions-Policy", "microphone=()"


def permissions_middleware(answer: Answer) -> Answer:
    """Put the policy into every answer that has none of its own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault(HEADER, NOTHING)
        return response

    return middleware
