"""Publishing bodies, kept by whoever sets units up: what their pages say of them, and who edits them."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date

from starostwo.bulletin.access import EDITING
from starostwo.bulletin.models import Body, BodyEditor
from starostwo.office import api as office
from starostwo.office.api import Actor, Right


class NotTheAdministrator(Exception):
    """Only the administrator sets up bodies."""


@dataclass(frozen=True)
class Plate:
    """What the pages of a body say of it."""

    name: str
    address: str
    phone: str
    email: str
    domain: str
    is_open: bool


def keep_body(slug: str, plate: Plate, *, actor: Actor) -> Body:
    """Set a body up, or change what its pages say; within the caller's transaction, which notes it."""
    _demand_administrator(actor)
    body, _ = Body.objects.update_or_create(slug=slug, defaults=asdict(plate))
    return body


def give_body_to(body: Body, account_ids: Collection[int], *, actor: Actor) -> None:
    """Let these people and nobody else edit the body's pages; within the caller's transaction."""
    _demand_administrator(actor)
    BodyEditor.objects.filter(body=body).exclude(account_id__in=account_ids).delete()
    for account_id in account_ids:
        BodyEditor.objects.get_or_create(body=body, account_id=account_id)


def able_to_edit(on: date) -> dict[int, str]:
    """Those to whom a body may be given, with their names."""
    return {one.id: one.name for right in EDITING for one in office.people(on, right=right)}


def _demand_administrator(actor: Actor) -> None:
    if not actor.may(Right.ADMIN):
        raise NotTheAdministrator(actor.name)
