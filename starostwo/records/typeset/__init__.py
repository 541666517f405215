"""Typesetting of outgoing letters by typst: one file that is PDF/A-2a and PDF/UA-1 at once."""

from starostwo.records.typeset.gate import NotArchivable, check_archivable
from starostwo.records.typeset.letter import OfficeLines, PrintedLetter, letter_from, typeset_letter

__all__ = [
    "NotArchivable",
    "OfficeLines",
    "PrintedLetter",
    "check_archivable",
    "letter_from",
    "typeset_letter",
]
