"""What devices measure: temperature, humidity, UPS, processor, discs; in thousandths of the unit.

Standards: UPS-MIB (RFC 1628), ENTITY-SENSOR-MIB (RFC 3433), HOST-RESOURCES-MIB (RFC 2790).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from starostwo.infrastructure.rules.lldp import words


class Kind(StrEnum):
    """What a gauge measures."""

    REACH = "REACH"
    TEMPERATURE = "TEMPERATURE"
    HUMIDITY = "HUMIDITY"
    UPS_CHARGE = "UPS_CHARGE"
    UPS_LOAD = "UPS_LOAD"
    UPS_LEFT = "UPS_LEFT"
    UPS_BATTERY = "UPS_BATTERY"
    CPU = "CPU"
    DISC = "DISC"


KINDS = {
    Kind.REACH: "czas odpowiedzi",
    Kind.TEMPERATURE: "temperatura",
    Kind.HUMIDITY: "wilgotność",
    Kind.UPS_CHARGE: "naładowanie UPS",
    Kind.UPS_LOAD: "obciążenie UPS",
    Kind.UPS_LEFT: "czas podtrzymania UPS",
    Kind.UPS_BATTERY: "praca UPS z baterii",
    Kind.CPU: "obciążenie procesora",
    Kind.DISC: "zajętość dysku",
}
UNITS = {
    Kind.REACH: "ms", Kind.TEMPERATURE: "°C", Kind.HUMIDITY: "%", Kind.UPS_CHARGE: "%", Kind.UPS_LOAD: "%",
    Kind.UPS_LEFT: "min", Kind.UPS_BATTERY: "s", Kind.CPU: "%", Kind.DISC: "%",
}  # fmt: skip
Table = Mapping[tuple[int, ...], object]
CELSIUS, HUMIDITY, IS_WELL = 8, 9, 1
# SensorDataScale: pico, nano, micro, milli, units, kilo
SCALES = {5: -12, 6: -9, 7: -6, 8: -3, 9: 0, 10: 3}
FIXED_DISC = "1.3.6.1.2.1.25.2.1.4"


@dataclass(frozen=True)
class Reading:
    """One measured value: what it measures, where it is found again, in thousandths of its unit."""

    kind: Kind
    key: str
    label: str
    value: int


# The scalars of UPS-MIB: object -> (kind, label, thousandths in one)
UPS_SCALARS = {
    "1.3.6.1.2.1.33.1.2.2.0": (Kind.UPS_BATTERY, "praca z baterii", 1000),
    "1.3.6.1.2.1.33.1.2.3.0": (Kind.UPS_LEFT, "czas podtrzymania", 1000),
    "1.3.6.1.2.1.33.1.2.4.0": (Kind.UPS_CHARGE, "naładowanie baterii", 1000),
    "1.3.6.1.2.1.33.1.2.7.0": (Kind.TEMPERATURE, "temperatura baterii", 1000),
}


def of_ups(scalars: Mapping[str, object], loads: Table) -> list[Reading]:
    """Battery and load of a UPS; a line of output that says nothing is left out."""
    found = [
        Reading(kind, oid, label, value * factor)
        for oid, (kind, label, factor) in UPS_SCALARS.items()
        if isinstance(value := scalars.get(oid), int)
    ]
    return found + [
        Reading(Kind.UPS_LOAD, f"ups-load.{key[0]}", f"obciążenie wyjścia {key[0]}", value * 1000)
        for key, value in sorted(loads.items())
        if key and isinstance(value, int)
    ]


def of_sensors(columns: Mapping[int, Table], names: Table) -> list[Reading]:
    """Temperatures and humidities of ENTITY-SENSOR-MIB that the device itself calls well."""
    found = []
    for key, kind in sorted(columns[1].items()):
        value, state = columns[4].get(key), columns[5].get(key)
        if kind not in (CELSIUS, HUMIDITY) or state != IS_WELL or not isinstance(value, int):
            continue
        scale, precision = columns[2].get(key, 9), columns[3].get(key, 0)
        power = SCALES.get(_whole(scale), 0) - _whole(precision) + 3
        milli = value * 10**power if power >= 0 else value // 10**-power
        which = Kind.TEMPERATURE if kind == CELSIUS else Kind.HUMIDITY
        name = words(names.get(key)) or f"czujnik {key[0]}"
        found.append(Reading(which, f"sensor.{key[0]}", name, milli))
    return found


def of_host(loads: Table, storage: Mapping[int, Table]) -> list[Reading]:
    """The mean load of all processors, and how full each fixed disc is."""
    numbers = [value for value in loads.values() if isinstance(value, int)]
    found = [Reading(Kind.CPU, "cpu", "procesor", sum(numbers) * 1000 // len(numbers))] if numbers else []
    for key, kind in sorted(storage[2].items()):
        size, used = storage[5].get(key), storage[6].get(key)
        if kind == FIXED_DISC and isinstance(size, int) and isinstance(used, int) and size > 0:
            name = words(storage[3].get(key)) or f"dysk {key[0]}"
            found.append(Reading(Kind.DISC, f"disc.{key[0]}", name, used * 100_000 // size))
    return found


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
