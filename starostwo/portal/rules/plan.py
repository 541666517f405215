"""A plain plan of places, drawn by ourselves: points on a sheet, and a schematic outline around them.

The outline is no boundary of the county: it is the smallest round shape that holds all places, and says so.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

Point = tuple[float, float]
WIDTH, MARGIN = 480.0, 54.0
LOWEST, HIGHEST = 200.0, 600.0
ROUND = 16
NEAREST, PUSHES = 44.0, 60


@dataclass(frozen=True)
class Plan:
    """A sheet with its size, the outline's path and the places in the order in which they were given."""

    width: int
    height: int
    outline: str
    points: tuple[Point, ...]


def plan_of(places: Sequence[Point]) -> Plan:
    """Lay places given as (latitude, longitude) on a sheet with the north above."""
    if not places:
        return Plan(int(WIDTH), int(LOWEST), "", ())
    stretch = math.cos(math.radians(sum(latitude for latitude, _ in places) / len(places)))
    flat = [(longitude * stretch, -latitude) for latitude, longitude in places]
    left, top = min(x for x, _ in flat), min(y for _, y in flat)
    wide = max(max(x for x, _ in flat) - left, (max(y for _, y in flat) - top) / 1.2, 0.01)
    scale = (WIDTH - 2 * MARGIN) / wide
    points = _apart([(MARGIN + (x - left) * scale, MARGIN + (y - top) * scale) for x, y in flat])
    height = min(max(max(y for _, y in points) + MARGIN, LOWEST), HIGHEST)
    return Plan(int(WIDTH), round(height), _outline(points), points)


def _apart(points: list[Point]) -> tuple[Point, ...]:
    """The points moved so that none covers another; those that are far from others stay."""
    moved = [list(point) for point in points]
    for _ in range(PUSHES):
        for one, other in combinations(range(len(moved)), 2):
            across, down = (moved[other][axis] - moved[one][axis] for axis in (0, 1))
            distance = math.hypot(across, down)
            if distance >= NEAREST:
                continue
            turn = math.atan2(down, across) if distance else float(other)
            push = (NEAREST - distance) / 2 + 0.1
            for which, sign in ((one, -1), (other, 1)):
                moved[which][0] += sign * push * math.cos(turn)
                moved[which][1] += sign * push * math.sin(turn)
    edge = NEAREST / 2
    return tuple((round(min(max(x, edge), WIDTH - edge), 1), round(max(y, edge), 1)) for x, y in moved)


def _outline(points: Iterable[Point]) -> str:
    """The hull of circles around all points as a path."""
    around = [
        (x + 0.75 * MARGIN * math.cos(turn), y + 0.75 * MARGIN * math.sin(turn))
        for x, y in points
        for turn in (2 * math.pi * step / ROUND for step in range(ROUND))
    ]
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in _hull(around)) + "Z"


def _hull(points: Iterable[Point]) -> list[Point]:
    """The corners of the smallest convex shape that holds all points."""
    ordered = sorted(set(points))
    return _chain(ordered)[:-1] + _chain(ordered[::-1])[:-1]


def _chain(ordered: Sequence[Point]) -> list[Point]:
    chain: list[Point] = []
    for point in ordered:
        while len(chain) > 1 and _turns_right(chain[-2], chain[-1], point):
            chain.pop()
        chain.append(point)
    return chain


def _turns_right(first: Point, second: Point, third: Point) -> bool:
    turn = (second[0] - first[0]) * (third[1] - first[1]) - (second[1] - first[1]) * (third[0] - first[0])
    return turn <= 0
