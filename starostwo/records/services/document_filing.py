"""A paper that another package made and somebody approved there: he signs it and it lies in a case for ever.

Law: u.o.r. art. 71 and 74 (what was approved is kept); rozp. MSWiA 30.10.2006 par. 6 pkt 1 (integrity).
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from starostwo.office.api import Actor
from starostwo.records import document_access
from starostwo.records.access import visible_cases
from starostwo.records.models import Case, Document, DocumentVersion, SignedFile
from starostwo.records.queries.document_paper import paper
from starostwo.records.rules.acceptance import DocumentState
from starostwo.records.rules.delivery import Remedy
from starostwo.records.rules.document_kinds import Kind
from starostwo.records.rules.document_marks import letter_mark
from starostwo.records.rules.document_signature import Signer
from starostwo.records.services.document_drafts import write_act
from starostwo.records.services.document_index import index_document
from starostwo.records.services.document_signing import (
    SignatureRefused,
    code_of,
    kept,
    next_in_case,
    signed_by,
)
from starostwo.records.typeset import NotArchivable
from starostwo.signatures import api as signatures


@dataclass(frozen=True)
class MadePaper:
    """A finished paper: its PDF, and the same in plain text for searching and reading aloud."""

    title: str
    text: str
    pdf: bytes


class CannotFilePaper(Exception):
    """There is no such case for the person, or the paper cannot be signed; the text says which, in Polish."""


@transaction.atomic
def file_signed(mark: str, made: MadePaper, *, actor: Actor, now: datetime) -> Document:
    """Sign a paper with the person's own key and keep it in a case that he handles."""
    seen = visible_cases(actor).filter(mark=mark.strip()).values("pk")
    case = Case.objects.select_for_update(of=("self",)).select_related("holder").filter(pk__in=seen).first()
    if case is None or not document_access.may_write(actor, case):
        raise CannotFilePaper("Nie prowadzisz otwartej sprawy o tym znaku. Podaj znak swojej sprawy.")
    number = next_in_case(case.pk)
    document = Document(
        case=case, kind=Kind.LETTER.value, title=made.title[:200], remedy=Remedy.NONE.value, number=number,
        state=DocumentState.SIGNED.value, author_id=actor.account_id, created_at=now,
        mark=letter_mark(case.mark, number=number, holder=code_of(case)),
    )  # fmt: skip
    try:
        content, report = signed_by(made.pdf, f"{document.title} {document.mark}", actor=actor, now=now)
    except (SignatureRefused, NotArchivable) as refused:
        raise CannotFilePaper(str(refused)) from refused
    blob_id, sha256 = kept(content, document)
    document.save(force_insert=True)
    version = DocumentVersion.objects.create(
        document=document, number=1, text=made.text, author_id=actor.account_id, saved_at=now
    )
    signatures.store_report(sha256, report, about=str(document))
    signer = Signer(actor.name, actor.own.titles[0] if actor.own.titles else "")
    printed = paper(document, made.text, today=localdate(now), signer=signer, mark=document.mark)
    SignedFile.objects.create(
        document=document, version=version, blob_id=blob_id, sha256=sha256, signer_id=actor.account_id,
        signer_name=signer.name, signer_post=signer.post, authority=signer.authority, signed_at=now,
        printed=asdict(printed),
    )  # fmt: skip
    index_document(document, made.text)
    write_act(
        "file_signed_paper", document, actor=actor, now=now,
        payload={"mark": document.mark, "sha256": sha256},
    )  # fmt: skip
    return document
