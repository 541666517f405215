"""What a device says of itself over SNMP: system, ports, neighbours, gauges; whole or only what changes."""

from dataclasses import dataclass, field

from starostwo.infrastructure.rules import readings
from starostwo.infrastructure.rules.lldp import Neighbour, mac, neighbours, words
from starostwo.infrastructure.rules.readings import Reading
from starostwo.infrastructure.services.probing_snmp import Conversation, Table

SYSTEM = "1.3.6.1.2.1.1"
IF_TABLE, IF_X_TABLE = "1.3.6.1.2.1.2.2.1", "1.3.6.1.2.1.31.1.1.1"
LLDP_LOCAL, LLDP_REMOTE = "1.0.8802.1.1.2.1.3.7.1", "1.0.8802.1.1.2.1.4.1.1"
LLDP_CHASSIS_KIND, LLDP_CHASSIS = "1.0.8802.1.1.2.1.3.1.0", "1.0.8802.1.1.2.1.3.2.0"
UPS_LOADS = "1.3.6.1.2.1.33.1.4.4.1.5"
SENSORS, ENTITY_NAMES = "1.3.6.1.2.1.99.1.1.1", "1.3.6.1.2.1.47.1.1.1.1.7"
PROCESSORS, STORAGE = "1.3.6.1.2.1.25.3.3.1.2", "1.3.6.1.2.1.25.2.3.1"
IS_UP, LOOPBACK = 1, 24
BRIDGES = (1, 53, 131, 135, 209)  # other, virtual, tunnel, VLAN, bridge: nothing to plug a cable into


@dataclass(frozen=True)
class System:
    """Who the device says that it is."""

    name: str = ""
    description: str = ""
    location: str = ""


@dataclass(frozen=True)
class Interface:
    """One port as the device knows it."""

    index: int
    name: str
    alias: str
    mac: str
    is_up: bool
    is_on: bool
    megabits: int


@dataclass(frozen=True)
class Seen:
    """All that discovery reads from one device."""

    system: System
    chassis: str = ""
    interfaces: list[Interface] = field(default_factory=list)
    neighbours: list[Neighbour] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)


async def everything(talk: Conversation) -> Seen:
    """Read a device whole; it lacks what it does not know."""
    said = await talk.values([f"{SYSTEM}.{n}.0" for n in (1, 5, 6)] + [LLDP_CHASSIS_KIND, LLDP_CHASSIS])
    system = System(*(words(said.get(f"{SYSTEM}.{n}.0")) for n in (5, 1, 6)))
    octets = said.get(LLDP_CHASSIS, b"")
    chassis = mac(octets) if isinstance(octets, bytes) else ""
    return Seen(system, chassis, await interfaces(talk), await _neighbours(talk), await _readings(talk))


async def interfaces(talk: Conversation) -> list[Interface]:
    """The ports into which a cable can be plugged."""
    first = {column: await talk.column(f"{IF_TABLE}.{column}") for column in (2, 3, 6, 7, 8)}
    more = {column: await talk.column(f"{IF_X_TABLE}.{column}") for column in (1, 15, 18)}
    found = []
    for key, described in sorted(first[2].items()):
        if first[3].get(key) in (LOOPBACK, *BRIDGES) or len(key) != 1:
            continue
        octets = first[6].get(key, b"")
        found.append(
            Interface(
                index=key[0],
                name=words(more[1].get(key)) or words(described),
                alias=words(more[18].get(key)),
                mac=mac(octets) if isinstance(octets, bytes) else "",
                is_up=first[8].get(key) == IS_UP,
                is_on=first[7].get(key) == IS_UP,
                megabits=_whole(more[15].get(key)),
            )
        )
    return found


async def states(talk: Conversation) -> dict[str, bool]:
    """Which ports have a link, by their names: two columns, what a round of monitoring asks each minute."""
    names = await talk.column(f"{IF_X_TABLE}.1") or await talk.column(f"{IF_TABLE}.2")
    up = await talk.column(f"{IF_TABLE}.8")
    return {words(name): up.get(key) == IS_UP for key, name in names.items()}


async def gauges(talk: Conversation) -> list[Reading]:
    """What the device measures now."""
    return await _readings(talk)


async def _neighbours(talk: Conversation) -> list[Neighbour]:
    remote = {column: await talk.column(f"{LLDP_REMOTE}.{column}") for column in (4, 5, 6, 7, 8, 9)}
    if not remote[5]:
        return []
    local = {column: await talk.column(f"{LLDP_LOCAL}.{column}") for column in (2, 3, 4)}
    return neighbours(local, remote)


async def _readings(talk: Conversation) -> list[Reading]:
    ups = await talk.values(readings.UPS_SCALARS)
    loads: Table = await talk.column(UPS_LOADS) if ups else {}
    sensors = {1: await talk.column(f"{SENSORS}.1")}
    if sensors[1]:
        sensors |= {column: await talk.column(f"{SENSORS}.{column}") for column in (2, 3, 4, 5)}
    names: Table = await talk.column(ENTITY_NAMES) if sensors[1] else {}
    processors = await talk.column(PROCESSORS)
    kinds = await talk.column(f"{STORAGE}.2") if processors else {}
    storage = {2: kinds} | {column: await talk.column(f"{STORAGE}.{column}") for column in (3, 5, 6) if kinds}
    found = readings.of_ups(ups, loads)
    found += readings.of_sensors(sensors, names) if sensors[1] else []
    return found + (readings.of_host(processors, storage) if kinds else [])


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
