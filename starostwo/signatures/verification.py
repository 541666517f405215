"""`verify`: the door through which every file of a stranger goes. It never raises for what the file is."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.utils.crypto import salted_hmac

from starostwo.signatures import pool
from starostwo.signatures.frames import trust_as_json
from starostwo.signatures.rules.report import SignatureReport, Verdict, report_from_dict
from starostwo.signatures.rules.verdict import REASONS
from starostwo.signatures.trust import Trust, trust_from_folder


def verify(
    content: bytes, *, name: str, attachments: Mapping[str, bytes] | None = None, at: datetime
) -> SignatureReport:
    """Say how the file is signed and what that is worth; the files sent beside it may be what it signs."""
    beside = {key: data for key, data in (attachments or {}).items() if key and key != name}
    header = {"trust": trust_as_json(current_trust()), "at": at.isoformat()}
    try:
        answer, payloads = pool.ask(header, {"": content, **beside})
    except pool.NoAnswer:
        return _not_verified(content, at)
    report = report_from_dict(answer["report"])
    findings = tuple(
        replace(finding, pesel_hash=pesel_hash(pesel))
        for finding, pesel in zip(report.findings, answer["pesels"], strict=True)
    )
    return replace(report, findings=findings, payloads=payloads)


def pesel_hash(pesel: str) -> str:
    """A keyed hash: a stored report can be matched with a person, but not turned back into a number."""
    return salted_hmac("starostwo.signatures.pesel", pesel, algorithm="sha256").hexdigest() if pesel else ""


def current_trust() -> Trust:
    """The anchors of this installation."""
    return trust_from_folder(settings.KEYS_DIR / "trust", accepts_demo=settings.DEMO)


def _not_verified(content: bytes, at: datetime) -> SignatureReport:
    return SignatureReport(
        verdict=Verdict.AMBER,
        reason=REASONS["LIMITS_EXCEEDED"],
        form="",
        findings=(),
        unsigned_files=(),
        checked_at=at,
        content_sha256=sha256(content).hexdigest(),
    )
