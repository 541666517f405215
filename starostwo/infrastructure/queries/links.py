"""Which active ports are joined, through whatever panels and sockets lie between, for many ports at once."""

from collections.abc import Iterable, Sequence

from django.db import connection

from starostwo.infrastructure.models import Address, Device, Port
from starostwo.infrastructure.queries.tracing import FARTHEST, WALK
from starostwo.infrastructure.rules.differences import KnownDevice, KnownPort
from starostwo.infrastructure.rules.kinds import INTERFACE

FAR_ENDS = f"""
    SELECT walked.path[1], walked.port_id, mine.device_id, far.device_id
    FROM ({WALK}) walked
    JOIN infrastructure_port far ON far.id = walked.port_id
    JOIN infrastructure_port mine ON mine.id = walked.path[1]
    WHERE walked.via = 'C' AND far.kind = '{INTERFACE}' AND far.id <> walked.path[1]
"""  # noqa: S608 - the text of another query of this package
CABLED = """
    SELECT p.id FROM infrastructure_port p JOIN infrastructure_cableend e ON e.port_id = p.id
    JOIN infrastructure_cable c ON c.id = e.cable_id AND c.status IN ('CONNECTED', 'LEAVING')
    WHERE p.kind = 'INTERFACE' AND p.device_id = ANY(%s)
"""


def far_ends(ports: Sequence[int]) -> list[tuple[int, int, int, int]]:
    """For each port the active port at the other end: port, far port, and the devices of both."""
    with connection.cursor() as cursor:
        cursor.execute(FAR_ENDS, {"ports": list(ports), "farthest": FARTHEST})
        return list(cursor.fetchall())


def links_of(devices: Iterable[int]) -> list[tuple[int, int, int, int]]:
    """The links of these devices."""
    with connection.cursor() as cursor:
        cursor.execute(CABLED, [list(devices)])
        ports = [row[0] for row in cursor.fetchall()]
    return far_ends(ports)


def known_devices() -> list[KnownDevice]:
    """The register as discovery compares it: devices not withdrawn, their addresses, ports and far ends."""
    devices = Device.objects.exclude(state=Device.State.WITHDRAWN).order_by("id").values_list("id", "name")
    ports = Port.objects.filter(kind=INTERFACE).order_by("position", "id")
    rows = list(ports.values_list("id", "device_id", "name", "mac", "end__cable_id"))
    far = {one: other for one, other, _, _ in far_ends([row[0] for row in rows if row[4] is not None])}
    by_device: dict[int, list[KnownPort]] = {}
    for pk, device, name, mac, cable in rows:
        by_device.setdefault(device, []).append(KnownPort(pk, name, mac, far.get(pk), cable))
    addresses: dict[int, set[str]] = {}
    for device, address in Address.objects.exclude(port=None).values_list("port__device_id", "address"):
        addresses.setdefault(device, set()).add(str(address))
    return [
        KnownDevice(pk, name, frozenset(addresses.get(pk, ())), tuple(by_device.get(pk, ())))
        for pk, name in devices
    ]
