"""The door into `records` for other packages. Nothing else here may be imported from outside."""

from starostwo.records import callers, correspondence, public, residents
from starostwo.records.access import visible_cases, visible_letters
from starostwo.records.queries.calls import Called, calls_by_service
from starostwo.records.queries.work import Work, work_of
from starostwo.records.rules.metadata import AccessLevel, Channel, Received, Sender
from starostwo.records.rules.numbering import CaseMark, NotACaseMark
from starostwo.records.services.letters import CannotRegister, NewFile, file_receipt, register_incoming

__all__ = [
    "AccessLevel",
    "Called",
    "CannotRegister",
    "CaseMark",
    "Channel",
    "NewFile",
    "NotACaseMark",
    "Received",
    "Sender",
    "Work",
    "callers",
    "calls_by_service",
    "correspondence",
    "file_receipt",
    "public",
    "register_incoming",
    "residents",
    "visible_cases",
    "visible_letters",
    "work_of",
]
