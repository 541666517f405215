"""G.711: A-law and µ-law against 16-bit samples at 8000 Hz (ITU-T G.711, as RFC 3551 section 4.5.14 uses it).

The tables are computed from the definition: a segment of three bits, four bits of step, a sign. A-law has
13 significant bits and µ-law 14, so the encoder looks up the sample without its lowest 3 or 2 bits.
"""

from array import array
from functools import cache

RATE = 8000  # samples a second
A_LAW, MU_LAW = "PCMA/8000", "PCMU/8000"
_MU_BIAS = 132  # 33 in 14 bits
_HIGHEST = 32767


def decode(name: str, data: bytes) -> "array[int]":
    """Turn one byte a sample into 16-bit samples."""
    table = _decoding(name)
    return array("h", [table[byte] for byte in data])


def encode(name: str, samples: "array[int]") -> bytes:
    """Turn 16-bit samples into one byte each."""
    shift = _dropped_bits(name)
    table = _encoding(name)
    return bytes([table[sample >> shift] for sample in samples])  # a negative index counts from the end


def silence(name: str) -> int:
    """The byte of the sample nothing."""
    return _encoding(name)[0]


def _dropped_bits(name: str) -> int:
    return 3 if name == A_LAW else 2


@cache
def _decoding(name: str) -> tuple[int, ...]:
    read = _from_a_law if name == A_LAW else _from_mu_law
    return tuple(read(byte) for byte in range(256))


@cache
def _encoding(name: str) -> bytes:
    """Index 0.. for samples from zero up, then those from the lowest up to -1."""
    shift = _dropped_bits(name)
    half = 1 << (15 - shift)
    write = _to_a_law if name == A_LAW else _to_mu_law
    return bytes(write(step << shift) for step in [*range(half), *range(-half, 0)])


def _from_a_law(byte: int) -> int:
    byte ^= 0x55  # even bits are inverted on the line
    segment, step = (byte >> 4) & 7, (byte & 15) << 4
    size = step + 8 if segment == 0 else (step + 264) << (segment - 1)
    return size if byte & 0x80 else -size


def _to_a_law(sample: int) -> int:
    sign, size = (0x80, sample) if sample >= 0 else (0, ~sample)
    segment = max(0, size.bit_length() - 8)
    step = (size >> (segment + 3 if segment else 4)) & 15
    return (sign | segment << 4 | step) ^ 0x55


def _from_mu_law(byte: int) -> int:
    byte ^= 0xFF
    segment, step = (byte >> 4) & 7, byte & 15
    size = (((step << 3) + _MU_BIAS) << segment) - _MU_BIAS
    return -size if byte & 0x80 else size


def _to_mu_law(sample: int) -> int:
    sign, size = (0, sample) if sample >= 0 else (0x80, -sample)
    size = min(size + _MU_BIAS, _HIGHEST)
    segment = size.bit_length() - 8
    step = (size >> (segment + 3)) & 15
    return (sign | segment << 4 | step) ^ 0xFF
