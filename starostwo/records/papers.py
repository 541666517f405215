"""Papers that other packages made and that are kept signed in a case; a part of the door."""

from starostwo.office.api import Actor
from starostwo.records.access import visible_cases
from starostwo.records.models import Document
from starostwo.records.services.document_filing import CannotFilePaper, MadePaper, file_signed

__all__ = ["CannotFilePaper", "MadePaper", "file_signed", "sees"]


def sees(thing: str, actor: Actor) -> bool:
    """Whether the person sees the case of a document that is named as records.document:5."""
    _, _, pk = thing.partition(":")
    return pk.isdigit() and Document.objects.filter(pk=pk, case__in=visible_cases(actor)).exists()
