"""What the network shows and the register does not say, as differences for a person to decide.

A seen host is a known device when its address, one of its MACs or its name is known, in this order. Links are
compared only where both ends are known ports; a link that both ends report is one difference.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

METHODS = ("ICMP", "TCP", "SNMP")
NEW_HOST, NEW_ADDRESS, RENAMED = "NEW_HOST", "NEW_ADDRESS", "RENAMED"
NEW_PORT, RENAMED_PORT, CHANGED_MAC = "NEW_PORT", "RENAMED_PORT", "CHANGED_MAC"
NEW_LINK, OTHER_LINK = "NEW_LINK", "OTHER_LINK"
KINDS = {
    NEW_HOST: "nowe urządzenie",
    NEW_ADDRESS: "nowy adres",
    RENAMED: "inna nazwa urządzenia",
    NEW_PORT: "nowy port",
    RENAMED_PORT: "inna nazwa portu",
    CHANGED_MAC: "inny adres MAC",
    NEW_LINK: "połączenie bez kabla",
    OTHER_LINK: "kabel prowadzi gdzie indziej",
}


@dataclass(frozen=True)
class SeenPort:
    """A port as a device told of it."""

    name: str
    mac: str = ""
    megabits: int = 0


@dataclass(frozen=True)
class SeenLink:
    """What a port hears by LLDP."""

    local_port: str
    chassis: str
    port: str
    name: str


@dataclass(frozen=True)
class SeenHost:
    """A host that answered."""

    address: str
    name: str = ""
    chassis: str = ""
    ports: tuple[SeenPort, ...] = ()
    links: tuple[SeenLink, ...] = ()

    @property
    def macs(self) -> set[str]:
        """All hardware addresses under which it may be known."""
        return {port.mac for port in self.ports if port.mac} | ({self.chassis} if self.chassis else set())


@dataclass(frozen=True)
class KnownPort:
    """A port of the register, with the active port at the other end of its cable."""

    id: int
    name: str
    mac: str = ""
    far: int | None = None
    cable: int | None = None


@dataclass(frozen=True)
class KnownDevice:
    """A device of the register."""

    id: int
    name: str
    addresses: frozenset[str] = frozenset()
    ports: tuple[KnownPort, ...] = ()


@dataclass(frozen=True)
class Difference:
    """One difference: what kind, of what, what the register says and what the network shows."""

    kind: str
    key: str
    known: str = ""
    seen: str = ""
    device: int | None = None
    port: int | None = None
    other: int | None = None
    cable: int | None = None
    told: Mapping[str, object] = field(default_factory=dict)


class Register:
    """The known devices, found by address, MAC and name."""

    def __init__(self, devices: Iterable[KnownDevice]) -> None:
        self.devices = list(devices)
        self._by_address = {one: device for device in self.devices for one in device.addresses}
        self._by_mac = {port.mac: device for device in self.devices for port in device.ports if port.mac}
        self._by_name = {device.name.casefold(): device for device in self.devices}
        self.ports = {port.id: (device, port) for device in self.devices for port in device.ports}

    def device_of(self, host: SeenHost) -> KnownDevice | None:
        """Which known device answered."""
        if found := self._by_address.get(host.address):
            return found
        for mac in sorted(host.macs):
            if found := self._by_mac.get(mac):
                return found
        return self._by_name.get(host.name.casefold()) if host.name else None

    def at_other_end(self, link: SeenLink, chassis: Mapping[str, KnownDevice]) -> KnownDevice | None:
        """Which known device a port hears."""
        by_mac = chassis.get(link.chassis) or self._by_mac.get(link.chassis)
        return by_mac or (self._by_name.get(link.name.casefold()) if link.name else None)

    def words(self, port: int) -> str:
        """A port with its device, for people."""
        device, found = self.ports[port]
        return f"{device.name}, {found.name}"


def differences(hosts: Iterable[SeenHost], register: Register) -> list[Difference]:
    """Everything that differs, each thing once, in a lasting order."""
    seen = sorted(hosts, key=lambda host: host.address)
    matched = [(host, register.device_of(host)) for host in seen]
    chassis = {mac: device for host, device in matched if device for mac in host.macs}
    found: dict[str, Difference] = {}
    for host, device in matched:
        each = _new_host(host) if device is None else _of_device(host, device)
        found |= {one.key: one for one in each}
    for host, device in matched:
        if device is not None:
            found |= {one.key: one for one in _links(host, device, register, chassis)}
    return list(found.values())


def _new_host(host: SeenHost) -> Iterator[Difference]:
    ports = [{"name": port.name, "mac": port.mac, "megabits": port.megabits} for port in host.ports]
    told = {"address": host.address, "name": host.name, "ports": ports}
    words = f"{host.name or 'bez nazwy'}, {host.address}, portów: {len(ports)}"
    yield Difference(NEW_HOST, f"host:{host.chassis or host.address}", "", words, told=told)


def _of_device(host: SeenHost, device: KnownDevice) -> Iterator[Difference]:
    if host.address not in device.addresses:
        yield Difference(
            NEW_ADDRESS, f"address:{device.id}:{host.address}", "", host.address, device.id,
            told={"address": host.address},
        )  # fmt: skip
    if host.name and host.name.casefold() != device.name.casefold():
        yield Difference(
            RENAMED, f"name:{device.id}:{host.name}", device.name, host.name, device.id,
            told={"name": host.name},
        )  # fmt: skip
    by_name = {port.name: port for port in device.ports}
    by_mac = {port.mac: port for port in device.ports if port.mac}
    here = {port.name for port in host.ports}
    for port in host.ports:
        known = by_name.get(port.name)
        moved = by_mac.get(port.mac)
        if known is None and moved is not None and moved.name not in here:
            yield Difference(
                RENAMED_PORT, f"port-name:{moved.id}:{port.name}", moved.name, port.name, device.id, moved.id,
                told={"name": port.name},
            )  # fmt: skip
        elif known is None:
            told = {"name": port.name, "mac": port.mac, "megabits": port.megabits}
            yield Difference(NEW_PORT, f"port:{device.id}:{port.name}", "", port.name, device.id, told=told)
        elif port.mac and port.mac != known.mac:
            yield Difference(
                CHANGED_MAC, f"mac:{known.id}:{port.mac}", known.mac, port.mac, device.id, known.id,
                told={"mac": port.mac},
            )  # fmt: skip


def _links(
    host: SeenHost, device: KnownDevice, register: Register, chassis: Mapping[str, KnownDevice]
) -> Iterator[Difference]:
    mine = {port.name: port for port in device.ports}
    for link in host.links:
        there = register.at_other_end(link, chassis)
        near = mine.get(link.local_port)
        far = next((port for port in there.ports if port.name == link.port), None) if there else None
        if near is None or far is None or there is device or near.far == far.id or far.far == near.id:
            continue
        one, other = sorted((near, far), key=lambda port: port.id)
        cable = one.cable or other.cable
        known = ""
        if holder := next((port for port in (one, other) if port.cable), None):
            known = f"{register.words(holder.id)} — {_far_words(holder, register)}"
        yield Difference(
            OTHER_LINK if cable else NEW_LINK, f"link:{one.id}:{other.id}", known,
            f"{register.words(one.id)} — {register.words(other.id)}",
            register.ports[one.id][0].id, one.id, other.id, cable,
        )  # fmt: skip


def _far_words(port: KnownPort, register: Register) -> str:
    return register.words(port.far) if port.far in register.ports else "bez urządzenia na końcu"
