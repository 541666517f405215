"""The tables of the bulletin."""

from starostwo.bulletin.models.item import Decision, Item, Version, VersionFile
from starostwo.bulletin.models.publication import Check, Page, Publication
from starostwo.bulletin.models.section import Section

__all__ = ["Check", "Decision", "Item", "Page", "Publication", "Section", "Version", "VersionFile"]
