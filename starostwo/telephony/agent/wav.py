"""Sound in files: WAV of 16-bit samples, one channel, 8000 Hz, which every browser plays.

A recording grows in a file of its own and gets its name only when it is whole and on the disk; what a killed
process left half-written is made whole by `mend`.
"""

import os
import struct
import wave
from array import array
from pathlib import Path

from .g711 import RATE

_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_BYTES = 2  # a sample


class UnfitSound(ValueError):
    """The file is no WAV of 16 bits, one channel and 8000 Hz."""


def read(path: Path) -> "array[int]":
    """Read a whole file."""
    try:
        with wave.open(str(path), "rb") as file:
            if (file.getnchannels(), file.getsampwidth(), file.getframerate()) != (1, _BYTES, RATE):
                raise UnfitSound(path.name)
            return array("h", file.readframes(file.getnframes()))
    except (wave.Error, EOFError) as problem:
        raise UnfitSound(path.name) from problem


def written(samples: "array[int]") -> bytes:
    """The whole file of these samples."""
    data = samples.tobytes()
    return _header(len(data)) + data


class Recording:
    """Writes samples as they come. `finish` makes the file whole, syncs it and gives it its name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._part = path.with_suffix(".part")
        self._file = self._part.open("xb", buffering=0)
        self._file.write(_header(0))
        self.samples = 0

    @property
    def seconds(self) -> float:
        """How long it is by now."""
        return self.samples / RATE

    def write(self, samples: "array[int]") -> None:
        """Append; the system has it when this returns, so that only a lost machine loses it."""
        self._file.write(samples.tobytes())
        self.samples += len(samples)

    def finish(self) -> float:
        """Close the file under its name and return its seconds."""
        self._file.close()
        return mend(self._part)

    def drop(self) -> None:
        """Throw it away."""
        self._file.close()
        self._part.unlink()


def mend(part: Path) -> float:
    """Write the sizes into the header of a half-written file, give it its name, return its seconds."""
    with part.open("r+b") as file:
        size = max(0, os.fstat(file.fileno()).st_size - _HEADER.size) // _BYTES * _BYTES
        file.write(_header(size))
        file.truncate(_HEADER.size + size)
        os.fsync(file.fileno())
    part.rename(part.with_suffix(".wav"))
    _sync_folder(part.parent)
    return size / _BYTES / RATE


def _sync_folder(folder: Path) -> None:
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


def _header(size: int) -> bytes:
    return _HEADER.pack(
        b"RIFF", 36 + size, b"WAVE", b"fmt ", 16, 1, 1, RATE, RATE * _BYTES, _BYTES, 8 * _BYTES, b"data", size
    )
