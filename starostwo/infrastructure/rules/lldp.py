"""What LLDP says, in words: identifiers of devices and ports by their subtypes, neighbours by the local port.

Standard: IEEE 802.1AB-2005, LLDP-MIB (numbers of subtypes from memory).
"""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass

CHASSIS_MAC, CHASSIS_ADDRESS = 4, 5
PORT_MAC, PORT_ADDRESS = 3, 4
ADDRESS_FAMILIES = {1: 4, 2: 16}  # IPv4, IPv6: length in octets
Row = Mapping[int, object]
Table = Mapping[tuple[int, ...], object]


@dataclass(frozen=True)
class Neighbour:
    """What one port of a device hears: who is at the other end of its cable."""

    local_port: str
    chassis: str
    port: str
    port_words: str
    name: str


def mac(octets: bytes) -> str:
    """A hardware address as people write it; empty when it is none."""
    return ":".join(f"{one:02x}" for one in octets) if len(octets) == 6 and any(octets) else ""


def identifier(subtype: object, value: object, *, of_port: bool) -> str:
    """An identifier of a chassis or of a port, by what its subtype says that it is."""
    octets = value if isinstance(value, bytes) else str(value).encode()
    if subtype == (PORT_MAC if of_port else CHASSIS_MAC):
        return mac(octets) or octets.hex()
    if subtype == (PORT_ADDRESS if of_port else CHASSIS_ADDRESS):
        if octets and ADDRESS_FAMILIES.get(octets[0]) == len(octets) - 1:
            return str(ipaddress.ip_address(octets[1:]))
        return octets.hex()
    return words(octets)


def words(value: object) -> str:
    """A text that a device says of itself, without what cannot be shown."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")
    return "".join(letter for letter in text if letter.isprintable()).strip()[:200]


def neighbours(local: Mapping[int, Table], remote: Mapping[int, Table]) -> list[Neighbour]:
    """Neighbours from the columns of lldpLocPortTable and lldpRemTable, by number of column.

    A row of the remote table is known by time mark, number of the local port and a running number.
    One port may hear several neighbours where a hub or a phone stands between.
    """
    ports = {
        key[0]: _port_name(local[2].get(key), value, local[4].get(key)) for key, value in local[3].items()
    }
    found = []
    for key in sorted(remote[5]):
        if len(key) != 3:
            continue
        found.append(
            Neighbour(
                local_port=ports.get(key[1], str(key[1])),
                chassis=identifier(remote[4].get(key), remote[5][key], of_port=False),
                port=_port_name(remote[6].get(key), remote[7].get(key, b""), remote[8].get(key)),
                port_words=words(remote[8].get(key)),
                name=words(remote[9].get(key)),
            )
        )
    return found


def _port_name(subtype: object, value: object, described: object) -> str:
    """A port is named as people know it: where its identifier is a hardware address, by its description."""
    if subtype == PORT_MAC and words(described):
        return words(described)
    return identifier(subtype, value, of_port=True)
