"""What everybody reads on the site of a unit: at its own domain, or at its place in the portal."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from starostwo.files import api as files
from starostwo.office.api import public
from starostwo.portal import access
from starostwo.portal.models import UnitSite
from starostwo.portal.queries import sites
from starostwo.portal.services import site_files
from starostwo.portal.site_pages import NOWHERE
from starostwo.screens.api import languages

KEPT_SECONDS = 24 * 60 * 60
TYPES = {
    "html": "text/html; charset=utf-8",
    "atom": "application/atom+xml",
    "jpg": "image/jpeg",
}
WHY = "strony jednostek powiatu są jawne"


def of_site(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Find the site: the host names it, else the address does."""

    @wraps(view)
    def found(request: HttpRequest, site: str = "", **named: Any) -> HttpResponseBase:
        own = getattr(request, "unit_site", None)
        asked = own or sites.open_site(site)
        if asked is None or languages.current() != languages.SOURCE:
            raise Http404
        return view(request, asked, "/" if own else asked.body.place, **named)

    return found


@public(WHY)
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The sites of the county's units."""
    return render(request, "portal/units.html", {"sites": sites.open_sites()})


@public(WHY)
@require_safe
@of_site
def page(request: HttpRequest, site: UnitSite, root: str, **named: str) -> HttpResponse:
    """A page of the site as it was written, byte for byte."""
    found = site_files.read(site, request.path_info.removeprefix(root))
    if found is None or found[1] == NOWHERE:
        raise Http404
    content, name = found
    return HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]])


@public("obrazy opublikowanych stron jednostki; pozostałe widzi jej redakcja")
@require_safe
@of_site
def image(request: HttpRequest, site: UnitSite, root: str, image_id: int) -> HttpResponseBase:
    """An image of the site's own library."""
    found = access.visible_image(getattr(request, "actor", None), image_id, site)
    if found is None:
        raise Http404
    response = files.download_response(found.blob, f"obraz-{image_id}.jpg", inline=True)
    response["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    return response


def not_there(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What the domain of a site answers where it has no page."""
    found = site_files.read(request.unit_site, NOWHERE)  # type: ignore[attr-defined]
    return HttpResponse(found[0] if found else b"", status=404)
