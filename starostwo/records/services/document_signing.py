"""The verb of the final acceptance: the letter gets its mark and is signed; its file never changes again.

Law: k.p.a. art. 14 par. 1a and art. 107 par. 1 pkt 8 (electronic form and signature), rozp. MSWiA 30.10.2006
par. 6 pkt 1 (integrity). Everything happens in one transaction: a crash leaves an unsigned document.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from starostwo.files import api as files
from starostwo.office.api import Actor
from starostwo.records.models import AcceptanceStep, Case, Document, SignedFile
from starostwo.records.queries.document_paper import paper
from starostwo.records.rules.acceptance import DocumentState, Move, NotInThisState, after
from starostwo.records.rules.document_marks import holder_code, letter_mark
from starostwo.records.rules.document_signature import Signer
from starostwo.records.services.acceptance import CannotDecide, NotReady, decide, turn_of, unready
from starostwo.records.services.document_drafts import locked, write_act
from starostwo.records.services.document_index import index_document
from starostwo.records.typeset import NotArchivable, PrintedLetter, check_archivable, typeset_letter
from starostwo.signatures import api as signatures

LIMIT = 50_000_000


class SignatureRefused(Exception):
    """The key is missing, cannot be used, or the signature that it made is not the signer's."""


@dataclass(frozen=True)
class SigningResult:
    """What became of one of several documents; `problem` is empty when it was signed."""

    document_id: int
    title: str
    mark: str = ""
    problem: str = ""

    @property
    def is_signed(self) -> bool:
        return not self.problem


def sign_many(document_ids: Sequence[int], *, actor: Actor, now: datetime) -> list[SigningResult]:
    """Sign each of the documents on its own: one refusal does not stop the others."""
    return [_result_of(document_id, actor=actor, now=now) for document_id in dict.fromkeys(document_ids)]


@transaction.atomic
def sign_document(document_id: int, *, actor: Actor, remark: str = "", now: datetime) -> SignedFile:
    """Sign a document whose last step is this person's turn, and keep the file for ever."""
    document = locked(document_id)
    state = after(DocumentState(document.state), Move.SIGN)
    step = turn_of(document, actor)
    if not step.is_final:
        raise CannotDecide("Przed podpisem pismo muszą zaakceptować wskazane osoby.")
    if problems := unready(document, step.version.text, now=now):
        raise NotReady(problems)
    signer = Signer(actor.name, actor.own.titles[0] if actor.own.titles else "")
    document.number = next_in_case(document.case_id)
    document.mark = letter_mark(document.case.mark, number=document.number, holder=code_of(document.case))
    text = step.version.text
    letter = paper(document, text, today=localdate(now), signer=signer, mark=document.mark)
    content, report = _signed_pdf(letter, actor=actor, now=now)
    blob_id, sha256 = kept(content, document)
    signatures.store_report(sha256, report, about=str(document))
    signed = SignedFile.objects.create(
        document=document,
        version=step.version,
        blob_id=blob_id,
        sha256=sha256,
        signer_id=actor.account_id,
        in_place_of_id=step.acceptor_id if actor.acting_for(step.acceptor_id) else None,
        signer_name=signer.name,
        signer_post=signer.post,
        authority=signer.authority,
        signed_at=now,
        printed=asdict(letter),
    )
    decide(step, AcceptanceStep.Outcome.SIGNED, actor=actor, remark=remark, now=now)
    document.state = state.value
    document.save(update_fields=["state", "number", "mark"])
    index_document(document, text)
    write_act(
        "sign_document",
        document,
        actor=actor,
        now=now,
        in_place_of=actor.acting_for(step.acceptor_id),
        payload={"mark": document.mark, "sha256": sha256, "authority": signer.authority},
    )
    return signed


def _result_of(document_id: int, *, actor: Actor, now: datetime) -> SigningResult:
    document = Document.objects.get(pk=document_id)
    try:
        signed = sign_document(document_id, actor=actor, now=now)
    except (SignatureRefused, CannotDecide, NotReady, NotInThisState, NotArchivable) as refusal:
        return SigningResult(document_id, document.title, problem=str(refusal))
    return SigningResult(document_id, document.title, mark=signed.document.mark)


def _signed_pdf(
    letter: PrintedLetter, *, actor: Actor, now: datetime
) -> tuple[bytes, signatures.SignatureReport]:
    """Typeset the letter and have it signed."""
    pdf = typeset_letter(letter, now=now)
    return signed_by(pdf, f"{letter.title} {letter.mark}", actor=actor, now=now)


def signed_by(
    pdf: bytes, reason: str, *, actor: Actor, now: datetime
) -> tuple[bytes, signatures.SignatureReport]:
    """Sign a finished PDF with the person's own key, and check it as anybody else would."""
    check_archivable(pdf)
    keys = signatures.staff_keys(actor.account_id)
    if not keys:
        raise SignatureRefused("Nie masz klucza do podpisu. Zgłoś to administratorowi.")
    try:
        signed = signatures.sign_pdf(pdf, key=keys[0], reason=reason, at=now)
    except signatures.CannotSign as refusal:
        raise SignatureRefused(str(refusal)) from refusal
    return signed, _checked(signed, actor=actor, now=now)


def _checked(signed: bytes, *, actor: Actor, now: datetime) -> signatures.SignatureReport:
    """The certificate must name the person who signs, and the signature must cover the whole file."""
    report = signatures.verify(signed, name="pismo.pdf", at=now)
    if report.verdict in ("none", "red"):
        raise SignatureRefused(f"Złożony podpis nie jest ważny: {report.reason}")
    if actor.name.casefold() not in report.signer.casefold():
        raise SignatureRefused(
            f"Certyfikat należy do innej osoby ({report.signer}), a podpisuje {actor.name}. Nic nie zapisano."
        )
    check_archivable(signed)
    return report


def kept(signed: bytes, document: Document) -> tuple[int, str]:
    """Store the signed file under the mark of its document."""
    blob = files.put(signed, name=f"{document.mark}.pdf", limit=LIMIT)
    return blob.pk, blob.sha256


def next_in_case(case_id: int) -> int:
    """The number after the last signed letter of the case, whose row stays locked until the commit."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    last = Document.objects.filter(case=case).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def code_of(case: Case) -> str:
    """The letters of whoever holds the case, as they stand in the mark of a letter."""
    return holder_code(case.holder.given_name, case.holder.family_name)
