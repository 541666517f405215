"""What is read of units' sites."""

from starostwo.office.api import Actor
from starostwo.portal import access
from starostwo.portal.models import UnitSite


def open_sites() -> list[UnitSite]:
    """The sites that everybody sees, by name."""
    return list(UnitSite.objects.filter(is_open=True).order_by("name", "id"))


def open_site(slug: str) -> UnitSite | None:
    """A site that everybody sees, by its place in the portal."""
    return UnitSite.objects.filter(is_open=True, slug=slug).select_related("body").first()


def site_of_host(host: str) -> UnitSite | None:
    """A site that everybody sees, by its domain."""
    found = UnitSite.objects.filter(is_open=True, domain=host).exclude(domain="")
    return found.select_related("body").first()


def seen_site(actor: Actor, slug: str) -> UnitSite | None:
    """A site that the person sees at the desk."""
    return access.visible_sites(actor).select_related("body").filter(slug=slug).first()
