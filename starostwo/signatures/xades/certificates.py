"""Which certificate signed: the one in KeyInfo that the signed properties name by its digest."""

import hmac
from base64 import b64decode

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from starostwo.signatures.facts import BrokenSignature
from starostwo.signatures.xades.names import DIGESTS, NS

MAX_CERTIFICATES = 20
SIGNED = "xades:SignedSignatureProperties"


def certificates_of(signature: etree._Element) -> tuple[x509.Certificate, ...]:
    """Return the certificates that the signature brings along."""
    nodes = signature.findall("ds:KeyInfo/ds:X509Data/ds:X509Certificate", NS)
    if not nodes:
        raise BrokenSignature("NO_SIGNING_CERTIFICATE_FOUND", "brak certyfikatu")
    if len(nodes) > MAX_CERTIFICATES:
        raise BrokenSignature("FORMAT_FAILURE", "zbyt wiele certyfikatów")
    return tuple(
        x509.load_der_x509_certificate(b64decode("".join((node.text or "").split()))) for node in nodes
    )


def signing_certificate(
    known: tuple[x509.Certificate, ...], properties: etree._Element | None
) -> x509.Certificate:
    """Return the signer's certificate; in XAdES its digest must stand among the signed properties."""
    if properties is None:
        return known[0]
    named = properties.find(f"{SIGNED}/xades:SigningCertificateV2/xades:Cert", NS)
    if named is None:
        named = properties.find(f"{SIGNED}/xades:SigningCertificate/xades:Cert", NS)
    if named is None:
        raise BrokenSignature("SIG_CONSTRAINTS_FAILURE", "podpis nie wskazuje certyfikatu")
    for certificate in known:
        if _is_named(certificate, named):
            return certificate
    raise BrokenSignature("SIG_CONSTRAINTS_FAILURE", "podpis wskazuje inny certyfikat")


def _is_named(certificate: x509.Certificate, named: etree._Element) -> bool:
    method = named.find("xades:CertDigest/ds:DigestMethod", NS)
    algorithm = method.get("Algorithm", "") if method is not None else ""
    if algorithm not in DIGESTS:
        raise BrokenSignature("FORMAT_FAILURE", f"nieznany skrót {algorithm}")
    digest = hashes.Hash(DIGESTS[algorithm])
    digest.update(certificate.public_bytes(Encoding.DER))
    expected = b64decode("".join((named.findtext("xades:CertDigest/ds:DigestValue", "", NS)).split()))
    serial = named.findtext("xades:IssuerSerial/ds:X509SerialNumber", None, NS)
    if serial is not None and serial.strip() != str(certificate.serial_number):
        return False
    return hmac.compare_digest(digest.finalize(), expected)
