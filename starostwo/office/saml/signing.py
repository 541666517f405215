"""Our signature inside a message to the node: enveloped, exclusive canonical form, ECDSA with SHA-256."""

from base64 import b64encode
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from starostwo.office.saml.names import DIGEST, ECDSA_SHA256, ENVELOPED, NS, q
from starostwo.platform.canonical_xml import EXCLUSIVE, canonical


def sign(message: etree._Element, *, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> bytes:
    """Return the message, the signature behind its issuer, as bytes that nobody writes anew afterwards."""
    digest = sha256(canonical(message, method=EXCLUSIVE)).digest()
    signature = etree.Element(q("ds:Signature"), nsmap={"ds": NS["ds"]})
    info = _signed_info(signature, f"#{message.get('ID')}", digest)
    value = etree.SubElement(signature, q("ds:SignatureValue"))
    data = etree.SubElement(etree.SubElement(signature, q("ds:KeyInfo")), q("ds:X509Data"))
    der = certificate.public_bytes(Encoding.DER)
    etree.SubElement(data, q("ds:X509Certificate")).text = b64encode(der).decode()
    message.insert(1, signature)
    r, s = decode_dss_signature(key.sign(canonical(info, method=EXCLUSIVE), ec.ECDSA(SHA256())))
    value.text = b64encode(r.to_bytes(32) + s.to_bytes(32)).decode()
    return etree.tostring(message, encoding="UTF-8", xml_declaration=False)


def _signed_info(signature: etree._Element, uri: str, digest: bytes) -> etree._Element:
    info = etree.SubElement(signature, q("ds:SignedInfo"))
    etree.SubElement(info, q("ds:CanonicalizationMethod"), Algorithm=EXCLUSIVE)
    etree.SubElement(info, q("ds:SignatureMethod"), Algorithm=ECDSA_SHA256)
    reference = etree.SubElement(info, q("ds:Reference"), URI=uri)
    transforms = etree.SubElement(reference, q("ds:Transforms"))
    for algorithm in (ENVELOPED, EXCLUSIVE):
        etree.SubElement(transforms, q("ds:Transform"), Algorithm=algorithm)
    etree.SubElement(reference, q("ds:DigestMethod"), Algorithm=DIGEST)
    etree.SubElement(reference, q("ds:DigestValue")).text = b64encode(digest).decode()
    return info
