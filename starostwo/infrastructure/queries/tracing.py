"""Where a signal goes from a port: along cables, through panels and sockets, to a device or to nothing.

A front port leads on to its rear port. A rear port with several front ports is a trunk: what entered it at a
position leaves the other trunk at the same position. A breakout goes on to each of its far ends.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection

from starostwo.infrastructure import access
from starostwo.infrastructure.models import Cable, Device, Port
from starostwo.infrastructure.queries.devices import TAGGED
from starostwo.infrastructure.rules.kinds import PASSIVE
from starostwo.infrastructure.rules.ports import in_short
from starostwo.office.api import Actor

FARTHEST = 60
START, CABLE, INNER = "S", "C", "I"
WALK = """
    WITH RECURSIVE walk AS (
        SELECT p.id AS port_id, 0 AS depth, 'S'::text AS via, NULL::bigint AS cable_id, 'S'::text AS way,
            ARRAY[]::integer[] AS stack, ARRAY[p.id] AS path
        FROM infrastructure_port p WHERE p.id = ANY(%(ports)s)
        UNION ALL
        SELECT n.port_id, w.depth + 1, n.via, n.cable_id, CASE WHEN w.depth = 0 THEN n.via ELSE w.way END,
            n.stack, w.path || n.port_id
        FROM walk w JOIN infrastructure_port here ON here.id = w.port_id
        CROSS JOIN LATERAL (
            SELECT far.port_id, 'C'::text AS via, far.cable_id, w.stack
            FROM infrastructure_cableend near
            JOIN infrastructure_cableend far ON far.cable_id = near.cable_id AND far.side <> near.side
            WHERE near.port_id = w.port_id AND w.via <> 'C'
            UNION ALL
            SELECT here.rear_id, 'I', NULL, here.rear_position::integer || w.stack
            WHERE here.rear_id IS NOT NULL AND w.via <> 'I'
            UNION ALL
            SELECT front.id, 'I', NULL, w.stack[2:]
            FROM infrastructure_port front
            WHERE front.rear_id = w.port_id AND w.via <> 'I'
            AND (cardinality(w.stack) = 0 OR front.rear_position = w.stack[1])
        ) n
        WHERE n.port_id <> ALL (w.path) AND w.depth < %(farthest)s
    )
    SELECT port_id, depth, via, cable_id, way, path FROM walk ORDER BY way DESC, path
"""


@dataclass(frozen=True)
class Hop:
    """One port of a trace: how it was reached, by which cable."""

    port: Port
    depth: int
    via: str
    cable: Cable | None
    path: tuple[int, ...]

    @property
    def device(self) -> Device:
        """Whose port it is."""
        return self.port.device


@dataclass
class Stop:
    """A device on a line: where the signal comes in, where it leaves, by which cable it goes on."""

    device: Device
    ports: list[Port]
    cable: Cable | None = None
    is_start: bool = False

    @property
    def vlan(self) -> object:
        """The VLAN of its first port that has one."""
        return next((port.vlan for port in self.ports if port.vlan), None)

    @property
    def tagged(self) -> str:
        """The VLANs with a tag of its ports, in short."""
        return in_short({one.number for port in self.ports for one in port.tagged.all()})

    @property
    def is_passive(self) -> bool:
        """Whether it only leads on."""
        return self.device.device_type.category in PASSIVE


@dataclass(frozen=True)
class Trace:
    """All that is reached from a port, and the same as lines to read from one end to the other."""

    start: Port
    hops: list[Hop]
    lines: list[list[Stop]] = field(default_factory=list)

    @property
    def ends(self) -> list[Port]:
        """The ports where the lines end, without the start."""
        return [
            line[at].ports[at] for line in self.lines for at in (0, -1) if line[at].ports[at] != self.start
        ]


def trace(port_id: int, *, actor: Actor) -> Trace | None:
    """Everything that hangs on a port; None where there is no such port for the person."""
    if not access.may_see(actor):
        return None
    with connection.cursor() as cursor:
        cursor.execute(WALK, {"ports": [port_id], "farthest": FARTHEST})
        rows = cursor.fetchall()
    if not rows:
        return None
    ports = _ports(row[0] for row in rows)
    cables = Cable.objects.in_bulk({row[3] for row in rows if row[3]})
    hops = [
        Hop(ports[port], depth, via, cables.get(cable), tuple(path))
        for port, depth, via, cable, _, path in rows
    ]
    ways = {
        way: [hop for hop, row in zip(hops, rows, strict=True) if row[4] == way] for way in (CABLE, INNER)
    }
    return Trace(ports[port_id], hops, _lines(hops, ways[CABLE], ways[INNER]))


def port_with_mac(mac: str, *, actor: Actor) -> int | None:
    """The port of a device in use that has this MAC, written in small letters with colons."""
    if not access.may_see(actor):
        return None
    rows = Port.objects.filter(mac=mac).exclude(device__state=Device.State.WITHDRAWN).order_by("id")
    return rows.values_list("pk", flat=True).first()


def _ports(ids: Iterable[int]) -> dict[int, Port]:
    rows = Port.objects.select_related("device__device_type", "device__place", "vlan")
    return rows.prefetch_related(TAGGED).in_bulk(set(ids))


def _lines(hops: list[Hop], outward: list[Hop], inward: list[Hop]) -> list[list[Stop]]:
    """Each way from one end to another through the start; from the start alone where one side forks."""
    by_path = {hop.path: hop for hop in hops}
    outs, ins = _leaves(by_path, outward), _leaves(by_path, inward)
    if len(ins) == 1 and outs:
        return [_stops([*reversed(ins[0]), *out[1:]], turned=len(ins[0])) for out in outs]
    return [_stops(way) for way in [*outs, *ins] or [hops[:1]]]


def _leaves(by_path: dict[tuple[int, ...], Hop], way: list[Hop]) -> list[list[Hop]]:
    """The longest ways, each as its hops from the start on."""
    begun = {hop.path[:-1] for hop in way}
    return [
        [by_path[hop.path[:length]] for length in range(1, len(hop.path) + 1)]
        for hop in way
        if hop.path not in begun
    ]


def _stops(way: list[Hop], turned: int = 0) -> list[Stop]:
    """Ports one after another as devices; the first `turned` hops are read against their way."""
    stops: list[Stop] = []
    for at, hop in enumerate(way):
        step = way[at - 1] if at and at < turned else hop
        cable = step.cable if at else None
        if at and step.via == INNER:
            stops[-1].ports.append(hop.port)
        else:
            if stops:
                stops[-1].cable = cable
            stops.append(Stop(hop.device, [hop.port]))
        stops[-1].is_start = stops[-1].is_start or hop.depth == 0
    return stops
