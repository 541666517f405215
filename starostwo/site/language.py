"""The language of a request: read from its address, so that `reverse` leads on in the same language."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation

from starostwo.screens.api import languages

Answer = Callable[[HttpRequest], HttpResponse]
ABROAD = {"/bip/": "/bip/{language}/"}  # the bulletin has one page in each other language
SITES = "/jednostki/"  # the list of the county's units; their own sites below it are Polish
POLISH_AUDIENCES = {"staff", "program"}


class LanguageMiddleware:
    """Takes the prefix of the language off the address while the request is answered.

    What is for staff and for programs is Polish: under a prefix it leads to its own address.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language, path = languages.split(request.path_info)
        before = get_script_prefix()
        if language != languages.SOURCE:
            request.path_info = path
            set_script_prefix(f"{before}{language}/")
        translation.activate(language)
        languages.forget()
        try:
            response = self.answer(request)
        finally:
            set_script_prefix(before)
            translation.activate(languages.SOURCE)
        response.headers.setdefault("Content-Language", language)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Send on what is Polish alone."""
        if languages.current() == languages.SOURCE or not _is_polish(request, view):
            return None
        if request.method not in {"GET", "HEAD"}:
            raise Http404
        query = request.META.get("QUERY_STRING", "")
        place = ABROAD.get(request.path_info, request.path_info).format(language=languages.current())
        return HttpResponseRedirect(f"{place}?{query}" if query else place)


def _is_polish(request: HttpRequest, view: Callable[..., Any]) -> bool:
    allowed = getattr(view, "allowed", None)
    is_theirs = getattr(allowed, "audience", "public") in POLISH_AUDIENCES
    path = request.path_info
    return is_theirs or path.startswith(languages.POLISH_PLACES) or (path.startswith(SITES) and path != SITES)
