"""The tables of the bulletin."""

from starostwo.bulletin.models.body import Body, BodyEditor
from starostwo.bulletin.models.declaration import Declaration
from starostwo.bulletin.models.from_case import CaseOrigin, PublishingRule, Redaction
from starostwo.bulletin.models.from_ledger import ReportRule
from starostwo.bulletin.models.item import Decision, Item, Version, VersionFile
from starostwo.bulletin.models.publication import Check, Page, Publication
from starostwo.bulletin.models.section import Section
from starostwo.bulletin.models.sign import OfficialSign
from starostwo.bulletin.models.visit import VisitCount

__all__ = [
    "Body",
    "BodyEditor",
    "CaseOrigin",
    "Check",
    "Decision",
    "Declaration",
    "Item",
    "OfficialSign",
    "Page",
    "Publication",
    "PublishingRule",
    "Redaction",
    "ReportRule",
    "Section",
    "Version",
    "VersionFile",
    "VisitCount",
]
