"""The QR codes of an invoice: I, by which anybody finds it in KSeF, II, by which its issuer vouches.

Law: ustawa o VAT art. 106gb ust. 5 (code I), art. 106nda (code II on invoices of offline24).
"""

import base64
from datetime import date
from pathlib import Path

from cryptography import x509
from django.conf import settings
from ksef_client import KsefClientOptions
from ksef_client.services.verification_link import VerificationLinkService


class NoCertificate(Exception):
    """The installation has no certificate of KSeF of the kind for offline invoices."""


def code_one(*, nip: str, issued_on: date, sha256: str) -> str:
    """The address of the invoice in KSeF."""
    return _links().build_invoice_verification_url(nip, issued_on, _digest(sha256))


def code_two(*, nip: str, sha256: str) -> str:
    """The address that says, under a signature, who issued an invoice that KSeF has not seen yet."""
    try:
        certificate = x509.load_pem_x509_certificate(Path(settings.KSEF_CERTIFICATE).read_bytes())
        key = Path(settings.KSEF_KEY).read_text()
    except (OSError, ValueError) as error:
        raise NoCertificate from error
    return _links().build_certificate_verification_url(
        seller_nip=nip,
        context_identifier_type="Nip",
        context_identifier_value=nip,
        certificate_serial=f"{certificate.serial_number:X}",
        invoice_hash=_digest(sha256),
        private_key_pem=key,
    )


def can_go_offline() -> bool:
    """Whether there is a certificate to vouch with."""
    return Path(settings.KSEF_CERTIFICATE).is_file() and Path(settings.KSEF_KEY).is_file()


def _links() -> VerificationLinkService:
    return VerificationLinkService(
        KsefClientOptions(base_url=settings.KSEF_URL, base_qr_url=settings.KSEF_QR_URL or None)
    )


def _digest(sha256: str) -> str:
    return base64.b64encode(bytes.fromhex(sha256)).decode()
