"""What is read of publishing bodies."""

from starostwo.bulletin import access
from starostwo.bulletin.models import Body, BodyEditor
from starostwo.office.api import Actor


def open_body(slug: str) -> Body | None:
    """A body whose pages everybody sees."""
    return Body.objects.filter(is_open=True, slug=slug).first()


def all_bodies() -> list[Body | None]:
    """Whoever publishes: the county first, then the units."""
    return [None, *Body.objects.order_by("id")]


def edited_body(actor: Actor, slug: str) -> Body | None:
    """A body whose bulletin the person edits."""
    return access.edited_bodies(actor).filter(slug=slug).first()


def bodies_of(actor: Actor) -> list[Body]:
    """The bodies whose bulletins the person edits, by name."""
    return list(access.edited_bodies(actor).order_by("name", "id"))


def editors_of(body: Body) -> list[int]:
    """The accounts to which the body's pages were given."""
    return list(BodyEditor.objects.filter(body=body).order_by("id").values_list("account_id", flat=True))
