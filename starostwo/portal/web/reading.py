"""What everybody reads: news with its feeds, pages, images."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.views.decorators.http import require_safe

from starostwo.files import api as files
from starostwo.office import api as office
from starostwo.office.api import public
from starostwo.platform.paging import BadCursor
from starostwo.portal import access
from starostwo.portal.models import Article
from starostwo.portal.queries import articles as reads

FEEDS: dict[str, type[Atom1Feed | Rss201rev2Feed]] = {"atom.xml": Atom1Feed, "rss.xml": Rss201rev2Feed}
FED = 20
KEPT_SECONDS = 24 * 60 * 60


@public("aktualności są jawne")
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """The news, page by page, the newest first."""
    try:
        page = reads.news_page(request.GET.get("cursor"))
    except BadCursor:
        raise Http404 from None
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
    return render(request, "portal/pages.html", {"pages": reads.shown_pages()})


@public("strony powiatu są jawne")
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page about the county."""
    return _article(request, Article.Kind.PAGE, slug)


@public("kanały aktualności są jawne")
@require_safe
def feed(request: HttpRequest, name: str) -> HttpResponse:
    """The newest news for readers of feeds."""
    if name not in FEEDS:
        raise Http404
    publisher = office.office()
    made = FEEDS[name](
        title=f"Aktualności: {publisher.name if publisher else 'powiat'}",
        link=f"{settings.PUBLIC_URL}/aktualnosci/",
        description="Nowe wiadomości urzędu",
        language="pl",
        feed_url=f"{settings.PUBLIC_URL}/aktualnosci/{name}",
    )
    for article in reads.newest(FED):
        address = f"{settings.PUBLIC_URL}/aktualnosci/{article.slug}/"
        text = access.text_of(article)
        made.add_item(
            title=text.title,
            link=address,
            description=text.summary,
            unique_id=address,
            pubdate=article.published_at,
            updateddate=article.changed_at,
        )
    return HttpResponse(made.writeString("utf-8"), content_type=FEEDS[name].content_type)


@public("obrazy stron, które są opublikowane; pozostałe widzi redakcja")
@require_safe
def image(request: HttpRequest, image_id: int) -> HttpResponseBase:
    """An image of the library, from our own origin."""
    found = access.visible_image(getattr(request, "actor", None), image_id)
    if found is None:
        raise Http404
    response = files.download_response(found.blob, f"obraz-{image_id}.jpg", inline=True)
    response["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    return response


def _article(request: HttpRequest, kind: Article.Kind, slug: str) -> HttpResponse:
    found = reads.shown_article(kind, slug)
    if found is None:
        raise Http404
    version = access.text_of(found)
    context = {"article": found, "version": version, "images": reads.images_of([version])}
    return render(request, "portal/article.html", context)
