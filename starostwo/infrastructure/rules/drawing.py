"""The drawing of a rack: where each device lies in the picture, on which side."""

from collections.abc import Iterable
from dataclasses import dataclass

UNIT, WIDTH, MARGIN, HEAD = 22, 300, 26, 26
HUES = {
    "SWITCH": "net", "ROUTER": "net", "FIREWALL": "net", "ACCESS_POINT": "net",
    "SERVER": "work", "STORAGE": "work", "PANEL": "pass", "UPS": "power", "STRIP": "power",
}  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """A device as the drawing needs it."""

    id: int
    name: str
    category: str
    unit: int
    height: int
    face: str


@dataclass(frozen=True)
class Box:
    """A rectangle of the drawing with its words."""

    id: int
    name: str
    hue: str
    y: int
    height: int
    text_y: int
    is_other_side: bool


@dataclass(frozen=True)
class Side:
    """One side of a rack: its boxes and the numbers of its units."""

    title: str
    width: int
    height: int
    boxes: list[Box]
    numbers: list[tuple[int, int]]
    free: int


def side(units: int, devices: Iterable[Standing], face: str, title: str) -> Side:
    """The front or the rear; unit 1 is at the bottom, what stands on the other side alone is not drawn."""
    boxes, taken = [], 0
    for one in devices:
        if one.face not in (face, "BOTH"):
            continue
        y = HEAD + (units - one.unit - one.height + 1) * UNIT
        height = one.height * UNIT
        taken += one.height
        hue = HUES.get(one.category, "other")
        boxes.append(
            Box(
                one.id,
                _short(one.name),
                hue,
                y + 1,
                height - 2,
                y + height // 2 + 5,
                face == "REAR" and one.face == "BOTH",
            )
        )
    numbers = [(unit, HEAD + (units - unit) * UNIT + 15) for unit in range(units, 0, -1)]
    return Side(title, WIDTH, HEAD + units * UNIT + 6, boxes, numbers, units - taken)


def _short(name: str) -> str:
    return name if len(name) <= 34 else f"{name[:33]}…"
