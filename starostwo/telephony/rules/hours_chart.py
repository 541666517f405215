"""A bar chart of the hours of a day: calls that came, and in them those that nobody answered."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, FOOT, HEAD, GAP = 720, 200, 22, 18, 4


@dataclass(frozen=True)
class Column:
    """One hour, measured for the drawing."""

    hour: int
    came: int
    lost: int
    x: int
    y: int
    width: int
    height: int
    lost_y: int
    lost_height: int

    @property
    def middle(self) -> int:
        """Where its words stand."""
        return self.x + self.width // 2


@dataclass(frozen=True)
class HoursChart:
    """All columns and the size of the drawing."""

    columns: tuple[Column, ...]
    base: int = HEIGHT - FOOT
    words_y: int = HEIGHT - 6
    width: int = WIDTH
    height: int = HEIGHT


def hours_chart(hours: Sequence[tuple[int, int, int]]) -> HoursChart | None:
    """Columns from the first to the last hour with calls; nothing without calls."""
    busy = [hour for hour, came, _ in hours if came]
    if not busy:
        return None
    drawn = [row for row in hours if busy[0] <= row[0] <= busy[-1]]
    most = max(came for _, came, _ in drawn)
    step, base, whole = WIDTH // len(drawn), HEIGHT - FOOT, HEIGHT - FOOT - HEAD
    columns = []
    for place, (hour, came, lost) in enumerate(drawn):
        tall, low = _length(came, most, whole), _length(lost, most, whole)
        columns.append(
            Column(hour, came, lost, place * step + GAP, base - tall, step - 2 * GAP, tall, base - low, low)
        )
    return HoursChart(tuple(columns))


def _length(count: int, most: int, whole: int) -> int:
    return max(1, round(whole * count / most)) if count else 0
