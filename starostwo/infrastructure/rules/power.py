"""Who feeds whom: the load of each outlet, strip, UPS and circuit, usual and when other feeds fail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WARN_AT, FULL_AT = 80, 100  # percent of what is borne; 80 leaves room for what starts at once


class PowerLoop(ValueError):
    """Something feeds itself through others."""


@dataclass(frozen=True)
class Load:
    """Watts that go through: as all feeds work, and when every other feed of each consumer fails."""

    usual: int
    worst: int


def loads(draws: Mapping[int, int], feeds: Mapping[int, Sequence[int]]) -> dict[int, Load]:
    """The load of each device with all that hangs on it; `feeds` names the suppliers of each device.

    A device with several suppliers takes an equal part from each; when the others fail, one bears all.
    """
    consumers: dict[int, list[int]] = {}
    for device, suppliers in feeds.items():
        for supplier in suppliers:
            consumers.setdefault(supplier, []).append(device)
    done: dict[int, tuple[float, float]] = {}
    walking: set[int] = set()

    def of(device: int) -> tuple[float, float]:
        if device in done:
            return done[device]
        if device in walking:
            raise PowerLoop(device)
        walking.add(device)
        usual = worst = float(draws.get(device, 0))
        for consumer in set(consumers.get(device, [])):
            one_usual, one_worst = of(consumer)
            parts = len(feeds[consumer])
            usual += one_usual * feeds[consumer].count(device) / parts
            worst += one_worst
        walking.discard(device)
        done[device] = (usual, worst)
        return done[device]

    everyone = {*draws, *feeds, *consumers}
    return {device: Load(*(round(value) for value in of(device))) for device in everyone}


def percent(load: int, capacity: int) -> int | None:
    """How full it is; None where nobody said what it bears."""
    return None if capacity <= 0 else round(100 * load / capacity)


def judged(load: Load, capacity: int) -> str:
    """good, warn or bad: by the usual load against the limit, and whether it bears the worst case."""
    usual, worst = percent(load.usual, capacity), percent(load.worst, capacity)
    if usual is None or worst is None:
        return "neutral"
    if usual > FULL_AT:
        return "bad"
    return "warn" if usual > WARN_AT or worst > FULL_AT else "good"
