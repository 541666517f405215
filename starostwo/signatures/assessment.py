"""From the facts of a signature to a finding: time, chain, revocation, legal kind, signer, colour."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID, ObjectIdentifier

from starostwo.signatures import qualified
from starostwo.signatures.chains import ChainOutcome, check_chain
from starostwo.signatures.facts import SignatureFacts
from starostwo.signatures.marking import is_demonstration
from starostwo.signatures.rules.report import CertificateSummary, Finding, Qualification
from starostwo.signatures.rules.verdict import indication_of, verdict_of
from starostwo.signatures.tokens import NotATimestamp, stamped_at
from starostwo.signatures.trust import Trust

KINDS = ("trusted_profile", "personal", "qualified")
PESEL = re.compile(r"(?:PNOPL-|PESEL:?\s*)?(\d{11})")
CHECKED = "sprawdzono na liście unieważnionych certyfikatów"
NOT_CHECKED = "nie sprawdzono"
CLOCK_SKEW = timedelta(minutes=5)  # between our clock and that of a time-stamp authority


@dataclass(frozen=True)
class _Time:
    """When the signature certainly existed: at the stamp, else when it reached us."""

    best: datetime
    proven: datetime | None
    remarks: tuple[str, ...]


def assess(facts: SignatureFacts, *, trust: Trust, at: datetime) -> Finding:
    """Return the finding for one signature that reached us at this moment."""
    certificate = facts.certificate
    time = _time(facts, trust, at)
    if facts.broken or certificate is None:
        outcome = ChainOutcome((certificate,) if certificate else (), "", "")
        return _finding(facts, facts.broken or "NO_SIGNING_CERTIFICATE_FOUND", outcome, time)
    outcome = check_chain(certificate, facts.other_certificates, trust=trust, at=time.best, kinds=KINDS)
    return _finding(facts, _subindication(facts, certificate, outcome, time, trust), outcome, time)


def _time(facts: SignatureFacts, trust: Trust, at: datetime) -> _Time:
    """The earliest stamp counts; one that does not hold proves nothing and is remarked."""
    proven, remarks = [], []
    for claim in facts.timestamps:
        try:
            proven.append(stamped_at(claim.token, stamped=claim.stamped, trust=trust))
        except NotATimestamp as error:
            remarks.append(f"Pominięto znacznik czasu: {error}.")
    earliest = min((each for each in proven if each <= at + CLOCK_SKEW), default=None)
    return _Time(earliest or at, earliest, tuple(remarks))


def _subindication(
    facts: SignatureFacts, certificate: x509.Certificate, outcome: ChainOutcome, time: _Time, trust: Trust
) -> str:
    """The first thing that speaks against the signature; empty when nothing does."""
    if is_demonstration(certificate) and not trust.accepts_demo:
        return "TEST_CERTIFICATE"
    if not _may_sign(certificate):
        return "CHAIN_CONSTRAINTS_FAILURE"
    if outcome.subindication == "NO_CERTIFICATE_CHAIN_FOUND":
        return outcome.subindication
    if untimely := _untimely(facts, certificate, outcome, time):
        return untimely
    if facts.is_weak:
        return "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"
    if facts.is_bare:
        return "BASIC_SIGNATURE"
    return outcome.subindication


def _untimely(
    facts: SignatureFacts, certificate: x509.Certificate, outcome: ChainOutcome, time: _Time
) -> str:
    """Signed outside the certificate's life, by the signer's own word or by what can be proven."""
    claimed = facts.claimed_at
    if claimed is not None and claimed > certificate.not_valid_after_utc:
        return "EXPIRED"
    if time.best < certificate.not_valid_before_utc:
        return "NOT_YET_VALID"
    if outcome.revoked_at is not None and claimed is not None and claimed > outcome.revoked_at:
        return "REVOKED"
    if time.best > certificate.not_valid_after_utc:
        return "OUT_OF_BOUNDS_NO_POE"
    return ""


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _finding(facts: SignatureFacts, subindication: str, outcome: ChainOutcome, time: _Time) -> Finding:
    certificate = facts.certificate
    verdict, reason = verdict_of(subindication, facts.scopes, changed_after=facts.changed_after)
    kind = "" if facts.broken else outcome.kind
    name, pesel = _signer(facts, kind)
    return Finding(
        form=facts.form,
        level="B-T" if time.proven else "B-B",
        indication=indication_of(subindication),
        subindication=subindication,
        reason=reason,
        verdict=verdict,
        qualification=_qualification(certificate, kind, facts) if certificate else Qualification.NONE,
        signer=name,
        issuer=_common_name(certificate.issuer) if certificate else "",
        scopes=facts.scopes,
        claimed_at=facts.claimed_at,
        proven_at=time.proven,
        chain=tuple(summary(each) for each in outcome.chain),
        is_test=certificate is not None and is_demonstration(certificate),
        revocation=CHECKED if kind and not outcome.subindication else NOT_CHECKED,
        pesel=pesel,
        remarks=(*time.remarks, *([facts.detail] if facts.detail else [])),
    )


def _qualification(certificate: x509.Certificate, kind: str, facts: SignatureFacts) -> Qualification:
    """The legal kind follows from whose anchor the chain ends at, then from the certificate's statements."""
    if kind == "trusted_profile" and facts.person is not None:
        return Qualification.TRUSTED_PROFILE
    if kind == "personal":
        return Qualification.PERSONAL
    stated = qualified.statements(certificate)
    if kind not in {"qualified", "trusted_profile"} or qualified.COMPLIANCE not in stated:
        return Qualification.NONE
    if qualified.SECURE_DEVICE not in stated:
        return Qualification.ADES_QC
    return Qualification.QESEAL if qualified.FOR_SEALS in stated else Qualification.QES


def _signer(facts: SignatureFacts, kind: str) -> tuple[str, str]:
    """The ministry's seal speaks for the person it names; otherwise the certificate's subject signed."""
    if kind == "trusted_profile" and facts.person is not None:
        return f"{facts.person.given_name} {facts.person.family_name}".strip(), facts.person.pesel
    if facts.certificate is None:
        return "", ""
    subject = facts.certificate.subject
    names = _attribute(subject, NameOID.GIVEN_NAME), _attribute(subject, NameOID.SURNAME)
    found = PESEL.fullmatch(_attribute(subject, NameOID.SERIAL_NUMBER).strip())
    return " ".join(filter(None, names)) or _common_name(subject), found[1] if found else ""


def summary(certificate: x509.Certificate) -> CertificateSummary:
    """What a report keeps of a certificate."""
    return CertificateSummary(
        subject=_common_name(certificate.subject),
        issuer=_common_name(certificate.issuer),
        serial=f"{certificate.serial_number:x}",
        valid_from=certificate.not_valid_before_utc,
        valid_to=certificate.not_valid_after_utc,
        sha256=certificate.fingerprint(hashes.SHA256()).hex(),
    )


def _common_name(name: x509.Name) -> str:
    return _attribute(name, NameOID.COMMON_NAME) or name.rfc4514_string()


def _attribute(name: x509.Name, oid: ObjectIdentifier) -> str:
    found: Sequence[x509.NameAttribute[str]] = name.get_attributes_for_oid(oid)  # type: ignore[assignment]
    return str(found[0].value) if found else ""
