"""What an exchange wrote of each call, a file a call, read back.

Kamailio writes the values as hexadecimal digits and `end` last: a file without it is being written, or was
when the disk was full or the machine died. The name of a file is that of its row, so that none is taken
twice.
"""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER, BROKEN = "rows", "broken"
NAME = re.compile(r"[0-9]{1,12}[.][0-9]{1,6}-[0-9]{1,10}-[0-9]{1,10}")
FIELDS = (
    "callid", "node", "source", "caller", "dialled", "kind", "target", "came_by", "left_by", "begun",
    "answered", "ended", "code",
)  # fmt: skip
LARGEST = 16_000  # bytes
HALF_FOR = 60.0  # seconds; a file that is half so long stays half


@dataclass(frozen=True)
class Written:
    """One file: its name, and what stands in it."""

    path: Path
    said: dict[str, str]

    @property
    def name(self) -> str:
        """By what its row is known, also when it comes twice."""
        return f"{self.said['node']}/{self.path.name}"


def waiting(folder: Path, most: int) -> list[Path]:
    """The files of calls that wait, the oldest first."""
    place = folder / FOLDER
    if not place.is_dir():
        return []
    return sorted(file for file in place.iterdir() if NAME.fullmatch(file.name))[:most]


def read(file: Path) -> Written | None:
    """A whole file; None for a half-written one."""
    with file.open("rb") as opened:
        content = opened.read(LARGEST).decode("ascii", "replace")
    *pairs, end = content.split(" ")
    if end != "end\n":
        return None
    told = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
    try:
        said = {name: _text(told.get(name, "")) for name in FIELDS}
    except ValueError:
        return None
    return Written(file, said)


def put_away(file: Path, now: float) -> bool:
    """Put a file that is half for long where nobody takes it for a call; whether it went there."""
    if now - file.stat().st_mtime < HALF_FOR:
        return False
    place = file.parent / BROKEN
    place.mkdir(exist_ok=True, mode=0o700)
    file.rename(place / file.name)
    return True


def _text(digits: str) -> str:
    """PostgreSQL keeps no zero byte."""
    return bytes.fromhex(digits).decode("utf-8", "replace").replace("\0", "\ufffd")
