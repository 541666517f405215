"""The signature value and the strength of its key: made by hand for each algorithm, read by ours."""

from base64 import b64encode
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from lxml import etree

from starostwo.platform.safe_xml import parse
from starostwo.signatures.facts import BrokenSignature
from starostwo.signatures.xades.value import is_weak, verify_value
from tests.signatures import forge

INFO = b"<ds:SignedInfo/>"
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
PSS = "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1"
SHA1 = f"{forge.DS}rsa-sha1"
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
BIG = rsa.generate_private_key(65537, 2048)
CURVE = ec.generate_private_key(ec.SECP256R1())
LONG_CURVE = ec.generate_private_key(ec.SECP521R1())
EDWARDS = ed25519.Ed25519PrivateKey.generate()


def shown(key: Key) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Jan Kos")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).serial_number(1)
    start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    builder = builder.not_valid_before(start).not_valid_after(end).public_key(key.public_key())
    return builder.sign(CURVE, hashes.SHA256())


def signature(algorithm: str, value: bytes | str = b"", methods: int = 1) -> etree._Element:
    text = value if isinstance(value, str) else b64encode(value).decode()
    method = f'<ds:SignatureMethod Algorithm="{algorithm}"/>' * methods
    return parse(
        f'<ds:Signature xmlns:ds="{forge.DS}"><ds:SignedInfo>{method}</ds:SignedInfo>'
        f"<ds:SignatureValue>{text}</ds:SignatureValue></ds:Signature>".encode()
    ).getroot()


def side_by_side(key: ec.EllipticCurvePrivateKey) -> bytes:
    size = (key.curve.key_size + 7) // 8
    pair = decode_dss_signature(key.sign(INFO, ec.ECDSA(hashes.SHA256())))
    return b"".join(number.to_bytes(size) for number in pair)


PKCS1 = BIG.sign(INFO, padding.PKCS1v15(), hashes.SHA256())
BY_PSS = BIG.sign(INFO, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
BY_CURVE = side_by_side(CURVE)
GOOD: list[tuple[Key, str, bytes]] = [
    (BIG, forge.RSA, PKCS1),
    (BIG, PSS, BY_PSS),
    (CURVE, forge.ECDSA, BY_CURVE),
    (LONG_CURVE, forge.ECDSA, side_by_side(LONG_CURVE)),
]


@pytest.mark.parametrize(("key", "algorithm", "value"), GOOD, ids=["pkcs1", "pss", "p256", "p521"])
def test_a_value_stands_for_these_very_bytes(key: Key, algorithm: str, value: bytes) -> None:
    verify_value(signature(algorithm, value), INFO, shown(key))
    with pytest.raises(BrokenSignature) as broken:
        verify_value(signature(algorithm, value), INFO + b" ", shown(key))
    assert broken.value.subindication == "SIG_CRYPTO_FAILURE"


@pytest.mark.parametrize(
    ("key", "algorithm", "value", "subindication", "why"),
    [
        (BIG, PSS, PKCS1, "SIG_CRYPTO_FAILURE", "made with the other padding"),
        (BIG, forge.RSA, BY_PSS, "SIG_CRYPTO_FAILURE", "and the other way round"),
        (BIG, f"{MORE}rsa-sha512", PKCS1, "SIG_CRYPTO_FAILURE", "made with another hash"),
        (BIG, forge.ECDSA, PKCS1, "FORMAT_FAILURE", "an algorithm of another key"),
        (CURVE, forge.RSA, BY_CURVE, "FORMAT_FAILURE", "an algorithm of another key"),
        (CURVE, PSS, BY_CURVE, "FORMAT_FAILURE", "an algorithm of another key"),
        (EDWARDS, forge.ECDSA, EDWARDS.sign(INFO), "FORMAT_FAILURE", "a key of no allowed kind"),
        (BIG, f"{MORE}rsa-md5", PKCS1, "FORMAT_FAILURE", "an algorithm that is not allowed"),
        (CURVE, "", BY_CURVE, "FORMAT_FAILURE", "no algorithm"),
        (CURVE, forge.ECDSA, BY_CURVE[:32] + b"\0" + BY_CURVE[32:], "SIG_CRYPTO_FAILURE", "the same, longer"),
        (CURVE, forge.ECDSA, BY_CURVE[:-1], "SIG_CRYPTO_FAILURE", "too short"),
        (CURVE, forge.ECDSA, b"", "SIG_CRYPTO_FAILURE", "no value"),
        (CURVE, forge.ECDSA, f"!{b64encode(BY_CURVE).decode()}", "FORMAT_FAILURE", "no base64"),
    ],
    ids=[str(row) for row in range(13)],  # keys and values are made anew in each process
)
def test_any_other_value_is_refused(
    key: Key, algorithm: str, value: bytes | str, subindication: str, why: str
) -> None:
    with pytest.raises(BrokenSignature) as broken:
        verify_value(signature(algorithm, value), INFO, shown(key))
    assert broken.value.subindication == subindication, why


@pytest.mark.parametrize("methods", [0, 2])
def test_the_algorithm_is_named_once(methods: int) -> None:
    with pytest.raises(BrokenSignature, match="brak algorytmu podpisu"):
        verify_value(signature(forge.ECDSA, BY_CURVE, methods), INFO, shown(CURVE))


@pytest.mark.parametrize(
    ("key", "algorithm", "weak", "why"),
    [
        (BIG, forge.RSA, False, "2048 bits are enough"),
        (rsa.generate_private_key(65537, 2040), forge.RSA, True, "fewer are not"),
        (BIG, SHA1, True, "SHA-1 is not, whatever the key"),
        (CURVE, SHA1, True, "whatever the key"),
        (BIG, PSS, False, "PSS with SHA-256"),
        (CURVE, forge.ECDSA, False, "256 bits of a curve are enough"),
        (ec.generate_private_key(ec.SECP224R1()), forge.ECDSA, True, "224 are not"),
        (EDWARDS, forge.ECDSA, False, "no measure for another key; its value is refused anyway"),
    ],
)
def test_which_signatures_are_weak(key: Key, algorithm: str, weak: bool, why: str) -> None:
    assert is_weak(signature(algorithm), shown(key)) is weak, why
