"""For tests of this and of other packages: who keeps the network, a type, a device, a cable in one line."""

from datetime import UTC, date, datetime
from typing import Any

from starostwo.infrastructure.models import Cable, CableEnd, Device, DeviceType, Port, Rack
from starostwo.office import testing as office
from starostwo.office.api import Actor, Right, actor_for
from starostwo.office.testing import make_place

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def administrator() -> Actor:
    """Wiktor Kabel keeps the network."""
    account = office.make_staff(
        "w.kabel", "Wiktor Kabel", unit="OR", title="informatyk", rights=[Right.MANAGE_NETWORK]
    )
    return actor_for(account, today=TODAY)


def technician() -> Actor:
    """Tomasz Krosny does what work orders say."""
    account = office.make_staff(
        "t.krosny", "Tomasz Krosny", unit="OR", title="technik", rights=[Right.WORK_ORDERS]
    )
    return actor_for(account, today=TODAY)


def make_type(model: str = "S24", **said: Any) -> DeviceType:
    """A type; a switch of one unit unless said otherwise."""
    told: dict[str, Any] = {"category": "SWITCH", "maker": "Test", "model": model, "units": 1} | said
    found, _ = DeviceType.objects.get_or_create(**told)
    return found


def make_rack(path: str = "SADOWA/0/003/R1", units: int = 42) -> Rack:
    """A rack in its place."""
    found, _ = Rack.objects.get_or_create(place=make_place(path), defaults={"units": units})
    return found


def make_device(name: str, *, ports: int = 0, kind: str = "INTERFACE", **said: Any) -> Device:
    """A device in room 105 with some ports of one kind, named by numbers."""
    told: dict[str, Any] = {"device_type": make_type(), "place": make_place()} | said
    told.setdefault("height", told["device_type"].units)
    device = Device.objects.create(name=name, **told)
    for number in range(1, ports + 1):
        Port.objects.create(device=device, kind=kind, position=number, name=str(number))
    return device


def make_panel(name: str, ports: int = 4, **said: Any) -> Device:
    """A panel whose front ports lead one by one to its rear ports."""
    device = make_device(name, device_type=make_type("P24", category="PANEL"), **said)
    for number in range(1, ports + 1):
        rear = Port.objects.create(device=device, kind="REAR", position=number, name=str(number))
        Port.objects.create(device=device, kind="FRONT", position=number, name=str(number), rear=rear)
    return device


def port(device: Device, name: str = "1", kind: str = "INTERFACE") -> Port:
    """A port by its name."""
    return Port.objects.get(device=device, kind=kind, name=name)


def join(one: Port, *others: Port, kind: str = "UTP6", **said: Any) -> Cable:
    """A cable from a port to another, or to several."""
    cable = Cable.objects.create(kind=kind, **said)
    CableEnd.objects.create(cable=cable, side="A", port=one)
    for position, other in enumerate(others, start=1):
        CableEnd.objects.create(cable=cable, side="B", position=position, port=other)
    return cable


def make_phone_line(mac: str) -> Device:
    """A telephone with this MAC, behind a socket of the wall, at a switch."""
    phone = make_device("TEL-1", ports=1, device_type=make_type("T1", category="PHONE", units=0))
    Port.objects.filter(device=phone).update(mac=mac)
    socket = make_panel("G-1", 1)
    join(port(phone), port(socket, kind="FRONT"))
    join(port(socket, kind="REAR"), port(make_device("SW-1", ports=1)))
    return phone
