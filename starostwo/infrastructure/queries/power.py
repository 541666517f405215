"""Reads of power: what hangs on what, and how much each circuit, UPS and strip bears."""

from dataclasses import dataclass

from starostwo.infrastructure import access
from starostwo.infrastructure.models import CableEnd, Device, ElectricCircuit, Feed, PowerPanel
from starostwo.infrastructure.rules.kinds import OUTLET, POWER_IN, POWER_OUT, STRIP, UPS
from starostwo.infrastructure.rules.power import Load, PowerLoop, judged, loads, percent
from starostwo.office.api import Actor

NOTHING = Load(0, 0)


@dataclass(frozen=True)
class Borne:
    """A circuit or a device with what it bears and what it may bear."""

    thing: ElectricCircuit | Device
    load: Load
    capacity: int
    hanging: list[Device]

    @property
    def percent(self) -> int | None:
        """How full it is in usual work."""
        return percent(self.load.usual, self.capacity)

    @property
    def worst_percent(self) -> int | None:
        """How full it is when the other feeds fail."""
        return percent(self.load.worst, self.capacity)

    @property
    def mood(self) -> str:
        """How full it is in a colour."""
        return judged(self.load, self.capacity)


@dataclass(frozen=True)
class Grid:
    """The power of the office; `loop` names a device that feeds itself, and then nothing is counted."""

    circuits: list[Borne]
    supplies: list[Borne]
    loop: Device | None = None


def grid(actor: Actor) -> Grid:
    """All circuits, supplies and strips with their loads."""
    if not access.may_see(actor):
        return Grid([], [])
    feeds = _feeds()
    devices = Device.objects.select_related("device_type", "place").in_bulk(
        {*feeds, *(one for suppliers in feeds.values() for one in suppliers)}
    )
    on_circuit = dict(Feed.objects.values_list("device_id", "circuit_id"))
    circuits = list(ElectricCircuit.objects.select_related("panel__place").order_by("panel__name", "name"))
    suppliers = Device.objects.filter(pk__in=on_circuit).select_related("device_type", "place")
    devices |= {one.pk: one for one in suppliers}
    draws = {pk: _draw(device) for pk, device in devices.items()}
    try:
        found = loads(draws, feeds)
    except PowerLoop as error:
        return Grid([], [], loop=devices.get(error.args[0]))
    return Grid(
        [_of_circuit(one, on_circuit, devices, found) for one in circuits],
        [
            Borne(device, found.get(pk, NOTHING), device.device_type.capacity, _below(pk, feeds, devices))
            for pk, device in sorted(devices.items(), key=lambda one: one[1].name)
            if device.device_type.category in (UPS, STRIP)
        ],
    )


def _draw(device: Device) -> int:
    """What was measured, else what the maker says; what only leads power on draws nothing itself."""
    if device.device_type.category in (OUTLET, STRIP):
        return 0
    return device.draw if device.draw is not None else device.device_type.draw


def _feeds() -> dict[int, list[int]]:
    """Which devices feed which, one entry for each connected inlet."""
    rows = CableEnd.objects.filter(
        port__kind__in=(POWER_IN, POWER_OUT), cable__status__in=("CONNECTED", "LEAVING")
    )
    by_cable: dict[int, dict[str, int]] = {}
    for cable, kind, device in rows.values_list("cable_id", "port__kind", "port__device_id"):
        by_cable.setdefault(cable, {})[kind] = device
    feeds: dict[int, list[int]] = {}
    for ends in by_cable.values():
        if POWER_IN in ends and POWER_OUT in ends:
            feeds.setdefault(ends[POWER_IN], []).append(ends[POWER_OUT])
    return feeds


def _below(supplier: int, feeds: dict[int, list[int]], devices: dict[int, Device]) -> list[Device]:
    return [devices[pk] for pk, suppliers in feeds.items() if supplier in suppliers and pk in devices]


def _of_circuit(
    circuit: ElectricCircuit, on: dict[int, int], devices: dict[int, Device], found: dict[int, Load]
) -> Borne:
    hanging = [devices[device] for device, which in on.items() if which == circuit.pk and device in devices]
    every = [found.get(device.pk, Load(_draw(device), _draw(device))) for device in hanging]
    load = Load(sum(one.usual for one in every), sum(one.worst for one in every))
    return Borne(circuit, load, circuit.amperes * circuit.volts * circuit.phases, hanging)


def panels(actor: Actor) -> list[PowerPanel]:
    """All switchboards."""
    rows = PowerPanel.objects.select_related("place") if access.may_see(actor) else PowerPanel.objects.none()
    return list(rows.order_by("name"))


def circuits(actor: Actor) -> list[ElectricCircuit]:
    """All circuits with their switchboards."""
    rows = ElectricCircuit.objects.select_related("panel")
    rows = rows if access.may_see(actor) else rows.none()
    return list(rows.order_by("panel__name", "name"))
