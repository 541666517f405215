"""A request for the domain of a unit's site gets that site and nothing else of the product.

The domains stand in the data. A host that nobody knows goes on to Django's refusal as it was; a request for
the county's own hosts costs no query. The host is settled here: behind this line it is one of our own.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port, validate_host

from starostwo.portal.queries.sites import site_of_host

Answer = Callable[[HttpRequest], HttpResponse]


def site_middleware(answer: Answer) -> Answer:
    """Lead a site's domain to the site's own addresses."""

    def middleware(request: HttpRequest) -> HttpResponse:
        host, _ = split_domain_port(request.META.get("HTTP_HOST", ""))
        if host and not validate_host(host, settings.ALLOWED_HOSTS):
            site = site_of_host(host)
            if site is not None:
                request.unit_site, request.bulletin_body = site, site.body  # type: ignore[attr-defined]
                request.urlconf = settings.UNIT_URLCONF
                request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0]
        return answer(request)

    return middleware
