"""History as a timeline: what, when, by whom, in whose place, and the words that were said."""

from collections.abc import Iterable

from starostwo.audit.api import Entry
from starostwo.office import api as office
from starostwo.records.rules.acts import act_label
from starostwo.screens.api import TimelineEntry

SAID = ("reason", "instruction", "outcome", "case", "class", "letter", "file", "party", "who", "end", "where")


def timeline_of(entries: Iterable[Entry], *, newest_first: bool = True) -> list[TimelineEntry]:
    """Return lines of history as the screen draws them, the newest first."""
    lines = list(entries)
    absent = {_account(one.in_place_of) for one in lines if one.in_place_of}
    names = office.names(absent) if absent else {}
    drawn = [
        TimelineEntry(
            title=act_label(one.verb),
            at=one.at,
            by=_by(one, names),
            body="; ".join(str(one.payload[key]) for key in SAID if one.payload.get(key)),
        )
        for one in lines
    ]
    return drawn[::-1] if newest_first else drawn


def _by(entry: Entry, names: dict[int, str]) -> str:
    post = entry.payload.get("post")
    name = f"{entry.actor_name or entry.actor}, {post}" if post else entry.actor_name or entry.actor
    if not entry.in_place_of:
        return name
    return f"{name}, w zastępstwie: {names.get(_account(entry.in_place_of), '')}"


def _account(actor: str) -> int:
    return int(actor.partition(":")[2] or 0)
