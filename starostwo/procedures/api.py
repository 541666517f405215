"""The door into `procedures` for other packages. Nothing else here may be imported from outside."""

from starostwo.procedures import applicants
from starostwo.procedures.asking import StepForm
from starostwo.procedures.queries import (
    Card,
    Recognised,
    card,
    cards,
    form,
    recognise,
    sample_of,
    search_cards,
)
from starostwo.procedures.rules.answered import Answered
from starostwo.procedures.rules.definition import Definition, Document, in_language
from starostwo.procedures.rules.filled import NamedFile, to_xml
from starostwo.procedures.rules.rows import CannotChangeRows
from starostwo.procedures.rules.sender import Sender
from starostwo.procedures.services import load_cards, load_forms

__all__ = [
    "Answered",
    "CannotChangeRows",
    "Card",
    "Definition",
    "Document",
    "NamedFile",
    "Recognised",
    "Sender",
    "StepForm",
    "applicants",
    "card",
    "cards",
    "form",
    "in_language",
    "load_cards",
    "load_forms",
    "recognise",
    "sample_of",
    "search_cards",
    "to_xml",
]
