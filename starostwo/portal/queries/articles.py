"""What is read of pages and news: by the public what is shown, by editors everything."""

from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery

from starostwo.platform.paging import Page, keyset_page
from starostwo.portal import access
from starostwo.portal.models import Article, Image, UnitSite, Version, VersionImage

NEWS_KEY = ("-published_at", "-id")
PAGE_SIZE = 12


def news_page(cursor: str | None, site: UnitSite | None = None) -> Page[Article]:
    """One page of the news, the newest first."""
    return keyset_page(access.shown(Article.Kind.NEWS, site), key=NEWS_KEY, cursor=cursor, size=PAGE_SIZE)


def newest(count: int, site: UnitSite | None = None) -> list[Article]:
    """The newest news."""
    return list(access.shown(Article.Kind.NEWS, site).order_by(*NEWS_KEY)[:count])


def shown_pages(site: UnitSite | None = None) -> list[Article]:
    """All pages that are shown, by title."""
    return list(access.shown(Article.Kind.PAGE, site).order_by("published__title", "id"))


def shown_article(kind: str, slug: str, site: UnitSite | None = None) -> Article | None:
    """One page or news item that is shown."""
    return access.shown(kind, site).filter(slug=slug).first()


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
