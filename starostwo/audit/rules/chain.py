"""The chain of history: how a line is written as text, and how it is bound to the line before it.

Each stream (a thing, or the reads of one person) is a chain of its own. The hash of a line is the SHA-256
of the hash before it, followed by the number, the moment of writing and the payload, one below another.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

READS = "reads/"
START = b""
NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


@dataclass(frozen=True)
class Line:
    """One line of a stream as it is stored; `columns` repeat what the payload says, for searching."""

    stream: str
    seq: int
    written_at: datetime
    payload: str
    prev_hash: bytes
    hash: bytes
    columns: Mapping[str, Any]


def canonical(said: Mapping[str, Any]) -> str:
    """Write the payload so that the same content always gives the same text.

    The database holds neither NUL nor half a surrogate pair: both become a replacement sign.
    """
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    return NUL.sub(r"\1\\ufffd", text).encode("utf-8", "replace").decode()


def moment(at: datetime) -> str:
    """Write a moment in UTC with microseconds: '2026-11-23T08:15:00.000000Z'."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def line_hash(prev_hash: bytes, *, seq: int, written_at: datetime, payload: str) -> bytes:
    """Return the hash of a line; the trigger audit_chain in the database computes the same."""
    text = f"{seq}\n{moment(written_at)}\n{payload}"
    return hashlib.sha256(prev_hash + text.encode()).digest()


def fault_of(line: Line, before: Line | None) -> str | None:
    """Say what is wrong with a line that follows another of its stream, or None."""
    expected_seq, expected_prev = (before.seq + 1, before.hash) if before else (1, START)
    if line.seq != expected_seq:
        return f"po wpisie {expected_seq - 1} następuje wpis {line.seq}"
    if line.prev_hash != expected_prev:
        return "wpis nie łączy się z poprzednim"
    computed = line_hash(line.prev_hash, seq=line.seq, written_at=line.written_at, payload=line.payload)
    if line.hash != computed:
        return "skrót wpisu nie zgadza się z jego treścią"
    return _column_fault(line)


def _column_fault(line: Line) -> str | None:
    said = json.loads(line.payload)
    for name, value in line.columns.items():
        shown = moment(value) if isinstance(value, datetime) else value
        if shown != said.get(name):
            return f"kolumna {name} mówi co innego niż treść wpisu"
    return None


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return moment(value)
    return str(value)
