"""Signing with a trusted profile: the state's service gets the document, the resident signs it there.

The service is SOAP in the namespace of its makers: `addDocumentToSigning` takes the document and two
addresses of ours and answers with the one to which the resident is sent, `getSignedDocument` gives the signed
document for it. Each call is signed by the office (WS-Security over the body). Names as public programs of
others write them; the service itself was not tried, and how an office is registered there rests on memory.
"""

import binascii
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from django.conf import settings
from lxml import etree

from starostwo.platform.calls import NoAnswer, answer_to
from starostwo.platform.canonical_xml import EXCLUSIVE, canonical
from starostwo.platform.safe_xml import UnsafeXml, parse

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
SIGNING = "http://signing.ws.comarch.gov"
OASIS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
WSSE, WSU = f"{OASIS}wssecurity-secext-1.0.xsd", f"{OASIS}wssecurity-utility-1.0.xsd"
TOKEN_TYPE = f"{OASIS}x509-token-profile-1.0#X509v3"
BASE64 = f"{OASIS}soap-message-security-1.0#Base64Binary"
DS = "http://www.w3.org/2000/09/xmldsig#"
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
DIGEST = "http://www.w3.org/2001/04/xmlenc#sha256"
BODY, TOKEN = "tresc", "certyfikat"


class ServiceDoesNotAnswer(Exception):
    """The service was not reached, refused, or has forgotten the document; nothing was signed."""


def is_offered() -> bool:
    """Whether this installation names the service."""
    return bool(settings.TRUSTED_PROFILE_URL)


def begin(document: bytes, *, success: str, failure: str, about: str) -> str:
    """Hand the document over; return where the resident signs it."""
    given = {
        "doc": b64encode(document).decode(),
        "successURL": success,
        "failureURL": failure,
        "additionalInfo": about,
    }
    address = _answer("addDocumentToSigning", given)
    if not address.startswith(settings.TRUSTED_PROFILE_PAGES):
        raise ServiceDoesNotAnswer("the service sends the resident to an address that is not its own")
    return address


def signed_document(address: str) -> bytes:
    """Fetch what was signed at the address that `begin` returned."""
    try:
        return b64decode(_answer("getSignedDocument", {"id": address}), validate=True)
    except binascii.Error as fault:
        raise ServiceDoesNotAnswer("the signed document is not base64") from fault


def _answer(verb: str, given: dict[str, str]) -> str:
    headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{verb}"'}
    try:
        said = answer_to(settings.TRUSTED_PROFILE_URL, headers=headers, body=_envelope(verb, given))
        found = parse(said).getroot().find(f"{{{SOAP}}}Body/{{{SIGNING}}}{verb}Response/{verb}Return")
    except (NoAnswer, UnsafeXml, OSError, ValueError) as fault:
        raise ServiceDoesNotAnswer(str(fault)) from fault
    if found is None or not found.text:
        raise ServiceDoesNotAnswer(f"{verb}: the answer says nothing")
    return found.text.strip()


def _envelope(verb: str, given: dict[str, str]) -> bytes:
    envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soapenv": SOAP, "wsu": WSU, "sig": SIGNING})
    security = etree.SubElement(
        etree.SubElement(envelope, f"{{{SOAP}}}Header"), f"{{{WSSE}}}Security", nsmap={"wsse": WSSE}
    )
    body = etree.SubElement(envelope, f"{{{SOAP}}}Body", {f"{{{WSU}}}Id": BODY})
    call = etree.SubElement(body, f"{{{SIGNING}}}{verb}")
    for name, value in given.items():
        etree.SubElement(call, name).text = value
    _sign(security, body)
    return etree.tostring(envelope, encoding="UTF-8", xml_declaration=True)


def _sign(security: etree._Element, body: etree._Element) -> None:
    """The office's signature over the body, with its certificate beside it."""
    key = load_pem_private_key(Path(settings.TRUSTED_PROFILE_KEY).read_bytes(), password=None)
    certificate = x509.load_pem_x509_certificate(Path(settings.TRUSTED_PROFILE_CERTIFICATE).read_bytes())
    kinds = {f"{{{WSU}}}Id": TOKEN, "EncodingType": BASE64, "ValueType": TOKEN_TYPE}
    token = etree.SubElement(security, f"{{{WSSE}}}BinarySecurityToken", kinds)
    token.text = b64encode(certificate.public_bytes(Encoding.DER)).decode()
    signature = etree.SubElement(security, f"{{{DS}}}Signature", nsmap={"ds": DS})
    info = etree.SubElement(signature, f"{{{DS}}}SignedInfo")
    is_rsa = isinstance(key, rsa.RSAPrivateKey)
    etree.SubElement(info, f"{{{DS}}}CanonicalizationMethod", Algorithm=EXCLUSIVE)
    etree.SubElement(
        info, f"{{{DS}}}SignatureMethod", Algorithm=f"{MORE}{'rsa' if is_rsa else 'ecdsa'}-sha256"
    )
    reference = etree.SubElement(info, f"{{{DS}}}Reference", URI=f"#{BODY}")
    etree.SubElement(
        etree.SubElement(reference, f"{{{DS}}}Transforms"), f"{{{DS}}}Transform", Algorithm=EXCLUSIVE
    )
    etree.SubElement(reference, f"{{{DS}}}DigestMethod", Algorithm=DIGEST)
    digest = sha256(canonical(body, method=EXCLUSIVE)).digest()
    etree.SubElement(reference, f"{{{DS}}}DigestValue").text = b64encode(digest).decode()
    value = etree.SubElement(signature, f"{{{DS}}}SignatureValue")
    value.text = b64encode(_value(key, canonical(info, method=EXCLUSIVE))).decode()
    named = etree.SubElement(
        etree.SubElement(signature, f"{{{DS}}}KeyInfo"), f"{{{WSSE}}}SecurityTokenReference"
    )
    etree.SubElement(named, f"{{{WSSE}}}Reference", URI=f"#{TOKEN}", ValueType=TOKEN_TYPE)


def _value(key: object, data: bytes) -> bytes:
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), SHA256())
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ServiceDoesNotAnswer("the office's key is neither RSA nor EC")
    r, s = decode_dss_signature(key.sign(data, ec.ECDSA(SHA256())))
    size = (key.key_size + 7) // 8
    return r.to_bytes(size) + s.to_bytes(size)
