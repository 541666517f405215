"""Tones made and found: by them a test knows that a voice went from one end to the other.

Detection is Goertzel's algorithm: the share of a window's energy that lies at one frequency.
"""

import math
from array import array
from collections.abc import Iterator

from .g711 import RATE

FRAME = 160  # samples: 20 ms at 8000 Hz
LEVEL = 8000  # of 32767: about -12 dBm0
QUIET = 200.0  # root mean square below which nothing is heard
WINDOW = 400  # samples: 50 ms, so frequencies 20 Hz apart are told from each other
SHARE = 0.6  # of the window's energy


def tone(hz: float, seconds: float, level: int = LEVEL) -> "array[int]":
    """Make a sine wave."""
    step = 2 * math.pi * hz / RATE
    return array("h", [round(level * math.sin(step * place)) for place in range(round(seconds * RATE))])


def silence(seconds: float) -> "array[int]":
    """Make nothing, for so long."""
    return array("h", bytes(2 * round(seconds * RATE)))


def endless(hz: float, level: int = LEVEL) -> Iterator["array[int]"]:
    """Yield frames of a tone without a seam: a second of a whole number of hertz ends where it began."""
    second = tone(round(hz), 1.0, level)
    while True:
        for start in range(0, RATE, FRAME):
            yield second[start : start + FRAME]


def share_of(samples: "array[int]", hz: float) -> float:
    """Return the share of the energy, 0 to 1, that lies at the frequency; 0 for what is too quiet."""
    energy = float(sum(sample * sample for sample in samples))
    if not samples or energy < QUIET * QUIET * len(samples):
        return 0.0
    factor = 2 * math.cos(2 * math.pi * hz / RATE)
    before = last = 0.0
    for sample in samples:
        before, last = last, sample + factor * last - before
    power = before * before + last * last - factor * before * last
    return min(1.0, 2 * power / (len(samples) * energy))


def seconds_of(samples: "array[int]", hz: float) -> float:
    """Return for how many seconds the tone is heard, counted in windows of 50 ms."""
    starts = range(0, len(samples) - WINDOW + 1, WINDOW)
    found = sum(share_of(samples[start : start + WINDOW], hz) > SHARE for start in starts)
    return found * WINDOW / RATE
