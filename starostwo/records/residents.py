"""The side of the door for residents: their cases, letters served on them, messages, answers."""

from starostwo.records.queries.resident import (
    ResidentCase,
    ResidentFile,
    ResidentLetter,
    resident_case,
    resident_cases,
    resident_file,
)
from starostwo.records.services.delivery import NotYours, open_delivery
from starostwo.records.services.message import CannotAnswer, CannotWrite, answer_call, send_message

__all__ = [
    "CannotAnswer",
    "CannotWrite",
    "NotYours",
    "ResidentCase",
    "ResidentFile",
    "ResidentLetter",
    "answer_call",
    "open_delivery",
    "resident_case",
    "resident_cases",
    "resident_file",
    "send_message",
]
