"""What the demonstration's national node writes: an assertion, its encryption, the messages around it.

Written and signed without any code of the office's own side, so that one fault cannot hide in both.
"""

import os
from base64 import b64encode
from collections.abc import Mapping
from html import escape
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash
from cryptography.hazmat.primitives.keywrap import aes_key_wrap
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from lxml import etree
from signxml.algorithms import SignatureConstructionMethod as Method
from signxml.signer import XMLSigner

NAMES = (
    'xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" '
    'xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" '
    'xmlns:xenc11="http://www.w3.org/2009/xmlenc11#" xmlns:dsig11="http://www.w3.org/2009/xmldsig11#"'
)
XENC, XENC11 = "http://www.w3.org/2001/04/xmlenc#", "http://www.w3.org/2009/xmlenc11#"
HERE = '<ds:Signature Id="placeholder"/>'
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"

ASSERTION = """<saml2:Assertion {names} ID="{assertion_id}" IssueInstant="{issued}" Version="2.0">\
<saml2:Issuer>{issuer}</saml2:Issuer><saml2:Subject>\
<saml2:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified">{name_id}</saml2:NameID>\
<saml2:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">\
<saml2:SubjectConfirmationData InResponseTo="{request_id}" NotOnOrAfter="{until}" Recipient="{recipient}"/>\
</saml2:SubjectConfirmation></saml2:Subject>\
<saml2:Conditions NotBefore="{since}" NotOnOrAfter="{until}"><saml2:AudienceRestriction>\
<saml2:Audience>{audience}</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions>\
<saml2:AuthnStatement AuthnInstant="{logged_in}" SessionIndex="{session_index}"><saml2:AuthnContext>\
<saml2:AuthnContextClassRef>{level}</saml2:AuthnContextClassRef>\
<saml2:AuthenticatingAuthority>pz.test</saml2:AuthenticatingAuthority></saml2:AuthnContext></saml2:AuthnStatement>\
<saml2:AttributeStatement>{attributes}</saml2:AttributeStatement></saml2:Assertion>"""

ATTRIBUTE = (
    '<saml2:Attribute FriendlyName="{friendly}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri" '
    'Name="http://eidas.europa.eu/attributes/naturalperson/{name}">'
    "<saml2:AttributeValue>{value}</saml2:AttributeValue></saml2:Attribute>"
)

ENCRYPTED = """<saml2:EncryptedAssertion><xenc:EncryptedData Type="{xenc}Element">\
<xenc:EncryptionMethod Algorithm="{cipher}"/><ds:KeyInfo><xenc:EncryptedKey>\
<xenc:EncryptionMethod Algorithm="{wrap}"/><ds:KeyInfo><xenc:AgreementMethod Algorithm="{xenc11}ECDH-ES">\
<xenc11:KeyDerivationMethod Algorithm="{xenc11}ConcatKDF">\
<xenc11:ConcatKDFParams AlgorithmID="{algorithm}" PartyUInfo="{party_u}" PartyVInfo="{party_v}">\
<ds:DigestMethod Algorithm="{xenc}sha256"/></xenc11:ConcatKDFParams></xenc11:KeyDerivationMethod>\
<xenc:OriginatorKeyInfo><ds:KeyValue><dsig11:ECKeyValue>\
<dsig11:NamedCurve URI="urn:oid:1.2.840.10045.3.1.7"/><dsig11:PublicKey>{public}</dsig11:PublicKey>\
</dsig11:ECKeyValue></ds:KeyValue></xenc:OriginatorKeyInfo></xenc:AgreementMethod></ds:KeyInfo>\
<xenc:CipherData><xenc:CipherValue>{key}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo>\
<xenc:CipherData><xenc:CipherValue>{content}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>\
</saml2:EncryptedAssertion>"""

MESSAGE = """<saml2p:{kind} {names} ID="{message_id}" InResponseTo="{in_response_to}" Version="2.0" \
IssueInstant="{issued}"><saml2:Issuer>{issuer}</saml2:Issuer>{here}\
<saml2p:Status>{status}</saml2p:Status>{content}</saml2p:{kind}>"""

ENVELOPE = b'<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>%s</soap:Body></soap:Envelope>'


def assertion(facts: Mapping[str, Any]) -> str:
    """The node's word about one person and one log-in."""
    attributes = "".join(
        ATTRIBUTE.format(friendly=friendly, name=name, value=escape(facts[field]))
        for friendly, name, field in (
            ("FamilyName", "CurrentFamilyName", "family_name"),
            ("FirstName", "CurrentGivenName", "given_name"),
            ("DateOfBirth", "DateOfBirth", "date_of_birth"),
            ("PersonIdentifier", "PersonIdentifier", "pesel"),
        )
    )
    safe = {name: escape(str(value)) for name, value in facts.items()}
    return ASSERTION.format(names=NAMES, attributes=attributes, **safe)


def encrypted(
    clear: str,
    reader: ec.EllipticCurvePublicKey,
    *,
    names: tuple[str, str],
    bits: tuple[int, int] = (256, 256),
) -> str:
    """The assertion for its reader's eyes alone; `bits` of the wrapping key and of the content key."""
    wrap, cipher = f"{XENC}kw-aes{bits[0]}", f"{XENC11}aes{bits[1]}-gcm"
    algorithm, party_u, party_v = (_counted(name) for name in (wrap, *names))
    ours = ec.generate_private_key(ec.SECP256R1())
    kdf = ConcatKDFHash(SHA256(), bits[0] // 8, otherinfo=algorithm + party_u + party_v)
    wrapping = kdf.derive(ours.exchange(ec.ECDH(), reader))
    secret, nonce = os.urandom(bits[1] // 8), os.urandom(12)
    public = ours.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return ENCRYPTED.format(
        xenc=XENC,
        xenc11=XENC11,
        wrap=wrap,
        cipher=cipher,
        algorithm=algorithm.hex().upper(),
        party_u=party_u.hex().upper(),
        party_v=party_v.hex().upper(),
        public=b64encode(public).decode(),
        key=b64encode(aes_key_wrap(wrapping, secret)).decode(),
        content=b64encode(nonce + AESGCM(secret).encrypt(nonce, clear.encode(), None)).decode(),
    )


def message(
    kind: str, facts: Mapping[str, str], *, statuses: tuple[str, ...] = (SUCCESS,), content: str = ""
) -> str:
    """A message of the protocol, with a place for its signature."""
    status = ""
    for value in reversed(statuses):
        status = f'<saml2p:StatusCode Value="{value}">{status}</saml2p:StatusCode>'
    return MESSAGE.format(kind=kind, names=NAMES, here=HERE, status=status, content=content, **facts)


def signed(text: str, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> str:
    """The message with the node's signature in its place."""
    root = etree.fromstring(text)
    signer = XMLSigner(
        method=Method.enveloped,
        signature_algorithm="ecdsa-sha256",
        digest_algorithm="sha256",
        c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#",
    )
    done = signer.sign(
        root, key=key, cert=[certificate], reference_uri=f"#{root.get('ID')}", id_attribute="ID"
    )
    return etree.tostring(done, encoding="unicode")


def _counted(name: str) -> bytes:
    return len(name.encode()).to_bytes(4) + name.encode()
