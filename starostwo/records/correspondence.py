"""Letters that other packages have the office write, papers that they made themselves; a part of the door.

A letter lies in a case of its addressee, as a draft of whoever holds the case: he corrects it, has it
accepted and signed, and sends it as any other. A finished paper is signed at once and stays in a case.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from starostwo.office.api import Actor
from starostwo.records import document_access
from starostwo.records.access import visible_cases
from starostwo.records.models import Case, CaseParty, Document, Party
from starostwo.records.rules.delivery import Remedy
from starostwo.records.rules.document_kinds import Kind
from starostwo.records.rules.metadata import Sender
from starostwo.records.services.cases import CannotOpenCase, open_case
from starostwo.records.services.document_drafts import Wording, draft_document
from starostwo.records.services.document_filing import CannotFilePaper, MadePaper, file_signed
from starostwo.records.services.letters import NoSuchClass
from starostwo.records.services.parties import add_party, party_of

__all__ = [
    "CannotFilePaper",
    "CannotWriteLetter",
    "LetterToWrite",
    "MadePaper",
    "file_signed",
    "sees",
    "write_letter",
]


class CannotWriteLetter(Exception):
    """No case of that class may be opened by the person; the text says why, in Polish."""


@dataclass(frozen=True)
class LetterToWrite:
    """A letter: to whom, with which words, in which case or in a new one of which class and title."""

    to: Sender
    title: str
    text: str
    class_symbol: str
    case_title: str
    case_id: int | None = None


@transaction.atomic
def write_letter(letter: LetterToWrite, *, actor: Actor, today: date, now: datetime) -> Document:
    """Draft a letter in the given case when the person may still write there, else in a new case."""
    addressee = _addressee(letter.to)
    case = Case.objects.filter(pk=letter.case_id).first() if letter.case_id else None
    if case is None or not document_access.may_write(actor, case):
        case = _new_case(letter, actor=actor, today=today, now=now)
    if not CaseParty.objects.filter(case=case, party=addressee, to_on=None).exists():
        add_party(case.pk, actor=actor, party_id=addressee.pk, today=today, now=now)
    wording = Wording(letter.title[:200], letter.text, Remedy.NONE)
    return draft_document(
        case.pk, actor=actor, kind=Kind.LETTER, addressee_id=addressee.pk, wording=wording, today=today,
        now=now,
    )  # fmt: skip


def _addressee(to: Sender) -> Party:
    """Whoever has an account with this PESEL gets the letter there; else the directory's entry."""
    known = Party.objects.filter(pesel=to.pesel, account__isnull=False).first() if to.pesel else None
    return known or party_of(to)


def _new_case(letter: LetterToWrite, *, actor: Actor, today: date, now: datetime) -> Case:
    try:
        return open_case(
            None, actor=actor, class_symbol=letter.class_symbol, title=letter.case_title, has_term=False,
            today=today, now=now,
        )  # fmt: skip
    except (CannotOpenCase, NoSuchClass) as refused:
        raise CannotWriteLetter(str(refused)) from refused


def sees(thing: str, actor: Actor) -> bool:
    """Whether the person sees the case of a document that is named as records.document:5."""
    _, _, pk = thing.partition(":")
    return pk.isdigit() and Document.objects.filter(pk=pk, case__in=visible_cases(actor)).exists()
