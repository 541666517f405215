"""Reads of discovery: runs, what was seen in them, proposals, accesses."""

import math
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from starostwo.infrastructure import access
from starostwo.infrastructure.models import DiscoveryRun, Prefix, Proposal, Sighting, SnmpAccess
from starostwo.office.api import Actor

MOST_DRAWN = 60
WIDTH, HEIGHT = 640, 420


def runs(actor: Actor) -> QuerySet[DiscoveryRun]:
    """The runs."""
    rows = DiscoveryRun.objects.select_related("access")
    return rows if access.may_manage(actor) else rows.none()


def run(run_id: int, *, actor: Actor) -> DiscoveryRun | None:
    """One run."""
    return runs(actor).filter(pk=run_id).first()


def sightings(found: DiscoveryRun) -> QuerySet[Sighting]:
    """What answered in a run."""
    return Sighting.objects.filter(run=found).select_related("device")


def accesses(actor: Actor) -> list[SnmpAccess]:
    """The accesses, without their secrets."""
    rows = SnmpAccess.objects.defer("sealed").order_by("name")
    return list(rows) if access.may_manage(actor) else []


def networks(actor: Actor) -> list[tuple[str, str]]:
    """Networks of the register that may be looked over."""
    rows = Prefix.objects.filter(is_container=False).order_by("network") if access.may_manage(actor) else []
    return [(str(one.network), f"{one.network} · {one.name}") for one in rows]


def proposals(actor: Actor, *, is_open: bool = True) -> QuerySet[Proposal]:
    """Proposals: those to be decided, or all."""
    rows = Proposal.objects.select_related("device", "run", "cable")
    rows = rows if access.may_manage(actor) else rows.none()
    return rows.filter(state=Proposal.State.OPEN) if is_open else rows.exclude(state=Proposal.State.OPEN)


def proposal(proposal_id: int, *, actor: Actor) -> Proposal | None:
    """One proposal that waits for a decision."""
    return proposals(actor).filter(pk=proposal_id).first()


@dataclass(frozen=True)
class Node:
    """A host on the drawing."""

    name: str
    address: str
    x: int
    y: int


@dataclass(frozen=True)
class Edge:
    """A link on the drawing: who hears whom, through which ports."""

    one: Node
    other: Node
    ports: tuple[str, str]


@dataclass(frozen=True)
class Drawing:
    """What a run saw, on a circle."""

    nodes: list[Node]
    edges: list[Edge]
    width: int = WIDTH
    height: int = HEIGHT


def drawing(rows: list[Sighting]) -> Drawing:
    """Hosts that told of neighbours, and the links between them, each once."""
    told = [row for row in rows if row.told.get("ports")][:MOST_DRAWN]
    nodes, by_mark = [], dict[str, Node]()
    for number, row in enumerate(told):
        angle = 2 * math.pi * number / max(len(told), 1) - math.pi / 2
        x = round(WIDTH / 2 + (WIDTH / 2 - 110) * math.cos(angle))
        y = round(HEIGHT / 2 + (HEIGHT / 2 - 50) * math.sin(angle))
        node = Node(row.name or str(row.address), str(row.address), x, y)
        nodes.append(node)
        macs = [row.told.get("chassis", ""), *(port["mac"] for port in row.told["ports"])]
        by_mark |= {mark: node for mark in (row.name, *macs) if mark}
    edges: dict[frozenset[tuple[str, str]], Edge] = {}
    for row, node in zip(told, nodes, strict=True):
        for link in row.told.get("links", []):
            _draw(edges, node, by_mark.get(link["chassis"]) or by_mark.get(link["name"]), link)
    return Drawing(nodes, list(edges.values()))


def _draw(
    edges: dict[frozenset[tuple[str, str]], Edge], node: Node, there: Node | None, link: dict[str, Any]
) -> None:
    if there is None or there == node:
        return
    ends = ((node.address, link["local_port"]), (there.address, link["port"]))
    edges.setdefault(frozenset(ends), Edge(node, there, (link["local_port"], link["port"])))
