"""Names of files as people gave them: kept for showing, made safe for saving."""

import re
import unicodedata

FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]')
LONGEST = 120


def safe_name(name: str, *, fallback: str = "plik") -> str:
    """Return the name without folders, control signs and signs that turn the reading direction."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    clean = " ".join(FORBIDDEN.sub("", last).split()).strip(". ")
    stem, dot, extension = clean.rpartition(".")
    if dot and stem and len(extension) <= 10:
        return f"{stem[: LONGEST - len(extension) - 1]}.{extension}"
    return clean[:LONGEST] or fallback


def is_unsafe_member(name: str) -> bool:
    """Whether a member of an archive could land outside the folder or shows another name than it has."""
    parts = name.split("/")
    return (
        not name
        or name.startswith("/")
        or ".." in parts
        or bool(re.match(r"[A-Za-z]:", name))
        or any(FORBIDDEN.search(part) for part in parts)
    )
