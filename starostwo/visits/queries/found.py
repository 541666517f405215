"""Visits as their person finds them: by a link, or on his account."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from starostwo.office.api import Actor
from starostwo.visits import access
from starostwo.visits.models import Link, Visit


def hash_of(token: str) -> str:
    """What is kept of the secret of a link."""
    return sha256(token.encode()).hexdigest()


def by_link(token: str, purpose: Link.Purpose, *, now: datetime) -> Link | None:
    """The link with this secret while it works for this purpose; None for unknown, used and expired alike."""
    links = Link.objects.filter(token_hash=hash_of(token), purpose=purpose, used_at=None, expires_at__gt=now)
    return links.select_related("visit__place__seat", "visit__counter").first()


def matters_of(visit: Visit) -> list[str]:
    """The names of the matters of a visit."""
    rows = visit.matters.select_related("matter").order_by("matter__position", "matter__name")
    return [row.matter.name for row in rows]


def my_visits(actor: Actor, *, now: datetime) -> list[Visit]:
    """The visits of a resident that are still to come."""
    found = access.visible_visits(actor).filter(state__in=Visit.OPEN, ends_at__gt=now)
    return list(found.select_related("place__seat").prefetch_related("matters__matter").order_by("starts_at"))


@dataclass(frozen=True)
class OwnVisit:
    """A visit as its person is given it: where, when, for what, and how it stands."""

    place: str
    starts_at: datetime
    matters: tuple[str, ...]
    state: str
    is_open: bool


def all_my_visits(actor: Actor, *, now: datetime) -> list[OwnVisit]:
    """All visits on the resident's account that are still his, the oldest first."""
    found = access.visible_visits(actor).select_related("place").prefetch_related("matters__matter")
    return [
        OwnVisit(
            place=visit.place.name,
            starts_at=visit.starts_at,
            matters=tuple(row.matter.name for row in visit.matters.all()),
            state=visit.get_state_display(),
            is_open=visit.state in Visit.OPEN and visit.ends_at > now,
        )
        for visit in found.order_by("starts_at", "id")
    ]
