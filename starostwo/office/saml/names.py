"""Names of SAML 2.0, XML signatures and encryption and eIDAS that the node uses; nothing else is taken."""

NS = {
    "soap": "http://schemas.xmlsoap.org/soap/envelope/",
    "samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
    "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
    "xenc": "http://www.w3.org/2001/04/xmlenc#",
    "xenc11": "http://www.w3.org/2009/xmlenc11#",
    "dsig11": "http://www.w3.org/2009/xmldsig11#",
    "eidas": "http://eidas.europa.eu/saml-extensions",
    "ec": "http://www.w3.org/2001/10/xml-exc-c14n#",
}
ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
ECDSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
DIGEST = "http://www.w3.org/2001/04/xmlenc#sha256"

ECDH_ES = "http://www.w3.org/2009/xmlenc11#ECDH-ES"
CONCAT_KDF = "http://www.w3.org/2009/xmlenc11#ConcatKDF"
P256 = "urn:oid:1.2.840.10045.3.1.7"
KEY_WRAPS = {f"{NS['xenc']}kw-aes256": 32, f"{NS['xenc']}kw-aes128": 16}  # bytes of the wrapping key
CIPHERS = {f"{NS['xenc11']}aes256-gcm": 32, f"{NS['xenc11']}aes128-gcm": 16}  # bytes of the content key

ARTIFACT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact"
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
UNSPECIFIED = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
URI_NAMES = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri"
STATUS = "urn:oasis:names:tc:SAML:2.0:status:"
SUCCESS = f"{STATUS}Success"
GIVEN_UP = frozenset({f"{STATUS}AuthnFailed", f"{STATUS}RequestDenied"})
TOO_WEAK = f"{STATUS}NoAuthnContext"

LEVEL = "http://eidas.europa.eu/LoA/"
LEVELS = ("low", "substantial", "high")  # the weakest first
PERSON = "http://eidas.europa.eu/attributes/naturalperson/"
ATTRIBUTES = {
    "FirstName": f"{PERSON}CurrentGivenName",
    "FamilyName": f"{PERSON}CurrentFamilyName",
    "DateOfBirth": f"{PERSON}DateOfBirth",
    "PersonIdentifier": f"{PERSON}PersonIdentifier",
}


def q(name: str) -> str:
    """`saml:Issuer` as lxml names it."""
    prefix, _, local = name.partition(":")
    return f"{{{NS[prefix]}}}{local}"
