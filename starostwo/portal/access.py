"""Who may see and do what on the county web site; the only place that says so.

What is published is for everybody. Drafts, the library and all acts are for editors of the portal.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from starostwo.office.api import Actor, Right
from starostwo.portal.models import Article, Image, Version, VersionImage
from starostwo.screens.api import languages


class NotAnEditor(Exception):
    """The person does not edit the portal."""


def may_edit(actor: Actor | None) -> bool:
    """Pages, news, events and whatever else the portal shows are kept by its editors."""
    return actor is not None and actor.may(Right.EDIT_PORTAL)


def demand_editor(actor: Actor) -> None:
    """Refuse whoever is no editor."""
    if not may_edit(actor):
        raise NotAnEditor("Strony portalu zmienia jego redakcja.")


def published(kind: str) -> QuerySet[Article]:
    """What the public sees of a kind in whichever language, with its text."""
    found = Article.objects.filter(kind=kind, published__isnull=False)
    return found.select_related("published", "original__published")


def shown(kind: str, language: str = languages.SOURCE) -> QuerySet[Article]:
    """What readers of a language are shown: texts in it, and Polish ones that are not translated into it.

    Every public list of articles starts here.
    """
    found = published(kind)
    if language != languages.SOURCE:
        translated = published(kind).filter(language=language, original_id=OuterRef("pk"))
        polish = Q(language=languages.SOURCE) & ~Exists(translated)
        return found.filter(Q(Q(language=language) | polish))
    return found.filter(language=languages.SOURCE)


def text_of(article: Article) -> Version:
    """The text that a shown article shows."""
    if article.published is None:
        raise Version.DoesNotExist(article.slug)
    return article.published


def visible_image(actor: Actor | None, image_id: int) -> Image | None:
    """An image that stands on a published page; any of the library for an editor."""
    images = Image.objects.select_related("blob").filter(pk=image_id)
    if not may_edit(actor):
        uses = VersionImage.objects.filter(image_id=OuterRef("pk"))
        showing = Article.objects.filter(published_id=OuterRef("version_id"))
        images = images.filter(Exists(uses.filter(Exists(showing))))
    return images.first()
