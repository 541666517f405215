"""What a resident wrote in one of our forms, in words: the letter's XML as a person reads it.

A letter taken down at the counter is a scan; the data that the clerk typed lie beside it.
"""

from collections.abc import Iterable

from starostwo.files import api as files
from starostwo.procedures import api as procedures
from starostwo.records.models import LetterFile
from starostwo.records.rules.metadata import Channel

XML = "application/xml"


def filled_form(of_letter: Iterable[LetterFile]) -> procedures.Recognised | None:
    """The form in the letter's main file; None for any other document. The caller asked who may see it."""
    for one in of_letter:
        is_data = one.letter.channel == Channel.COUNTER and one.role == LetterFile.Role.ATTACHMENT
        if (one.role == LetterFile.Role.MAIN or is_data) and one.blob.media_type == XML:
            with files.open_blob(one.blob.sha256) as source:
                return procedures.recognise(source.read())
    return None
