"""A sound file as people have it, made into what the agent plays: 16 bits, one channel, 8000 Hz.

A telephone carries up to 4000 Hz; what lies above would come back as a false tone, so it is filtered out
first by a windowed sinc (Harris, On the Use of Windows, 1978).
"""

import io
import math
import wave
from array import array
from functools import cache
from operator import add, mul

from .g711 import RATE

RATES = (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)  # hertz
CHANNELS, WIDTHS = (1, 2), (1, 2, 3, 4)  # bytes a sample
LOBES = 8  # of the sinc, to each side
PASS = 0.9  # of what the telephone carries; the filter needs the rest to fall
_HIGHEST = 32767


class NotASound(ValueError):
    """The file is no whole WAV without compression, or has a rate that nobody records with."""


class TooLong(ValueError):
    """It lasts longer than allowed."""


class TooShort(ValueError):
    """It lasts shorter than allowed."""


def fit(content: bytes, *, shortest: float, longest: float) -> "array[int]":
    """Read a WAV of 8 to 32 bits, one or two channels; its length is limited in seconds."""
    try:
        with wave.open(io.BytesIO(content), "rb") as file:
            channels, width, rate, frames = file.getparams()[:4]
            if channels not in CHANNELS or width not in WIDTHS or rate not in RATES:
                raise NotASound
            if frames > longest * rate:
                raise TooLong
            data = file.readframes(frames)
    except (wave.Error, EOFError, RuntimeError) as problem:  # RuntimeError: a chunk that says a false size
        raise NotASound from problem
    whole = len(data) // (channels * width)
    if whole < shortest * rate:
        raise TooShort
    samples = _sixteen_bits(data[: whole * channels * width], width)
    return _at_our_rate(_one_channel(samples) if channels > 1 else samples, rate)


def _sixteen_bits(data: bytes, width: int) -> "array[int]":
    """The two highest bytes of each sample; 8 bits are counted from 0 to 255."""
    if width == 1:
        return array("h", [(byte - 128) << 8 for byte in data])
    pairs = bytearray(2 * (len(data) // width))
    pairs[0::2], pairs[1::2] = data[width - 2 :: width], data[width - 1 :: width]
    return array("h", bytes(pairs))


def _one_channel(samples: "array[int]") -> "array[int]":
    return array("h", [both >> 1 for both in map(add, samples[0::2], samples[1::2])])


def _at_our_rate(samples: "array[int]", rate: int) -> "array[int]":
    if rate == RATE:
        return samples
    reach = math.ceil(LOBES * rate / RATE)
    padded = array("h", bytes(2 * reach)) + samples + array("h", bytes(2 * reach + 2))
    step = math.gcd(rate, RATE)
    up = RATE // step  # places between two samples at which one of ours may lie
    made = array("h", bytes(2 * (len(samples) * RATE // rate)))
    for nth in range(len(made)):
        start, place = divmod(nth * rate // step, up)
        value = round(sum(map(mul, _kernel(rate, place / up), padded[start : start + 2 * reach + 1])))
        made[nth] = max(-_HIGHEST, min(_HIGHEST, value))
    return made


@cache
def _kernel(rate: int, late: float) -> tuple[float, ...]:
    """Weights of the samples around a place that lies so much of a sample after one; their sum is 1."""
    reach = math.ceil(LOBES * rate / RATE)
    narrow = PASS * RATE / rate
    weights = [
        _sinc(narrow * (at - late)) * (0.5 + 0.5 * math.cos(math.pi * (at - late) / (reach + 1)))
        for at in range(-reach, reach + 1)
    ]
    whole = sum(weights)
    return tuple(weight / whole for weight in weights)


def _sinc(x: float) -> float:
    return 1.0 if x == 0 else math.sin(math.pi * x) / (math.pi * x)
