"""The root of many hashes in one, and the list of chain ends that an anchor binds.

The tree is the one of RFC 6962 2.1: leaf = SHA-256(0x00 + line), node = SHA-256(0x01 + left + right).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starostwo.audit.rules.chain import moment

HEADER = "starostwo-anchor 1"


@dataclass(frozen=True)
class ChainEnd:
    """The last line of a stream at the moment of the anchor."""

    stream: str
    seq: int
    hash: bytes


def manifest(*, number: int, at: datetime, previous_root: bytes, ends: Sequence[ChainEnd]) -> str:
    """Write an anchor as text, one line for each stream that changed since the last one."""
    lines = [HEADER, f"number {number}", f"at {moment(at)}", f"previous {previous_root.hex()}"]
    lines += [f"{end.hash.hex()} {end.seq} {end.stream}" for end in sorted(ends, key=lambda end: end.stream)]
    return "\n".join(lines) + "\n"


def ends_of(text: str) -> list[ChainEnd]:
    """Read the chain ends back out of the text of an anchor."""
    ends = []
    for line in text.splitlines()[4:]:
        digest, seq, stream = line.split(" ", 2)
        ends.append(ChainEnd(stream, int(seq), bytes.fromhex(digest)))
    return ends


def root_of(text: str) -> bytes:
    """Return the Merkle root over the lines of an anchor."""
    return _root([hashlib.sha256(b"\0" + line.encode()).digest() for line in text.splitlines()])


def _root(nodes: list[bytes]) -> bytes:
    if len(nodes) == 1:
        return nodes[0]
    split = 1
    while split * 2 < len(nodes):
        split *= 2
    return hashlib.sha256(b"\1" + _root(nodes[:split]) + _root(nodes[split:])).digest()
