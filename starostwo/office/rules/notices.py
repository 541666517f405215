"""Which events a resident is told of, by which ways, and what of it he may switch off.

Law: k.p.a. art. 46 (a letter of the office is announced to the electronic address; from memory)
"""

from dataclasses import dataclass
from enum import StrEnum


class Event(StrEnum):
    """What a resident can be told of."""

    LETTER = "LETTER"
    MESSAGE = "MESSAGE"
    STATUS = "STATUS"
    VISIT = "VISIT"
    PAYMENT = "PAYMENT"


BY_LAW = frozenset({Event.LETTER})


@dataclass(frozen=True)
class Ways:
    """By which ways somebody is told of an event."""

    by_email: bool
    by_text: bool


def usual_ways(event: Event) -> Ways:
    """How somebody is told who never chose: by e-mail, which costs nobody anything."""
    return Ways(by_email=True, by_text=False)


def held_ways(event: Event, chosen: Ways) -> Ways:
    """What holds of a choice: the announcement of a letter starts terms, so its e-mail stays on."""
    return Ways(by_email=chosen.by_email or event in BY_LAW, by_text=chosen.by_text)
