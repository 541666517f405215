"""Packets of RTP and of digits within it (RFC 3550 section 5.1, RFC 4733 section 2.3)."""

import struct
from dataclasses import dataclass

from .addresses import BrokenMessage

HEADER = struct.Struct("!BBHII")
EVENT = struct.Struct("!BBH")
DIGITS = "0123456789*#ABCD"  # RFC 4733 section 3.2: event codes 0-15
EVENT_VOLUME = 10  # dBm0 below zero
LONGEST_PACKET = 1500  # bytes


@dataclass(frozen=True)
class Packet:
    """One packet; the timestamp counts samples."""

    payload: int
    sequence: int
    timestamp: int
    source: int
    data: bytes
    is_marked: bool = False

    @classmethod
    def parse(cls, datagram: bytes) -> "Packet":
        """Read a packet; padding, contributing sources and a header extension are left out."""
        if not HEADER.size <= len(datagram) <= LONGEST_PACKET:
            raise BrokenMessage("no packet of RTP by its size")
        first, second, sequence, timestamp, source = HEADER.unpack_from(datagram)
        if first >> 6 != 2:
            raise BrokenMessage("another version of RTP")
        start = HEADER.size + 4 * (first & 15)
        if first & 0x10:
            if len(datagram) < start + 4:
                raise BrokenMessage("a cut extension")
            start += 4 + 4 * int.from_bytes(datagram[start + 2 : start + 4])
        end = len(datagram) - (datagram[-1] if first & 0x20 else 0)
        if start > end:
            raise BrokenMessage("a cut packet")
        return cls(second & 127, sequence, timestamp, source, datagram[start:end], bool(second & 128))

    def __bytes__(self) -> bytes:
        second = self.payload | (128 if self.is_marked else 0)
        return HEADER.pack(0x80, second, self.sequence, self.timestamp, self.source) + self.data


def write_event(digit: str, duration: int, is_end: bool) -> bytes:
    """Write the data of a digit; the duration counts samples from its beginning."""
    return EVENT.pack(DIGITS.index(digit), (0x80 if is_end else 0) | EVENT_VOLUME, min(duration, 0xFFFF))


def read_event(data: bytes) -> str:
    """Return the digit; empty for events that are none (a flash hook, tones of modems)."""
    if len(data) < EVENT.size:
        raise BrokenMessage("a cut event")
    return DIGITS[data[0]] if data[0] < len(DIGITS) else ""


def ahead(later: int, earlier: int, bits: int = 32) -> int:
    """Return how far a counter that wraps is ahead; negative when it lies behind."""
    distance = (later - earlier) & ((1 << bits) - 1)
    return distance - (1 << bits) if distance >> (bits - 1) else distance
