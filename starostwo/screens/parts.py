"""The plain values that a view hands to a template tag of `screens`."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class TimelineEntry:
    """One event of a history: what, when, by whom, and a text or a link when there is one."""

    title: str
    at: date | None = None
    by: str = ""
    body: str = ""
    url: str = ""
    is_now: bool = False


@dataclass(frozen=True)
class Tab:
    """One of several views of the same thing, each at its own address."""

    label: str
    url: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Step:
    """One step of a form that is filled page by page."""

    label: str
    is_done: bool = False
    is_current: bool = False
    url: str = ""


@dataclass(frozen=True)
class Row:
    """One line of a summary: what was asked, what was answered, and where it is changed."""

    key: str
    value: object
    change_url: str = ""
