"""Signing papers of assets: the first signature fixes the file, each later one is added to it.

Law: u.o.r. art. 21 ust. 1 pkt 5 and 6.
"""

from datetime import datetime

from django.db import transaction

from starostwo.assets.models import SignedPaper
from starostwo.assets.queries.signing import Paper
from starostwo.assets.services.writing import Refused
from starostwo.audit import api as audit
from starostwo.files import api as files
from starostwo.office.api import Actor
from starostwo.signatures import api as signatures

LIMIT = 50_000_000


@transaction.atomic
def sign(paper: Paper, role: str, *, actor: Actor, now: datetime) -> SignedPaper:
    """Sign a paper in a role that is this person's."""
    paper.lock()
    if role not in paper.roles(actor):
        raise Refused("role", "Nie możesz podpisać tego dokumentu w tej roli albo już go podpisano.")
    before = paper.signatures()
    content = _content_of(before[-1]) if before else paper.typeset()
    signed = _signed(content, f"{paper.name}, {role}", actor=actor, now=now)
    blob = files.put(signed, name=f"{paper.name.replace('/', '-')}.pdf", limit=LIMIT)
    made = SignedPaper.objects.create(
        **paper.key, position=len(before) + 1, role=role, signer_id=actor.account_id, signer_name=actor.name,
        blob=blob, sha256=blob.sha256, signed_at=now,
    )  # fmt: skip
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb="sign", thing=paper.thing,
        payload={"role": role, "sha256": blob.sha256}, at=now,
    )  # fmt: skip
    return made


def _content_of(last: SignedPaper) -> bytes:
    with files.open_blob(last.sha256) as file:
        content: bytes = file.read()
    return content


def _signed(pdf: bytes, reason: str, *, actor: Actor, now: datetime) -> bytes:
    """Sign with the person's own key, and check it as anybody else would."""
    keys = signatures.staff_keys(actor.own.account_id)
    if not keys:
        raise Refused("role", "Nie masz klucza do podpisu. Zgłoś to administratorowi.")
    try:
        signed = signatures.sign_pdf(pdf, key=keys[0], reason=reason, at=now)
    except signatures.CannotSign as refusal:
        raise Refused("role", str(refusal)) from refusal
    report = signatures.verify(signed, name="dokument.pdf", at=now)
    if report.verdict in ("none", "red"):
        raise Refused("role", f"Złożony podpis nie jest ważny: {report.reason}")
    signers = [finding.signer for finding in report.findings]
    if not any(actor.name.casefold() in one.casefold() for one in signers):
        raise Refused("role", "Certyfikat należy do innej osoby. Nic nie zapisano.")
    return signed
