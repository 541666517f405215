"""What everybody reads: news with its feeds, pages, images."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from starostwo.files import api as files
from starostwo.office.api import public
from starostwo.portal import access
from starostwo.portal.models import Article
from starostwo.portal.queries import articles as reads
from starostwo.portal.web.addresses import ways_of
from starostwo.screens.api import languages

KEPT_SECONDS = 24 * 60 * 60


@public("aktualności są jawne")
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """The news, page by page, the newest first."""
    page = reads.news_page(request.GET.get("cursor"), language=languages.current())
    images = reads.first_images(page.rows)
    return render(request, "portal/news.html", {"page": page, "images": images})


@public("aktualności są jawne")
@require_safe
def news_item(request: HttpRequest, slug: str) -> HttpResponse:
    """One news item."""
    return _article(request, Article.Kind.NEWS, slug)


@public("strony powiatu są jawne")
@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """The list of pages about the county."""
    return render(request, "portal/pages.html", {"pages": reads.shown_pages(language=languages.current())})


@public("strony powiatu są jawne")
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page about the county."""
    return _article(request, Article.Kind.PAGE, slug)


@public("obrazy stron, które są opublikowane; pozostałe widzi redakcja")
@require_safe
def image(request: HttpRequest, image_id: int, is_small: bool = False) -> HttpResponseBase:
    """An image of the library, from our own origin; the small drawing where it is asked for."""
    found = access.visible_image(getattr(request, "actor", None), image_id)
    blob = None if found is None else found.small if is_small else found.blob
    if blob is None:
        raise Http404
    response = files.download_response(blob, f"obraz-{image_id}.jpg", inline=True)
    response["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    return response


def _article(request: HttpRequest, kind: Article.Kind, slug: str) -> HttpResponse:
    found = reads.shown_article(kind, slug)
    if found is None:
        raise Http404
    ways, version = ways_of(found, languages.current()), access.text_of(found)
    if ways.elsewhere:
        return redirect(ways.elsewhere)
    context = {
        "article": found,
        "version": version,
        "images": reads.images_of([version]),
        "addresses_in": ways.addresses,
        "missing_in": ways.missing,
        "is_polish_alone": found.language != languages.current(),
    }
    return render(request, "portal/article.html", context)
