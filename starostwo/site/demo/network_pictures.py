"""Floor plans and photos of the demonstration's network: drawn here, nobody's photographs."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

PLAN, PHOTO = (1600, 900), (1200, 800)
WALL, FLOOR, HALL, INK, PETROL, BRASS = "#1b2226", "#ffffff", "#f6f3ec", "#4a575e", "#14505c", "#c08a2d"


def room_box(index: int, count: int) -> tuple[float, float, float, float]:
    """Where a room lies on its plan, in parts of its sides: two rows along a corridor."""
    row = (count + 1) // 2
    side, place = divmod(index, row)
    left = 0.04 + 0.92 * place / row
    top = 0.06 if side == 0 else 0.58
    return left, top, left + 0.92 / row, top + 0.36


def floor_plan(codes: Sequence[str]) -> bytes:
    """Rooms in two rows along a corridor, each with its number."""
    width, height = PLAN
    image = Image.new("RGB", PLAN, HALL)
    draw = ImageDraw.Draw(image)
    draw.rectangle(
        (0.04 * width, 0.06 * height, 0.96 * width, 0.94 * height), fill=HALL, outline=WALL, width=8
    )
    for index, code in enumerate(codes):
        left, top, right, bottom = room_box(index, len(codes))
        box = (left * width, top * height, right * width, bottom * height)
        draw.rectangle(box, fill=FLOOR, outline=WALL, width=5)
        door = (left + right) / 2 * width
        y = bottom * height if top < 0.5 else top * height
        draw.line((door - 22, y, door + 22, y), fill=FLOOR, width=7)
        draw.text((left * width + 14, top * height + 12), code, fill=INK, font_size=26)
    return _as_bytes(image)


def photo(*, done: bool) -> bytes:
    """A rack before or after something was put into it."""
    image = Image.new("RGB", PHOTO, "#dfe9e6")
    draw = ImageDraw.Draw(image)
    draw.rectangle((300, 40, 900, 780), fill="#2f3a40", outline=WALL, width=10)
    for number in range(12):
        y = 70 + number * 58
        filled = number not in (4, 5) or done
        draw.rectangle((330, y, 870, y + 46), fill="#7d878c" if filled else "#1b2226")
        if filled:
            for at in range(16):
                draw.rectangle(
                    (350 + at * 31, y + 14, 370 + at * 31, y + 30), fill=PETROL if at % 3 else BRASS
                )
    return _as_bytes(image)


def _as_bytes(image: Image.Image) -> bytes:
    made = io.BytesIO()
    image.save(made, "PNG")
    return made.getvalue()
