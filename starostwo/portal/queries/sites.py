"""What is read of units' sites."""

from starostwo.office.api import Actor
from starostwo.portal import access
from starostwo.portal.models import SiteDeclaration, SiteEditor, UnitSite


def open_sites() -> list[UnitSite]:
    """The sites that everybody sees, by name."""
    return list(UnitSite.objects.filter(is_open=True).order_by("name", "id"))


def open_site(slug: str) -> UnitSite | None:
    """A site that everybody sees, by its place in the portal."""
    return UnitSite.objects.filter(is_open=True, slug=slug).first()


def site_of_host(host: str) -> UnitSite | None:
    """A site that everybody sees, by its domain."""
    return UnitSite.objects.filter(is_open=True, domain=host).exclude(domain="").first()


def last_declaration(site: UnitSite) -> SiteDeclaration | None:
    """The site's declaration that is in force."""
    return SiteDeclaration.objects.filter(site=site).order_by("-saved_at", "-id").first()


def seen_site(actor: Actor, slug: str) -> UnitSite | None:
    """A site that the person sees at the desk."""
    return access.visible_sites(actor).filter(slug=slug).first()


def editors_of(site: UnitSite) -> list[int]:
    """The accounts to which the site was given."""
    return list(SiteEditor.objects.filter(site=site).values_list("account_id", flat=True))
