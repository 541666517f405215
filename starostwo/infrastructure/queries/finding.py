"""One search over the infrastructure: names, serial numbers, addresses, MACs, labels of cables."""

from dataclasses import dataclass, field
from ipaddress import ip_address

from starostwo.infrastructure import access
from starostwo.infrastructure.models import Address, Cable, Device, Port
from starostwo.infrastructure.queries import cables, devices
from starostwo.infrastructure.rules.ports import plain_mac
from starostwo.office.api import Actor

MOST = 25
SHORTEST = 2


@dataclass(frozen=True)
class Found:
    """What fits the words, of each kind at most so many."""

    devices: list[Device] = field(default_factory=list)
    ports: list[Port] = field(default_factory=list)
    cables: list[Cable] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing fits."""
        return not (self.devices or self.ports or self.cables or self.addresses)


def find(words: str, *, actor: Actor) -> Found:
    """Look for the words everywhere; the four queries are fixed."""
    told = words.replace("\0", "").strip()[:100]
    if len(told) < SHORTEST or not access.may_see(actor):
        return Found()
    ports = Port.objects.filter(mac=plain_mac(told)).select_related("device__place")
    return Found(
        list(devices.listed(actor, devices.Wanted(words=told)).order_by(*devices.BY_NAME)[:MOST]),
        list(ports.order_by("id")[:MOST]),
        list(cables.listed(actor, cables.Wanted(words=told)).order_by("-id")[:MOST]),
        _addresses(told),
    )


def _addresses(told: str) -> list[Address]:
    rows = Address.objects.select_related("port__device", "prefix")
    try:
        return list(rows.filter(address=str(ip_address(told))))
    except ValueError:
        return list(rows.filter(name__startswith=told.lower()).exclude(name="").order_by("name", "id")[:MOST])
