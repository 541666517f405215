"""What a resident sees and does in his cases: the part of the door that the residents' entrance uses."""

from starostwo.records.queries.by_code import steps_of_letter
from starostwo.records.queries.resident import (
    ResidentCase,
    ResidentFile,
    ResidentLetter,
    ResidentMessage,
    ResidentSent,
    resident_case,
    resident_cases,
    resident_file,
)
from starostwo.records.rules.metadata import SenderRole
from starostwo.records.services.delivery import CannotServe, NotYours, open_delivery
from starostwo.records.services.message import CannotAnswer, CannotWrite, answer_call, send_message
from starostwo.records.services.message_notices import tell_account
from starostwo.records.services.parties import take_to_account, waits_for_account

__all__ = [
    "CannotAnswer",
    "CannotServe",
    "CannotWrite",
    "NotYours",
    "ResidentCase",
    "ResidentFile",
    "ResidentLetter",
    "ResidentMessage",
    "ResidentSent",
    "SenderRole",
    "answer_call",
    "open_delivery",
    "resident_case",
    "resident_cases",
    "resident_file",
    "send_message",
    "steps_of_letter",
    "take_to_account",
    "tell_account",
    "waits_for_account",
]
