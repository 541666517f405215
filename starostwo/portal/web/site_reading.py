"""What everybody reads on the site of a unit: at its own domain, or at its place in the portal."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from starostwo.files import api as files
from starostwo.office.api import public
from starostwo.platform.paging import BadCursor
from starostwo.portal import access
from starostwo.portal.models import Article, UnitSite
from starostwo.portal.queries import articles as reads
from starostwo.portal.queries import sites

NEWS, FED, KEPT_SECONDS = 4, 20, 24 * 60 * 60
WHY = "strony jednostek powiatu są jawne"


class Asked:
    """The site that is asked for and under which address its pages stand."""

    def __init__(self, site: UnitSite, *, is_own_host: bool) -> None:
        self.site = site
        self.root = "/" if is_own_host else f"/jednostki/{site.slug}/"
        self.home = f"https://{site.domain}" if is_own_host else settings.PUBLIC_URL

    @property
    def bip(self) -> str:
        """Where the unit's part of the bulletin is; one in the county's stands at the county's host."""
        url = self.site.bip_url
        return f"{settings.PUBLIC_URL}{url}" if url.startswith("/") else url

    def page(self, request: HttpRequest, template: str, status: int = 200, **own: Any) -> HttpResponse:
        """One page of the site, with what stands on all of them."""
        menu = reads.shown_pages(self.site)
        context = {"site": self.site, "root": self.root, "menu": menu, "bip": self.bip, **own}
        return render(request, template, context, status=status)


def of_site(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Find the site: the host names it, else the address does."""

    @wraps(view)
    def found(request: HttpRequest, site: str = "", **named: Any) -> HttpResponseBase:
        own = getattr(request, "unit_site", None)
        asked = own or sites.open_site(site)
        if asked is None:
            raise Http404
        return view(request, Asked(asked, is_own_host=own is not None), **named)

    return found


@public(WHY)
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The sites of the county's units."""
    return render(request, "portal/units.html", {"sites": sites.open_sites()})


@public(WHY)
@require_safe
@of_site
def front(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The site's first page."""
    news = reads.newest(NEWS, asked.site)
    return asked.page(request, "portal/site_front.html", news=news)


@public(WHY)
@require_safe
@of_site
def news(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The site's news, page by page."""
    try:
        page = reads.news_page(request.GET.get("cursor"), asked.site)
    except BadCursor:
        raise Http404 from None
    return asked.page(request, "portal/site_news.html", page=page)


@public(WHY)
@require_safe
@of_site
def news_item(request: HttpRequest, asked: Asked, slug: str) -> HttpResponse:
    """One news item of the site."""
    return _article(request, asked, Article.Kind.NEWS, slug)


@public(WHY)
@require_safe
@of_site
def page(request: HttpRequest, asked: Asked, slug: str) -> HttpResponse:
    """One page of the site."""
    return _article(request, asked, Article.Kind.PAGE, slug)


@public(WHY)
@require_safe
@of_site
def contact(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Where the unit is and when it is open."""
    return asked.page(request, "portal/site_contact.html")


@public(WHY)
@require_safe
@of_site
def declaration(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The site's own declaration of accessibility."""
    last = sites.last_declaration(asked.site)
    address = f"{asked.home}{asked.root}"
    return asked.page(request, "portal/site_declaration.html", declaration=last, address=address)


@public(WHY)
@require_safe
@of_site
def feed(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The newest news of the site for readers of feeds."""
    here = f"{asked.home}{asked.root}aktualnosci/"
    made = Atom1Feed(
        title=_("Aktualności: %(name)s") % {"name": asked.site.name},
        link=here,
        description=asked.site.lead,
        language="pl",
        feed_url=f"{here}kanal.atom",
    )
    for article in reads.newest(FED, asked.site):
        text, address = access.text_of(article), f"{here}{article.slug}/"
        made.add_item(
            title=text.title, link=address, description=text.summary, unique_id=address,
            pubdate=article.published_at, updateddate=article.changed_at,
        )  # fmt: skip
    return HttpResponse(made.writeString("utf-8"), content_type=Atom1Feed.content_type)


@public("obrazy opublikowanych stron jednostki; pozostałe widzi jej redakcja")
@require_safe
@of_site
def image(request: HttpRequest, asked: Asked, image_id: int) -> HttpResponseBase:
    """An image of the site's own library."""
    found = access.visible_image(getattr(request, "actor", None), image_id, asked.site)
    if found is None:
        raise Http404
    response = files.download_response(found.blob, f"obraz-{image_id}.jpg", inline=True)
    response["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    return response


def not_there(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What the domain of a site answers where it has no page."""
    asked = Asked(request.unit_site, is_own_host=True)  # type: ignore[attr-defined]
    return asked.page(request, "portal/site_gone.html", status=404)


def _article(request: HttpRequest, asked: Asked, kind: Article.Kind, slug: str) -> HttpResponse:
    found = reads.shown_article(kind, slug, asked.site)
    if found is None:
        raise Http404
    version = access.text_of(found)
    images = reads.images_of([version])
    return asked.page(request, "portal/site_article.html", article=found, version=version, images=images)
