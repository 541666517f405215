"""Pictures of the demonstration's web site: drawn here in the colours of the house, nobody's photographs."""

import io
import math
from collections.abc import Callable

from PIL import Image, ImageDraw

SIZE = (1600, 900)
SCALE = 2
SKY, SUN = ("#fbf6ea", "#dfe9e6"), "#ecd9b0"
HILLS = ("#c3d7d6", "#9dbcbe", "#6f9ba0")
PETROL, DEEP, BRASS, WATER = "#14505c", "#0d3a44", "#c08a2d", "#e8f0f1"
Draw = ImageDraw.ImageDraw


def picture(name: str) -> bytes:
    """A landscape of this name as a PNG."""
    width, height = SIZE[0] * SCALE, SIZE[1] * SCALE
    image = Image.new("RGB", (width, height), SKY[0])
    draw = ImageDraw.Draw(image)
    _sky(draw, width, height)
    DRAWN[name](draw, width, height)
    made = io.BytesIO()
    image.resize(SIZE, Image.Resampling.LANCZOS).save(made, "PNG")
    return made.getvalue()


def _sky(draw: Draw, width: int, height: int) -> None:
    above, below = (tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in SKY)
    for y in range(height):
        part = y / height
        colour = tuple(round(a + (b - a) * part) for a, b in zip(above, below, strict=True))
        draw.line([(0, y), (width, y)], fill=colour)


def _sun(draw: Draw, x: float, y: float, radius: float) -> None:
    draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=SUN)


def _hill(draw: Draw, width: int, height: int, *, at: float, swing: float, turn: float, colour: str) -> None:
    """A line of hills: two waves of different length."""
    points = [
        (
            x,
            height
            * (at + swing * math.sin(x / width * 5 + turn) + swing / 2 * math.sin(x / width * 11 + turn)),
        )
        for x in range(0, width + 40, 40)
    ]
    draw.polygon([*points, (width + 40, height), (0, height)], fill=colour)


def _hills(draw: Draw, width: int, height: int, turn: float) -> None:
    for number, colour in enumerate(HILLS):
        _hill(
            draw, width, height, at=0.5 + number * 0.1, swing=0.045, turn=turn + number * 1.7, colour=colour
        )


def _tree(draw: Draw, x: float, y: float, size: float, colour: str) -> None:
    draw.rectangle([x - size / 16, y - size / 2, x + size / 16, y], fill=colour)
    draw.ellipse([x - size / 3, y - size * 1.3, x + size / 3, y - size * 0.2], fill=colour)


def _bridge(draw: Draw, width: int, height: int) -> None:
    _sun(draw, width * 0.78, height * 0.3, height * 0.13)
    _hills(draw, width, height, 0.4)
    draw.rectangle([0, height * 0.8, width, height], fill=WATER)
    top, base = height * 0.62, height * 0.86
    draw.rectangle([0, top, width, base], fill=PETROL)
    for number in range(3):
        middle = width * (0.2 + number * 0.3)
        wide, high = width * 0.115, height * 0.19
        draw.ellipse([middle - wide, base - high, middle + wide, base + high], fill=HILLS[0])
        draw.rectangle([middle - wide, base, middle + wide, base + high], fill=WATER)
    draw.rectangle([0, base, width, height], fill=WATER)
    draw.rectangle([0, top - height * 0.014, width, top], fill=BRASS)
    for number in range(9):
        y = height * (0.89 + 0.012 * number)
        x = width * ((number * 0.37) % 0.8)
        draw.line([(x, y), (x + width * 0.12, y)], fill=HILLS[0], width=6)


def _fields(draw: Draw, width: int, height: int) -> None:
    _sun(draw, width * 0.2, height * 0.28, height * 0.11)
    _hills(draw, width, height, 2.2)
    _hill(draw, width, height, at=0.82, swing=0.03, turn=1.0, colour=PETROL)
    for number in range(11):
        x = width * (0.06 + number * 0.088)
        _tree(draw, x, height * (0.83 + 0.02 * math.sin(number)), height * (0.07 + 0.02 * (number % 3)), DEEP)
    for number in range(7):
        start = width * (0.05 + number * 0.15)
        draw.line([(start, height), (start + width * 0.06, height * 0.86)], fill="#2a6773", width=10)


def _turbines(draw: Draw, width: int, height: int) -> None:
    _sun(draw, width * 0.55, height * 0.42, height * 0.16)
    _hills(draw, width, height, 4.0)
    for x, y, size in ((0.24, 0.66, 0.34), (0.5, 0.62, 0.44), (0.76, 0.67, 0.3)):
        foot, hub = (width * x, height * y), (width * x, height * (y - size))
        draw.polygon(
            [(foot[0] - 14, foot[1]), (foot[0] + 14, foot[1]), (hub[0] + 5, hub[1]), (hub[0] - 5, hub[1])],
            fill="#ffffff",
        )
        for blade in range(3):
            angle = blade * 2 * math.pi / 3 + x * 5
            tip = (
                hub[0] + height * size * 0.55 * math.sin(angle),
                hub[1] - height * size * 0.55 * math.cos(angle),
            )
            draw.line([hub, tip], fill="#ffffff", width=14)
        draw.ellipse([hub[0] - 16, hub[1] - 16, hub[0] + 16, hub[1] + 16], fill=BRASS)
    _hill(draw, width, height, at=0.84, swing=0.03, turn=0.0, colour=PETROL)


DRAWN: dict[str, Callable[[Draw, int, int], None]] = {"most": _bridge, "pola": _fields, "wiatrak": _turbines}
PICTURES = {
    "most": ("Most na Bzurze", "Rysunek mostu o trzech przęsłach nad rzeką"),
    "pola": ("Pola i drzewa", "Rysunek pól i łagodnych wzgórz z rzędem drzew"),
    "wiatrak": ("Wiatraki", "Rysunek trzech wiatraków na wzgórzu"),
}
