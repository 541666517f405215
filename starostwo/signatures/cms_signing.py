"""Signing in CMS form with our keys: pyHanko builds the structure, the key stays where it lies."""

import asyncio

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from starostwo.signatures.keys import SigningKey

SIGNATURE_BYTES = 512


class KeySigner(Signer):
    """pyHanko's signer over a key of ours, in memory or in a token alike."""

    def __init__(self, key: SigningKey) -> None:
        known = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        known.register_multiple([_asn1(each) for each in key.chain])
        super().__init__(signing_cert=_asn1(key.certificate), cert_registry=known, embed_roots=False)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if digest_algorithm != "sha256":
            raise ValueError("podpisujemy tylko skrótem SHA-256")
        return bytes(SIGNATURE_BYTES) if dry_run else self._key.sign(data)


def sign_cms(
    data: bytes | cms.EncapsulatedContentInfo, *, key: SigningKey, detached: bool
) -> cms.ContentInfo:
    """Return a CAdES signature over the data, which it holds inside unless it is detached."""
    signer = KeySigner(key)
    return asyncio.run(signer.async_sign_general_data(data, "sha256", detached=detached, use_cades=True))


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
