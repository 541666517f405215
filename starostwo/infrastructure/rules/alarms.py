"""When a device is down, a link is gone, a value is out of its thresholds; what hides behind what.

Two answers missing in a row make a device down, one answer makes it up. A value leaves its alarm only when it
is back by a margin, so that one on the edge does not ring each minute.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from starostwo.infrastructure.rules.readings import Kind

DOWN, LINK, VALUE = "DOWN", "LINK", "VALUE"
CAUSES = {DOWN: "nie odpowiada", LINK: "brak połączenia", VALUE: "wartość poza progiem"}
MISSES_TO_DOWN = 2
UP_STATE, DOWN_STATE, UNKNOWN = "UP", "DOWN", "UNKNOWN"


class Level(StrEnum):
    """Where a value stands to its thresholds."""

    OK = "OK"
    LOW = "LOW"
    HIGH = "HIGH"


# Usual thresholds in thousandths: (low, high). A person may change each; from experience, not from law.
USUAL: Mapping[str, tuple[int | None, int | None]] = {
    Kind.TEMPERATURE: (5_000, 30_000),
    Kind.HUMIDITY: (20_000, 70_000),
    Kind.UPS_CHARGE: (50_000, None),
    Kind.UPS_LOAD: (None, 80_000),
    Kind.UPS_LEFT: (5_000, None),
    Kind.UPS_BATTERY: (None, 60_000),
    Kind.DISC: (None, 90_000),
}
MARGIN: Mapping[str, int] = {Kind.TEMPERATURE: 1_000, Kind.HUMIDITY: 2_000}
USUAL_MARGIN = 2_000


def after_answer(state: str, misses: int, *, answered: bool) -> tuple[str, int]:
    """The state of a device and its count of missing answers after one more check."""
    if answered:
        return UP_STATE, 0
    misses = min(misses + 1, 1000)
    return (DOWN_STATE if misses >= MISSES_TO_DOWN else state), misses


def level(kind: str, value: int, was: str, low: int | None, high: int | None) -> Level:
    """Where a value stands; one that was outside must come back by the margin."""
    margin = MARGIN.get(kind, USUAL_MARGIN)
    if high is not None and value > (high - margin if was == Level.HIGH else high):
        return Level.HIGH
    if low is not None and value < (low + margin if was == Level.LOW else low):
        return Level.LOW
    return Level.OK


def lost_links(before: Mapping[str, bool], now: Mapping[str, bool], cabled: Iterable[str]) -> set[str]:
    """Ports that have a cable and a link before, and none now."""
    return {name for name in cabled if before.get(name) and now.get(name) is False}


def parents(roots: Iterable[int], links: Iterable[tuple[int, int]]) -> dict[int, int]:
    """On which neighbour each device hangs: the one nearer to where monitoring stands, by the fewest hops.

    A device that hangs on two is down behind one of them only if both are down; see `hidden_by`.
    """
    near: dict[int, set[int]] = {}
    for one, other in links:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    above: dict[int, int] = {}
    queue = deque(sorted(roots))
    known = set(queue)
    while queue:
        here = queue.popleft()
        for there in sorted(near.get(here, ())):
            if there not in known:
                known.add(there)
                above[there] = here
                queue.append(there)
    return above


def reachable(roots: Iterable[int], links: Iterable[tuple[int, int]], down: Iterable[int]) -> set[int]:
    """Which devices could answer: those to which a way leads over devices that are up."""
    dead = set(down)
    open_links = [(one, other) for one, other in links if one not in dead and other not in dead]
    living = [root for root in roots if root not in dead]
    return {*living, *parents(living, open_links)}


@dataclass(frozen=True)
class Net:
    """Where monitoring stands and which devices are cabled to which."""

    roots: frozenset[int]
    links: tuple[tuple[int, int], ...]


def hidden_by(down: Iterable[int], net: Net) -> dict[int, int]:
    """For each device that is down only because all ways to it are: behind which one it hides.

    A device next to one that answers is down itself. All others hide behind the nearest such one.
    """
    dead = set(down)
    living = reachable(net.roots, net.links, dead)
    linked = {one for link in net.links for one in link}
    fronts = {
        one for link in net.links for one, other in (link, link[::-1]) if one in dead and other in living
    } | (dead & net.roots)
    found: dict[int, int] = {}
    inside = [(one, other) for one, other in net.links if one in dead and other in dead]
    above = parents(sorted(fronts), inside)
    for one in sorted((dead & linked) - fronts):
        at = one
        while at in above:
            at = above[at]
        if at != one:
            found[one] = at
    return found
