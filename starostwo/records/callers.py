"""Who calls and what his cases are, and the note of the talk; a part of the door for telephony."""

from starostwo.records.queries.callers import (
    CallersCase,
    CallingParty,
    case_to_note_in,
    open_cases_of,
    parties_at,
)
from starostwo.records.services.notes import CannotWriteNote, write_note

__all__ = [
    "CallersCase",
    "CallingParty",
    "CannotWriteNote",
    "case_to_note_in",
    "open_cases_of",
    "parties_at",
    "write_note",
]
