"""The tables of records, split by noun."""

from starostwo.records.models.acceptance import AcceptanceStep
from starostwo.records.models.assignment import Assignment, CoAssignment
from starostwo.records.models.case import Case, CaseAccess, CaseLink, CaseNote, Subgroup
from starostwo.records.models.clock import ClockEntry
from starostwo.records.models.delivery import Delivery
from starostwo.records.models.dispatch import Dispatch, WaitingDispatch
from starostwo.records.models.document import Document, DocumentVersion, SignedFile
from starostwo.records.models.information import InformationLetter, InformationRequest
from starostwo.records.models.letter import Letter, LetterFile, LetterSender, NumberSeries
from starostwo.records.models.message import CallAnswer, Message
from starostwo.records.models.party import CaseParty, Party
from starostwo.records.models.plan import PlanClass, PlanEdition

__all__ = [
    "AcceptanceStep",
    "Assignment",
    "CallAnswer",
    "Case",
    "CaseAccess",
    "CaseLink",
    "CaseNote",
    "CaseParty",
    "ClockEntry",
    "CoAssignment",
    "Delivery",
    "Dispatch",
    "Document",
    "DocumentVersion",
    "InformationLetter",
    "InformationRequest",
    "Letter",
    "LetterFile",
    "LetterSender",
    "Message",
    "NumberSeries",
    "Party",
    "PlanClass",
    "PlanEdition",
    "SignedFile",
    "Subgroup",
    "WaitingDispatch",
]
