"""Reads of cables with their ends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet

from starostwo.infrastructure import access
from starostwo.infrastructure.models import Cable, CableEnd
from starostwo.infrastructure.rules.kinds import CABLES
from starostwo.office.api import Actor
from starostwo.platform.polish import fold

NEWEST = ("-id",)
STATUSES = {"": "oprócz usuniętych", **dict(Cable.Status.choices)}


@dataclass(frozen=True)
class Wanted:
    """By what the list of cables is narrowed."""

    words: str = ""
    kind: str = ""
    status: str = ""

    @classmethod
    def told(cls, query: Mapping[str, str]) -> "Wanted":
        """Read it from an address; what is unknown narrows nothing."""
        kind, status = query.get("rodzaj", ""), query.get("stan", "")
        return cls(
            words=query.get("q", "").replace("\0", "")[:100],
            kind=kind if kind in CABLES else "",
            status=status if status in STATUSES else "",
        )


def visible(actor: Actor) -> QuerySet[Cable]:
    """Cables for whoever may see them."""
    return Cable.objects.all() if access.may_see(actor) else Cable.objects.none()


def listed(actor: Actor, wanted: Wanted) -> QuerySet[Cable]:
    """The cables that fit."""
    rows = visible(actor)
    for word in fold(wanted.words).split():
        rows = rows.filter(folded__contains=word)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    live = [one for one in Cable.Status.values if one != Cable.Status.REMOVED]
    return rows.filter(status=wanted.status) if wanted.status else rows.filter(status__in=live)


def one(cable_id: int, *, actor: Actor) -> Cable | None:
    """One cable."""
    return visible(actor).filter(pk=cable_id).first()


@dataclass
class Sides:
    """Where a cable ends."""

    near: list[CableEnd] = field(default_factory=list)
    far: list[CableEnd] = field(default_factory=list)


def with_ends(cables: Iterable[Cable]) -> list[tuple[Cable, Sides]]:
    """Cables with their ends; one query for all of them."""
    rows = list(cables)
    sides = {cable.pk: Sides() for cable in rows}
    ends = CableEnd.objects.filter(cable__in=sides).select_related("port__device__place")
    for end in ends.order_by("position"):
        (sides[end.cable_id].near if end.side == "A" else sides[end.cable_id].far).append(end)
    return [(cable, sides[cable.pk]) for cable in rows]


def labelled(label: str, *, actor: Actor) -> Cable | None:
    """A cable in use by its label."""
    return visible(actor).filter(label__iexact=label.strip()).exclude(status=Cable.Status.REMOVED).first()
