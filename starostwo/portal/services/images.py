"""The verbs of the media library: take a picture in, mend what is said of it."""

from datetime import datetime

from django.db import transaction

from starostwo.files import api as files
from starostwo.office.api import Actor
from starostwo.portal import access
from starostwo.portal.models import Image, UnitSite
from starostwo.portal.models.image import SMALL_SIDE
from starostwo.portal.services.noting import note

LONGEST_SIDE = 1600
LARGEST = 20_000_000


class NotAnImage(Exception):
    """The file is no picture that we can draw anew."""


class WithoutText(Exception):
    """A picture needs an alternative text, or to be marked as decorative, and not both."""


def add(
    content: bytes,
    *,
    actor: Actor,
    title: str,
    alt: str,
    is_decorative: bool,
    author: str,
    now: datetime,
    site: UnitSite | None = None,
) -> Image:
    """Take a picture into a site's library: drawn anew within limits, without what the camera wrote."""
    access.demand_editor(actor, site)
    _demand_text(alt, is_decorative)
    drawn = files.redraw(content, longest_side=LONGEST_SIDE)
    if drawn is None:
        raise NotAnImage("To nie jest obraz JPEG, PNG ani TIFF, który da się otworzyć. Wybierz inny plik.")
    blob = files.put(drawn.content, name="obraz.jpg", limit=LARGEST)
    is_large = max(drawn.width, drawn.height) > SMALL_SIDE
    smaller = files.redraw(content, longest_side=SMALL_SIDE) if is_large else None
    small = files.put(smaller.content, name="obraz.jpg", limit=LARGEST) if smaller else None
    with transaction.atomic():
        image = Image.objects.create(
            blob=blob,
            small=small,
            site=site,
            title=title,
            alt=alt.strip(),
            is_decorative=is_decorative,
            author=author,
            width=drawn.width,
            height=drawn.height,
            added_at=now,
            added_by_id=actor.account_id or None,
        )
        _note("add_image", image, actor=actor, now=now)
    return image


@transaction.atomic
def describe(
    image_id: int, *, actor: Actor, title: str, alt: str, is_decorative: bool, author: str, now: datetime
) -> Image:
    """Mend what the library says of a picture; pages that show it keep their own words."""
    image = Image.objects.select_for_update(of=("self",)).select_related("site").get(pk=image_id)
    access.demand_editor(actor, image.site)
    _demand_text(alt, is_decorative)
    image.title, image.alt, image.is_decorative, image.author = title, alt.strip(), is_decorative, author
    image.save(update_fields=["title", "alt", "is_decorative", "author"])
    _note("describe_image", image, actor=actor, now=now)
    return image


def _demand_text(alt: str, is_decorative: bool) -> None:
    if bool(alt.strip()) == is_decorative:
        raise WithoutText("Napisz tekst alternatywny albo zaznacz, że obraz jest ozdobny (jedno z dwojga).")


def _note(verb: str, image: Image, *, actor: Actor, now: datetime) -> None:
    payload = {
        "title": image.title,
        "alt": image.alt,
        "is_decorative": image.is_decorative,
        "author": image.author,
    }
    note(verb, f"portal.image:{image.pk}", actor=actor, payload=payload, now=now)
