"""Pages go out compressed. Files do not: they are compressed already, or must tell their length."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressedPages(GZipMiddleware):
    """Django's compression, which hides the length of secrets behind random bytes, for whole pages."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress a page; leave everything else as it is."""
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        whole = isinstance(response, HttpResponse) and is_page
        return super().process_response(request, response) if whole else response
