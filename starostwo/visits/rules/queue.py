"""The queue of the hall: what stands on a ticket, and who is called next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

BOOKED, WALK_IN = "BOOKED", "WALK_IN"
LETTERS = {BOOKED: "R", WALK_IN: "B"}
EARLY = timedelta(minutes=5)


def label(kind: str, number: int) -> str:
    """Return what stands on the ticket: R with a booking, B without one."""
    return f"{LETTERS[kind]}{number:02d}"


@dataclass(frozen=True)
class Waiting:
    """A ticket that waits: since when, and for which hour when the visit was booked."""

    id: int
    issued_at: datetime
    booked_at: datetime | None


def next_of(waiting: Iterable[Waiting], *, now: datetime) -> Waiting | None:
    """Return who is called next: a booked hour that has come, else who came first, else who came early."""
    due, walk_ins, early = [], [], []
    for each in waiting:
        if each.booked_at is None:
            walk_ins.append(each)
        elif each.booked_at <= now + EARLY:
            due.append(each)
        else:
            early.append(each)
    for group, key in ((due, _hour), (walk_ins, _turn), (early, _hour)):
        if group:
            return min(group, key=key)
    return None


def _hour(each: Waiting) -> tuple[datetime, int]:
    return each.booked_at or each.issued_at, each.id


def _turn(each: Waiting) -> tuple[datetime, int]:
    return each.issued_at, each.id
