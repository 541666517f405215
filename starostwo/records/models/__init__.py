"""The tables of records, split by noun."""

from starostwo.records.models.assignment import Assignment, CoAssignment
from starostwo.records.models.case import Case, CaseAccess, CaseLink, CaseNote, Subgroup
from starostwo.records.models.clock import ClockEntry
from starostwo.records.models.letter import Letter, LetterFile, LetterSender, NumberSeries
from starostwo.records.models.party import CaseParty, Party
from starostwo.records.models.plan import PlanClass, PlanEdition

__all__ = [
    "Assignment",
    "Case",
    "CaseAccess",
    "CaseLink",
    "CaseNote",
    "CaseParty",
    "ClockEntry",
    "CoAssignment",
    "Letter",
    "LetterFile",
    "LetterSender",
    "NumberSeries",
    "Party",
    "PlanClass",
    "PlanEdition",
    "Subgroup",
]
