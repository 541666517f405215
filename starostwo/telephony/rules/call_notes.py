"""The words of a note of a telephone talk."""

from dataclasses import dataclass
from datetime import datetime

from starostwo.platform.telephone import shown

HIDDEN = "numer zastrzeżony"


@dataclass(frozen=True)
class Talk:
    """A talk: with whom, under which number, when, for how many minutes if known, and what was said.

    `at` is the time of the office.
    """

    text: str
    at: datetime
    number: str = ""
    who: str = ""
    minutes: int | None = None


def note_of(talk: Talk) -> str:
    """The note as it stands in the case: first what the talk was, then what was said."""
    number = shown(talk.number) if talk.number else HIDDEN
    lasted = f", {talk.minutes} min" if talk.minutes else ""
    head = f"Rozmowa telefoniczna {talk.at:%d.%m.%Y}, godz. {talk.at:%-H:%M}{lasted}"
    return f"{head}\nRozmówca: {f'{talk.who}, {number}' if talk.who else number}\n\n{talk.text.strip()}"
