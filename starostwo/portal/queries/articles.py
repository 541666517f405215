"""What is read of pages and news: by the public what is shown, by editors everything."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import ExtractYear
from django.utils.timezone import get_current_timezone, localtime

from starostwo.platform.paging import Page, keyset_page
from starostwo.portal import access
from starostwo.portal.models import Article, Image, UnitSite, Version, VersionImage
from starostwo.screens.api import languages

NEWS_KEY = ("-published_at", "-id")
PAGE_SIZE = 12


def news_page(
    cursor: str | None, site: UnitSite | None = None, language: str = languages.SOURCE
) -> Page[Article]:
    """One page of the news, the newest first."""
    return keyset_page(
        access.shown_in(language, Article.Kind.NEWS, site), key=NEWS_KEY, cursor=cursor, size=PAGE_SIZE
    )


def newest(count: int, site: UnitSite | None = None, language: str = languages.SOURCE) -> list[Article]:
    """The newest news."""
    return list(access.shown_in(language, Article.Kind.NEWS, site).order_by(*NEWS_KEY)[:count])


def shown_pages(site: UnitSite | None = None, language: str = languages.SOURCE) -> list[Article]:
    """All pages that are shown, by title."""
    return list(access.shown_in(language, Article.Kind.PAGE, site).order_by("published__title", "id"))


def shown_texts(kind: str, site: UnitSite) -> Iterator[Article]:
    """Everything of a kind that a unit's site shows, a few at a time."""
    return access.shown(kind, site).order_by("id").iterator(chunk_size=100)


def years_of_news(site: UnitSite) -> list[int]:
    """The years in which a site first published news, the newest first."""
    zone = get_current_timezone()
    years = access.shown(Article.Kind.NEWS, site).annotate(year=ExtractYear("published_at", tzinfo=zone))
    return sorted(set(years.values_list("year", flat=True)), reverse=True)


def year_of(moment: datetime) -> int:
    """The year in which a moment lies here."""
    return localtime(moment).year


def news_of_year(year: int, site: UnitSite) -> list[Article]:
    """The news of a site first published in a year, the newest first."""
    found = access.shown(Article.Kind.NEWS, site).filter(published_at__year=year)
    return list(found.order_by(*NEWS_KEY))


def shown_images(site: UnitSite) -> list[Image]:
    """The images that stand on what a site shows."""
    shown = Article.objects.filter(site=site, published__isnull=False).values("published_id")
    used = VersionImage.objects.filter(version__in=shown).values("image_id")
    return list(Image.objects.filter(pk__in=used, site=site).select_related("blob").order_by("id"))


def shown_article(kind: str, slug: str, site: UnitSite | None = None) -> Article | None:
    """One page or news item that is shown."""
    return access.published(kind, site).filter(slug=slug).first()


def shown_family(article: Article) -> dict[str, Article]:
    """The same text in each language in which it is shown."""
    root = article.original_id or article.pk
    family = access.published(article.kind, article.site).filter(Q(pk=root) | Q(original_id=root))
    return {one.language: one for one in family}


def translations(article_id: int) -> dict[str, Article]:
    """The translations of a text by their languages, shown or not, for editors."""
    found = Article.objects.filter(original_id=article_id).select_related("published")
    return {one.language: one for one in found}


def edited(kind: str, site: UnitSite | None = None) -> QuerySet[Article]:
    """Everything of a kind with the title and the number of the last version, for editors."""
    last = Version.objects.filter(article_id=OuterRef("pk")).order_by("-number")
    return Article.objects.filter(kind=kind, site=site).annotate(
        title=Subquery(last.values("title")[:1]),
        last_number=Subquery(last.values("number")[:1]),
        saved_at=Subquery(last.values("saved_at")[:1]),
    ).select_related("published")  # fmt: skip


def edited_page(kind: str, cursor: str | None, site: UnitSite | None = None) -> Page[Article]:
    """One page of the editors' list, the newest first."""
    return keyset_page(edited(kind, site), key=("-created_at", "-id"), cursor=cursor, size=30)


def versions(article_id: int) -> QuerySet[Version]:
    """The versions of an article, the newest first."""
    return Version.objects.filter(article_id=article_id).select_related("saved_by").order_by("-number")


def images_of(versions: Iterable[Version]) -> dict[int, Image]:
    """The images that these versions show, by their numbers."""
    return Image.objects.in_bulk(
        {
            int(block["image"])
            for version in versions
            for block in version.blocks
            if block["kind"] == "image" and block["image"].isdecimal()
        }
    )


def first_images(shown: Iterable[Article]) -> dict[int, Image]:
    """The first image of each text that has one, by the number of its version."""
    versions = [access.text_of(article) for article in shown]
    first = {
        version.pk: int(chosen)
        for version in versions
        if (chosen := next((b["image"] for b in version.blocks if b["kind"] == "image"), "")).isdecimal()
    }
    found = Image.objects.in_bulk(set(first.values())) if first else {}
    return {version: found[image] for version, image in first.items() if image in found}


def library_page(cursor: str | None, site: UnitSite | None = None) -> Page[Image]:
    """One page of the media library, the newest first."""
    return keyset_page(Image.objects.filter(site=site), key=("-added_at", "-id"), cursor=cursor, size=24)


def uses_of(image_id: int) -> list[Article]:
    """The articles of which some version shows the image."""
    shown = VersionImage.objects.filter(image_id=image_id).values("version__article_id")
    return list(Article.objects.filter(pk__in=shown).order_by("-created_at", "-id"))
