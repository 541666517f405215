"""Reads of VLANs, prefixes and addresses: usage, the next free one."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from starostwo.infrastructure import access
from starostwo.infrastructure.models import Address, Prefix, Vlan
from starostwo.office.api import Actor

MOST_USABLE = 1 << 20
NEXT_FREE = """
    WITH net AS (SELECT network AS n FROM infrastructure_prefix WHERE id = %(prefix)s),
    bounds AS (
        SELECT CASE WHEN family(n) = 4 AND masklen(n) >= 31 THEN host(network(n))::inet
                    ELSE host(network(n))::inet + 1 END AS lowest,
               CASE WHEN family(n) = 4 AND masklen(n) < 31 THEN host(broadcast(n))::inet - 1
                    ELSE host(broadcast(n))::inet END AS highest
        FROM net
    ),
    taken AS (
        SELECT host(a.address)::inet AS address, lead(host(a.address)::inet) OVER (ORDER BY a.address) AS next
        FROM infrastructure_address a WHERE a.prefix_id = %(prefix)s
    ),
    gaps AS (
        SELECT lowest AS free FROM bounds WHERE NOT EXISTS (SELECT 1 FROM taken WHERE address = bounds.lowest)
        UNION ALL
        SELECT address + 1 FROM taken WHERE next IS DISTINCT FROM address + 1
    )
    SELECT host(min(free)) FROM gaps, bounds WHERE free >= lowest AND free <= highest
"""


def next_free(prefix: Prefix) -> str:
    """The lowest address of the network that nobody has; empty when it is full."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_FREE, {"prefix": prefix.pk})
        [found] = cursor.fetchone() or [None]
    return str(found or "")


@dataclass(frozen=True)
class PrefixRow:
    """A network as a list shows it: how deep it lies, how much of it is used."""

    prefix: Prefix
    depth: int
    used: int
    usable: int

    @property
    def percent(self) -> int:
        """How full it is."""
        return min(100, round(100 * self.used / self.usable)) if self.usable else 0

    @property
    def mood(self) -> str:
        """How full it is in a colour."""
        return "bad" if self.percent >= 95 else "warn" if self.percent >= 80 else "good"


PREFIXES = """
    SELECT p.id,
        (SELECT count(*) FROM infrastructure_prefix o WHERE o.network >> p.network) AS depth,
        CASE WHEN p.is_container THEN 0 ELSE
            (SELECT count(*) FROM infrastructure_address a WHERE a.prefix_id = p.id) END AS used
    FROM infrastructure_prefix p ORDER BY p.network LIMIT 500
"""


def prefix_rows(actor: Actor) -> list[PrefixRow]:
    """All networks in the order of their addresses, the smaller below the larger."""
    if not access.may_see(actor):
        return []
    with connection.cursor() as cursor:
        cursor.execute(PREFIXES)
        told = cursor.fetchall()
    found = Prefix.objects.select_related("vlan", "place").in_bulk([row[0] for row in told])
    return [PrefixRow(found[pk], depth, used, usable(found[pk])) for pk, depth, used in told]


def usable(prefix: Prefix) -> int:
    """How many addresses of a network may be used; the count of a large IPv6 network is cut off."""
    network = prefix.network
    count = min(int(network.num_addresses), MOST_USABLE)
    return count - 2 if network.version == 4 and network.prefixlen < 31 else count


def prefix(prefix_id: int, *, actor: Actor) -> Prefix | None:
    """One network."""
    if not access.may_see(actor):
        return None
    return Prefix.objects.select_related("vlan", "place").filter(pk=prefix_id).first()


def addresses(actor: Actor, *, prefix: Prefix | None = None) -> QuerySet[Address]:
    """Addresses with whose they are."""
    if not access.may_see(actor):
        return Address.objects.none()
    rows = Address.objects.select_related("port__device", "prefix")
    return rows.filter(prefix=prefix) if prefix else rows


def vlans(actor: Actor) -> list[Vlan]:
    """All VLANs by number."""
    return list(Vlan.objects.order_by("number")) if access.may_see(actor) else []
