"""Look at one file: find out in what form it is signed, check every signature, write the report.

Runs in the verifying child process; imports no Django.
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from starostwo.signatures import asic, cades, pades
from starostwo.signatures.assessment import assess
from starostwo.signatures.facts import SignatureFacts
from starostwo.signatures.rules.report import SignatureReport
from starostwo.signatures.rules.verdict import overall
from starostwo.signatures.trust import Trust
from starostwo.signatures.xades import verifier

BOM = b"\xef\xbb\xbf"
XML_STARTS = (b"<", BOM + b"<", b"\xff\xfe<", b"\xfe\xff\x00<")


def inspect(content: bytes, *, files: Mapping[str, bytes], trust: Trust, at: datetime) -> SignatureReport:
    """Return the report for the file and the files sent beside it."""
    form, found, uncovered = _facts(content, files)
    findings = tuple(assess(each, trust=trust, at=at) for each in found)
    verdict, reason = overall(findings, uncovered)
    payloads = {name: data for each in found if not each.broken for name, data in each.payloads.items()}
    return SignatureReport(
        verdict=verdict,
        reason=reason,
        form=form if findings else "",
        findings=findings,
        unsigned_files=uncovered,
        checked_at=at,
        content_sha256=sha256(content).hexdigest(),
        payloads=payloads,
    )


def _facts(content: bytes, files: Mapping[str, bytes]) -> tuple[str, list[SignatureFacts], tuple[str, ...]]:
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return pades.FORM, pades.verify(content), ()
    if asic.is_container(content):
        return (asic.FORM, *asic.verify(content))
    if content.lstrip().startswith(XML_STARTS):
        return verifier.FORM, verifier.verify(content, files), ()
    signed_data = cades.signed_data_of(content)
    if signed_data is not None:
        return cades.FORM, cades.verify(signed_data, files), ()
    return "", [], ()
