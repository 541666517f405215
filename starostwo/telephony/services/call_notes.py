"""A talk becomes a note in a case, through the door of records."""

from datetime import datetime

from starostwo.office.api import Actor
from starostwo.records import api as records
from starostwo.telephony.rules.call_notes import Talk, note_of


class NotYourCase(Exception):
    """There is no open case of this mark to which the person may add a note."""


def write_call_note(mark: str, talk: Talk, *, actor: Actor, now: datetime) -> None:
    """Add the note of a talk; records checks the right once more, writes it and its line of history."""
    case_id = records.callers.case_to_note_in(mark, actor=actor)
    if case_id is None:
        raise NotYourCase(mark)
    try:
        records.callers.write_note(case_id, actor=actor, text=note_of(talk), now=now)
    except records.callers.CannotWriteNote as refused:
        raise NotYourCase(mark) from refused
