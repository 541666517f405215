"""The signature value: does the certificate's key really stand behind the signed info."""

import binascii
from base64 import b64decode

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from lxml import etree

from starostwo.signatures.facts import BrokenSignature
from starostwo.signatures.xades.names import ECDSA, NS, RSA, RSA_PSS

WEAKEST_RSA = 2048
WEAKEST_EC = 256


def verify_value(signature: etree._Element, signed_info: bytes, certificate: x509.Certificate) -> None:
    """Refuse when the value was not made over these very bytes by this certificate's key."""
    algorithm, key = _algorithm(signature), certificate.public_key()
    value = _value(signature)
    try:
        if isinstance(key, rsa.RSAPublicKey) and algorithm in RSA:
            key.verify(value, signed_info, padding.PKCS1v15(), RSA[algorithm])
        elif isinstance(key, rsa.RSAPublicKey) and algorithm in RSA_PSS:
            digest = RSA_PSS[algorithm]
            pss = padding.PSS(mgf=padding.MGF1(digest), salt_length=digest.digest_size)
            key.verify(value, signed_info, pss, digest)
        elif isinstance(key, ec.EllipticCurvePublicKey) and algorithm in ECDSA:
            key.verify(_der(value, key), signed_info, ec.ECDSA(ECDSA[algorithm]))
        else:
            raise BrokenSignature("FORMAT_FAILURE", f"niedozwolony algorytm {algorithm}")
    except InvalidSignature:
        raise BrokenSignature("SIG_CRYPTO_FAILURE") from None


def is_weak(signature: etree._Element, certificate: x509.Certificate) -> bool:
    """Whether the hash or the key is below what ETSI TS 119 312 still allows."""
    algorithm, key = _algorithm(signature), certificate.public_key()
    if algorithm in RSA and RSA[algorithm].name == "sha1":
        return True
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size < WEAKEST_RSA
    return isinstance(key, ec.EllipticCurvePublicKey) and key.curve.key_size < WEAKEST_EC


def _algorithm(signature: etree._Element) -> str:
    methods = signature.findall("ds:SignedInfo/ds:SignatureMethod", NS)
    if len(methods) != 1:
        raise BrokenSignature("FORMAT_FAILURE", "brak algorytmu podpisu")
    return str(methods[0].get("Algorithm", ""))


def _value(signature: etree._Element) -> bytes:
    text = signature.findtext("ds:SignatureValue", "", NS)
    try:
        return b64decode("".join(text.split()), validate=True)
    except binascii.Error as error:
        raise BrokenSignature("FORMAT_FAILURE", "niepoprawna wartość podpisu") from error


def _der(value: bytes, key: ec.EllipticCurvePublicKey) -> bytes:
    """XML carries ECDSA as r and s side by side; the library wants them as DER."""
    size = (key.curve.key_size + 7) // 8
    if len(value) != 2 * size:
        raise BrokenSignature("SIG_CRYPTO_FAILURE", "niepoprawna długość podpisu")
    return encode_dss_signature(int.from_bytes(value[:size]), int.from_bytes(value[size:]))
