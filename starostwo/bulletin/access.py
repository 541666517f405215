"""Who may do what with the bulletins; the only place that says so.

What is published is for everybody. Drafts are for editors: of the county's bulletin those with the right to
it, of a unit's those to whom it was given. `None` is the county.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from starostwo.bulletin.models import Body, BodyEditor, Item, Section, Version
from starostwo.office.api import Actor, Right

EDITING = (Right.EDIT_BULLETIN, Right.EDIT_SITES)


class NotAnEditor(Exception):
    """The person may not edit this bulletin."""


def may_edit(actor: Actor, body: Body | None = None) -> bool:
    """Editors write informations, keep the sections and withdraw, each in the bulletins that are his."""
    if body is None:
        return actor.may(Right.EDIT_BULLETIN)
    return edited_bodies(actor).filter(pk=body.pk).exists()


def demand_editor(actor: Actor, body: Body | None = None) -> None:
    """Refuse whoever is no editor of the body's bulletin."""
    if not may_edit(actor, body):
        raise NotAnEditor(actor.name)


def edited_bodies(actor: Actor) -> QuerySet[Body]:
    """The units whose pages were given to the person; taken away with the right to edit at all."""
    own = BodyEditor.objects.filter(body_id=OuterRef("pk"), account_id=actor.account_id)
    bodies = Body.objects.filter(Exists(own))
    return bodies if any(actor.may(right) for right in EDITING) else bodies.none()


def edited_sections(actor: Actor) -> QuerySet[Section]:
    """The sections of all bulletins that the person edits."""
    of_county = Q(body=None) if actor.may(Right.EDIT_BULLETIN) else Q(pk__in=[])
    return Section.objects.filter(of_county | Q(body__in=edited_bodies(actor)))


def demand_keeper_of_the_sign(actor: Actor) -> None:
    """The official sign stands on every page of every bulletin: the administrator puts it there."""
    if not actor.may(Right.ADMIN):
        raise NotAnEditor(actor.name)


def may_keep_rules(actor: Actor) -> bool:
    """Editors, and who co-ordinates the office's records, say which classes are published where."""
    return may_edit(actor) or actor.may(Right.COORDINATE)


def may_approve(actor: Actor, version: Version) -> bool:
    """Another editor than those who wrote the version; the database refuses them too."""
    return may_edit(actor, body_of(version.item)) and actor.account_id not in version.authors


def body_of(item: Item) -> Body | None:
    """Whose information it is."""
    return item.section.body


def readers_of(body: Body | None) -> str:
    """The token of who finds what a bulletin shows: everybody, in that bulletin's own search."""
    return "public" if body is None else f"body:{body.slug}"
