"""Opening an encrypted assertion: ECDH-ES, ConcatKDF, AES key wrap, AES-GCM (XML Encryption 1.1).

The node writes AlgorithmID, PartyUInfo and PartyVInfo as hexadecimal text with a length of four bytes in
front of each, and all of it goes into the derivation as it stands.
"""

from collections.abc import Collection, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap
from lxml import etree

from starostwo.office.saml.elements import attribute, octets, one, perhaps
from starostwo.office.saml.names import CIPHERS, CONCAT_KDF, DIGEST, ECDH_ES, KEY_WRAPS, P256
from starostwo.office.vouched import NotBelieved

NONCE, TAG = 12, 16
CANNOT = "encryption: none of our keys opens it"


def decrypt(encrypted: etree._Element, keys: Sequence[ec.EllipticCurvePrivateKey]) -> bytes:
    """Return what stands inside an EncryptedAssertion; try our keys in turn, for the time of a rollover."""
    data = one(encrypted, "xenc:EncryptedData")
    length = CIPHERS[_known(one(data, "xenc:EncryptionMethod"), CIPHERS)]
    wrapped = perhaps(data, "ds:KeyInfo/xenc:EncryptedKey")
    if wrapped is None:
        wrapped = one(encrypted, "xenc:EncryptedKey")
    content = octets(one(data, "xenc:CipherData/xenc:CipherValue"))
    for key in keys:
        secret = _unwrap(wrapped, key)
        if secret is not None and len(secret) == length and len(content) > NONCE + TAG:
            return _open(secret, content)
    raise NotBelieved(CANNOT)


def _open(secret: bytes, content: bytes) -> bytes:
    try:
        return AESGCM(secret).decrypt(content[:NONCE], content[NONCE:], None)
    except InvalidTag:
        raise NotBelieved(CANNOT) from None


def _unwrap(wrapped: etree._Element, key: ec.EllipticCurvePrivateKey) -> bytes | None:
    length = KEY_WRAPS[_known(one(wrapped, "xenc:EncryptionMethod"), KEY_WRAPS)]
    agreement = one(wrapped, "ds:KeyInfo/xenc:AgreementMethod")
    _known(agreement, [ECDH_ES])
    shared = key.exchange(ec.ECDH(), _originator(agreement))
    kdf = ConcatKDFHash(SHA256(), length, otherinfo=_other_info(agreement))
    content = octets(one(wrapped, "xenc:CipherData/xenc:CipherValue"))
    try:
        return aes_key_unwrap(kdf.derive(shared), content)
    except (InvalidUnwrap, ValueError):
        return None


def _originator(agreement: etree._Element) -> ec.EllipticCurvePublicKey:
    value = one(agreement, "xenc:OriginatorKeyInfo/ds:KeyValue/dsig11:ECKeyValue")
    if one(value, "dsig11:NamedCurve").get("URI") != P256:
        raise NotBelieved("encryption: not P-256")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(
            ec.SECP256R1(), octets(one(value, "dsig11:PublicKey"))
        )
    except ValueError:
        raise NotBelieved("encryption: no point of P-256") from None


def _other_info(agreement: etree._Element) -> bytes:
    method = one(agreement, "xenc11:KeyDerivationMethod")
    _known(method, [CONCAT_KDF])
    derivation = one(method, "xenc11:ConcatKDFParams")
    _known(one(derivation, "ds:DigestMethod"), [DIGEST])
    try:
        parts = [bytes.fromhex(attribute(derivation, n)) for n in ("AlgorithmID", "PartyUInfo", "PartyVInfo")]
    except ValueError:
        raise NotBelieved("encryption: parameters are not hexadecimal") from None
    return b"".join(parts)


def _known(method: etree._Element, allowed: Collection[str]) -> str:
    algorithm = str(method.get("Algorithm", ""))
    if algorithm not in allowed:
        raise NotBelieved(f"encryption: {etree.QName(method).localname} is not allowed")
    return algorithm
