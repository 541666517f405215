"""What every public page says above its content while it matters: pulled from the package that keeps it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Announcement:
    """A sentence that everybody should read, with the way to more."""

    text: str
    url: str = ""
    words: str = ""
    is_urgent: bool = False


def _nothing() -> Sequence[Announcement]:
    return ()


_ask: Callable[[], Sequence[Announcement]] = _nothing


def announce_by(ask: Callable[[], Sequence[Announcement]]) -> None:
    """Name the function that knows what is to be announced now; it is asked once for each public page."""
    global _ask
    _ask = ask


def announcements() -> Sequence[Announcement]:
    """What is to be announced now; nothing until a package has named who knows."""
    return _ask()
