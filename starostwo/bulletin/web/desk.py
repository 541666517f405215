"""Which bulletin a screen of the editors keeps: the county's, or that of the body that the address names."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from starostwo.bulletin import access
from starostwo.bulletin.models import Body
from starostwo.bulletin.queries.bodies import bodies_of, edited_body
from starostwo.office.api import ActorRequest
from starostwo.screens.api import Tab

VIEWS = (
    ("editing", "Informacje"),
    ("waiting", "W przygotowaniu"),
    ("sections", "Działy"),
    ("rules", "Reguły publikacji"),
    ("reports", "Sprawozdania"),
    ("declaration", "Deklaracja dostępności"),
    ("publications", "Publikacje i sprawdzenia"),
)
NAMES = ("editing", "new_item", "waiting", "sections", "plant_tree", "publications")
COUNTY = "BIP powiatu"


@dataclass(frozen=True)
class Desk:
    """The editors' screens of one bulletin, and the way to its pages."""

    body: Body | None
    at: dict[str, str]

    @property
    def front(self) -> str:
        """The first page of the bulletin."""
        return f"{self.body.place if self.body else '/'}bip/"

    @property
    def mark(self) -> str:
        """What stands before a heading, so that an editor of several bulletins knows where he is."""
        return self.body.name if self.body else "BIP"

    def tabs(self, current: str) -> list[Tab]:
        """The views of the editors; the one that is open is marked."""
        return [
            Tab(label, self.at[name], is_current=name == current) for name, label in VIEWS if name in self.at
        ]


def desk_of(body: Body | None) -> Desk:
    """The screens of a body's bulletin."""
    if body is None:
        return Desk(
            None, {name: reverse(f"bulletin:{name}") for name in (*NAMES, "rules", "reports", "declaration")}
        )
    return Desk(body, {name: reverse(f"bulletin:body_{name}", args=[body.slug]) for name in NAMES})


def of_body(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Find the bulletin; whoever does not edit it does not learn that it is there."""

    @wraps(view)
    def found(request: ActorRequest, body: str = "", **named: Any) -> HttpResponse:
        asked = edited_body(request.actor, body) if body else None
        if (asked is None) == bool(body) or not access.may_edit(request.actor, asked):
            raise Http404
        return view(request, desk_of(asked), **named)

    return found


def desks(request: ActorRequest, here: Desk) -> list[Tab]:
    """The bulletins that the person edits, when there are several."""
    found = [desk_of(one) for one in bodies_of(request.actor)]
    if access.may_edit(request.actor):
        found.insert(0, desk_of(None))
    if len(found) < 2:
        return []
    return [
        Tab(one.body.name if one.body else COUNTY, one.at["editing"], is_current=one.body == here.body)
        for one in found
    ]
