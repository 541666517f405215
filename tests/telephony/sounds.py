"""WAV files as other programs write them, for tests."""

import io
import math
import wave


def wav_file(
    hz: float,
    seconds: float,
    *,
    rate: int = 8_000,
    channels: int = 1,
    width: int = 2,
    right_is_silent: bool = False,
) -> bytes:
    """A tone at a quarter of the loudest; the width is bytes a sample."""
    frames = bytearray()
    for place in range(round(rate * seconds)):
        value = 8_000 / 32_768 * math.sin(2 * math.pi * hz * place / rate)
        said = _sample(value, width)
        frames += said + (_sample(0, width) if right_is_silent else said) * (channels - 1)
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(bytes(frames))
    return made.getvalue()


def _sample(value: float, width: int) -> bytes:
    if width == 1:
        return bytes([128 + round(value * 127)])
    whole = round(value * ((1 << (8 * width - 1)) - 1))
    return whole.to_bytes(width, "little", signed=True)
