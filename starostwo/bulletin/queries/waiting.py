"""What waits for an editor: versions that others wrote and he may approve."""

from starostwo.bulletin import access
from starostwo.bulletin.models import Version
from starostwo.office.api import Actor

SHOWN = 6


def to_approve(actor: Actor) -> list[Version]:
    """Return the versions that wait for this person's approval, the oldest first."""
    mine = access.edited_sections(actor)
    waiting = Version.objects.filter(state="SUBMITTED", item__ended_at=None, item__section__in=mine)
    others = waiting.exclude(authors__contains=[actor.account_id])
    return list(others.select_related("entered_by").defer("text").order_by("saved_at", "id")[:SHOWN])
