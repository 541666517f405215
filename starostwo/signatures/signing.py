"""Signing by the office and its people: PDF as PAdES, XML as XAdES, and the office's seal."""

import json
from datetime import datetime
from io import BytesIO

from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession

from starostwo.platform.safe_xml import UnsafeXml
from starostwo.signatures.assessment import summary
from starostwo.signatures.cms_signing import KeySigner
from starostwo.signatures.keys import CannotSign, KeyRef, SigningKey, open_key
from starostwo.signatures.timestamps import ConfiguredTimeStamper, TimestampUnavailable
from starostwo.signatures.xades.signer import sign_enveloped


def sign_pdf(pdf: bytes, *, key: KeyRef, reason: str, at: datetime, timestamp: bool = True) -> bytes:
    """Return the PDF with a PAdES signature: B-T when a time-stamp authority is configured, else B-B.

    The signature is not visible on the page: what a reader should see stands in the document's template.
    """
    stamper = ConfiguredTimeStamper() if timestamp and settings.TSA_URL else None
    opened = _open(key)
    signer = KeySigner(opened)
    try:
        writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
        taken = len(list(writer.prev.embedded_signatures))
        metadata = PdfSignatureMetadata(
            field_name=f"Podpis{taken + 1}",
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            reason=reason,
            name=summary(opened.certificate).subject,
        )
        signed = _SignerAt(metadata, signer=signer, timestamper=stamper, at=at).sign_pdf(writer)
        return bytes(signed.getvalue())
    except TimestampUnavailable as error:
        raise CannotSign(str(error)) from error
    except (PdfError, SigningError, ValueError, OSError) as error:
        raise CannotSign(f"Nie można podpisać pliku PDF ({type(error).__name__}).") from error


def sign_xml(xml: bytes, *, key: KeyRef, at: datetime) -> bytes:
    """Return the XML document with an enveloped XAdES B-B signature."""
    return _signed_xml(xml, _open(key), at)


def seal_xml(xml: bytes, *, at: datetime) -> bytes:
    """Return the XML document under the office's seal: XAdES B-B, never to be changed after."""
    return _signed_xml(xml, _open(seal_key()), at)


def _signed_xml(xml: bytes, key: SigningKey, at: datetime) -> bytes:
    try:
        return sign_enveloped(xml, key=key, at=at)
    except UnsafeXml as error:
        raise CannotSign(f"Nie można podpisać: {error}.") from error


def _open(ref: KeyRef) -> SigningKey:
    return open_key(ref, accepts_demo=settings.DEMO)


def seal_key() -> KeyRef:
    """Return the office's seal; where it lies is kept in one small file among the keys."""
    path = settings.KEYS_DIR / "seal.json"
    try:
        return KeyRef(**json.loads(path.read_text())).found_in(settings.KEYS_DIR)
    except (OSError, ValueError, TypeError) as error:
        raise CannotSign("Nie skonfigurowano pieczęci urzędu (plik seal.json w katalogu kluczy).") from error


class _SignerAt(PdfSigner):
    """pyHanko's signer with our clock."""

    def __init__(
        self,
        metadata: PdfSignatureMetadata,
        *,
        signer: KeySigner,
        timestamper: ConfiguredTimeStamper | None,
        at: datetime,
    ) -> None:
        super().__init__(metadata, signer=signer, timestamper=timestamper)
        self._at = at

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session
