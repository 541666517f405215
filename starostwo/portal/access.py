"""Who may see and do what on the county web site and the sites of its units; the only place that says so.

What is published is for everybody, each site's own things on that site alone. Drafts, the library and all
acts are for editors: of the county's portal, or of the site that was given to them. `None` is the county.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from starostwo.bulletin import api as bulletin
from starostwo.office.api import Actor, Right
from starostwo.portal.models import Article, Image, UnitSite, Version, VersionImage
from starostwo.screens.api import languages


class NotAnEditor(Exception):
    """The person does not edit this site."""


def may_edit(actor: Actor | None, site: UnitSite | None = None) -> bool:
    """The portal is kept by its editors; a unit's site by those to whom it was given."""
    if actor is None:
        return False
    if site is None:
        return actor.may(Right.EDIT_PORTAL)
    return edited_sites(actor).filter(pk=site.pk).exists()


def demand_editor(actor: Actor, site: UnitSite | None = None) -> None:
    """Refuse whoever is no editor of the site."""
    if not may_edit(actor, site):
        raise NotAnEditor("Tę stronę zmienia jej redakcja.")


def may_set_up(actor: Actor) -> bool:
    """Sites, their domains and editors are the administrator's."""
    return actor.may(Right.ADMIN)


def edited_sites(actor: Actor) -> QuerySet[UnitSite]:
    """The sites of units that the person edits."""
    sites = UnitSite.objects.filter(body__in=bulletin.edited_bodies(actor))
    return sites if actor.may(Right.EDIT_SITES) else sites.none()


def visible_sites(actor: Actor) -> QuerySet[UnitSite]:
    """The sites that the person sees at the desk: all for who sets them up, else his own."""
    return UnitSite.objects.all() if may_set_up(actor) else edited_sites(actor)


def editable(actor: Actor) -> QuerySet[Article]:
    """The texts that the person edits, drafts too."""
    of_county = Q(site=None) if actor.may(Right.EDIT_PORTAL) else Q(pk__in=[])
    return Article.objects.filter(of_county | Q(site__in=edited_sites(actor)))


def shown(kind: str, site: UnitSite | None = None) -> QuerySet[Article]:
    """What the public sees of a kind on a site, with its text. Every public read of articles starts here."""
    return published(kind, site).filter(language=languages.SOURCE)


def published(kind: str, site: UnitSite | None = None) -> QuerySet[Article]:
    """What the public sees of a kind on a site in whichever language, with its text."""
    found = Article.objects.filter(kind=kind, site=site, published__isnull=False)
    return found.select_related("published", "original__published")


def shown_in(language: str, kind: str, site: UnitSite | None = None) -> QuerySet[Article]:
    """What readers of a language are shown: texts in it, and Polish ones that are not translated into it."""
    if language == languages.SOURCE:
        return shown(kind, site)
    translated = published(kind, site).filter(language=language, original_id=OuterRef("pk"))
    polish = Q(language=languages.SOURCE) & ~Exists(translated)
    return published(kind, site).filter(Q(Q(language=language) | polish))


def text_of(article: Article) -> Version:
    """The text that a shown article shows."""
    if article.published is None:
        raise Version.DoesNotExist(article.slug)
    return article.published


def visible_image(actor: Actor | None, image_id: int, site: UnitSite | None = None) -> Image | None:
    """An image that stands on a published page of the site; any of its library for an editor."""
    images = Image.objects.select_related("blob", "small").filter(pk=image_id, site=site)
    if not may_edit(actor, site):
        uses = VersionImage.objects.filter(image_id=OuterRef("pk"))
        showing = Article.objects.filter(published_id=OuterRef("version_id"), site=site)
        images = images.filter(Exists(uses.filter(Exists(showing))))
    return images.first()
