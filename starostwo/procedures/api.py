"""The door into `procedures` for other packages. Nothing else here may be imported from outside."""

from starostwo.procedures.queries import Card, Recognised, card, cards, form, recognise, search_cards
from starostwo.procedures.rules.answers import (
    letter_title,
    sender_of,
    shown_fields,
    shown_steps,
    validate,
)
from starostwo.procedures.rules.definition import Definition, in_language
from starostwo.procedures.rules.filled import NamedFile, to_xml
from starostwo.procedures.rules.reading import readable
from starostwo.procedures.rules.sender import Sender
from starostwo.procedures.services import load_cards, load_forms

__all__ = [
    "Card",
    "Definition",
    "NamedFile",
    "Recognised",
    "Sender",
    "card",
    "cards",
    "form",
    "in_language",
    "letter_title",
    "load_cards",
    "load_forms",
    "readable",
    "recognise",
    "search_cards",
    "sender_of",
    "shown_fields",
    "shown_steps",
    "to_xml",
    "validate",
]
