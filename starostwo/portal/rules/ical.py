"""A calendar file of events (RFC 5545): the few properties that a programme of events needs.

Moments are written in UTC, so that no definition of a time zone is needed; lines end with CRLF and are folded
at 75 octets between whole characters.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

WIDTH = 75
PRODUCT = "-//Starostwo//portal//PL"


@dataclass(frozen=True)
class Entry:
    """One event as a calendar shows it; `uid` never changes, `changed_at` tells the newer of two."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime | None
    changed_at: datetime
    place: str = ""
    text: str = ""
    url: str = ""
    is_cancelled: bool = False


def calendar(name: str, entries: Iterable[Entry]) -> bytes:
    """The whole file."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines = [*head, f"X-WR-CALNAME:{_text(name)}"]
    for entry in entries:
        lines += _event(entry)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def _event(entry: Entry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.uid)}"
    yield f"DTSTAMP:{_moment(entry.changed_at)}"
    yield f"LAST-MODIFIED:{_moment(entry.changed_at)}"
    yield f"SEQUENCE:{int(entry.changed_at.timestamp()) % 2**31}"
    yield f"DTSTART:{_moment(entry.starts_at)}"
    if entry.ends_at is not None:
        yield f"DTEND:{_moment(entry.ends_at)}"
    yield f"SUMMARY:{_text(entry.title)}"
    for name, value in (("LOCATION", entry.place), ("DESCRIPTION", entry.text)):
        if value:
            yield f"{name}:{_text(value)}"
    if entry.url:
        yield f"URL:{entry.url}"
    yield f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _moment(value: datetime) -> str:
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """Backslash, semicolon, comma and the end of a line have a meaning of their own."""
    for sign in ("\\", ";", ","):
        value = value.replace(sign, f"\\{sign}")
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    parts: list[bytes] = []
    part = b""
    for sign in line:
        octets = sign.encode()
        if len(part) + len(octets) > WIDTH - (1 if parts else 0):
            parts.append(part)
            part = b""
        part += octets
    return b"\r\n ".join([*parts, part])
