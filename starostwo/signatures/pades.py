"""Signatures inside a PDF: pyHanko reads and compares revisions, the common code judges trust.

A signature holds for the whole document only if it covers the file's end or if later revisions
added nothing but evidence; a filled form counts as a change, for it can replace what is seen.
"""

from dataclasses import replace
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from starostwo.signatures.cms import check_signer
from starostwo.signatures.facts import BrokenSignature, SignatureFacts, TimestampClaim
from starostwo.signatures.rules.report import Scope

FORM = "PAdES"
MAX_SIGNATURES = 50
HARMLESS = frozenset({ModificationLevel.NONE, ModificationLevel.LTA_UPDATES})


def verify(content: bytes) -> list[SignatureFacts]:
    """Return what holds of each signature; document time stamps prove the time of those before them."""
    try:
        return _verify(content)
    except BrokenSignature as broken:
        return [SignatureFacts(FORM, broken.subindication, broken.detail)]
    except Exception as error:
        return [SignatureFacts(FORM, "FORMAT_FAILURE", type(error).__name__)]


def _verify(content: bytes) -> list[SignatureFacts]:
    reader = PdfFileReader(BytesIO(content), strict=False)
    if reader.encrypted:
        raise BrokenSignature("FORMAT_FAILURE", "plik PDF jest zaszyfrowany")
    embedded = reader.embedded_signatures
    if len(embedded) > MAX_SIGNATURES:
        raise BrokenSignature("FORMAT_FAILURE", "zbyt wiele podpisów")
    stamps = [(each, _signed_bytes(each, content)) for each in embedded if _is_stamp(each)]
    found = []
    for signature in (each for each in embedded if not _is_stamp(each)):
        facts = _facts(signature, content)
        later = [
            TimestampClaim(stamp.pkcs7_content, stamped)
            for stamp, stamped in stamps
            if stamp.signed_revision > signature.signed_revision
        ]
        found.append(replace(facts, timestamps=(*facts.timestamps, *later)))
    return found


def _is_stamp(signature: EmbeddedPdfSignature) -> bool:
    return bool(signature.sig_object_type == "/DocTimeStamp")


def _facts(signature: EmbeddedPdfSignature, content: bytes) -> SignatureFacts:
    signature.compute_integrity_info()  # type: ignore[no-untyped-call]
    facts = check_signer(signature.signed_data, signature.compute_digest, form=FORM)
    covers_revision = signature.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
    revision = content[: sum(list(signature.byte_range)[2:4])]
    return replace(
        facts,
        claimed_at=facts.claimed_at or signature.self_reported_timestamp,
        scopes=(Scope("document", "PDF", whole=bool(covers_revision)),),
        payloads={"PDF": revision} if covers_revision and not facts.broken else {},
        changed_after=_is_changed_after(signature),
    )


def _is_changed_after(signature: EmbeddedPdfSignature) -> bool:
    if signature.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return False
    difference = signature.diff_result
    return not (isinstance(difference, DiffResult) and difference.modification_level in HARMLESS)


def _signed_bytes(signature: EmbeddedPdfSignature, content: bytes) -> bytes:
    start, length, tail, tail_length = (int(each) for each in signature.byte_range)
    return content[start : start + length] + content[tail : tail + tail_length]
