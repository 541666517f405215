"""Which signature makes an element believed, and the encryption that is taken; the functions themselves."""

import re
from base64 import b64decode, b64encode
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from lxml import etree

from starostwo.office.saml import elements
from starostwo.office.saml.decrypting import decrypt
from starostwo.office.saml.verifying import signed
from starostwo.office.vouched import NotBelieved
from starostwo.site.demo.node_messages import NAMES, encrypted
from tests.office import saml_words as words
from tests.office.saml_words import CERTIFICATE, END, KEY, NOW, OURS, START, element
from tests.office.signing_by_hand import by_hand

DSIG = "http://www.w3.org/2000/09/xmldsig#"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
TEXT = f'<slowo xmlns:ds="{DSIG}" ID="a"><b>1</b><ds:Signature/><c/></slowo>'
STRANGER = ec.generate_private_key(ec.SECP256R1())
SMALL = ec.generate_private_key(ec.SECP224R1())
SIGNED = by_hand(TEXT, key=KEY, shown=None)
SHOWN = by_hand(TEXT, key=KEY, shown=CERTIFICATE)


def read(text: str, *pinned: x509.Certificate, at: datetime = NOW) -> str:
    whole = signed(element(text), pinned=pinned or (CERTIFICATE,), at=at)
    return etree.tostring(whole, encoding="unicode")


def test_what_is_signed_is_handed_out_without_its_signature() -> None:
    assert read(SIGNED) == read(SHOWN) == '<slowo ID="a"><b>1</b><c/></slowo>'
    assert read(SIGNED.replace("<b>1</b>", "<b>1<!-- x --></b>")) == '<slowo ID="a"><b>1</b><c/></slowo>'


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("<b>1", "<b>2", "content was changed"),
        ("<ds:SignedInfo>", '<ds:SignedInfo Id="x">', "made with another key"),
        ('URI="#a"', 'URI=""', "covers another element"),
        ('URI="#a"', 'URI="#b"', "covers another element"),
        ('ID="a"', "", "no ID in slowo"),
        ("ecdsa-sha256", "ecdsa-sha512", "SignatureMethod is not allowed"),
        ("xmlenc#sha256", "xmlenc#sha512", "DigestMethod is not allowed"),
        (f'Method Algorithm="{EXCLUSIVE}"', f'Method Algorithm="{EXCLUSIVE}WithComments"', "not allowed"),
        (
            f'Transform Algorithm="{EXCLUSIVE}"',
            f'Transform Algorithm="{EXCLUSIVE}WithComments"',
            "transforms",
        ),
        (f'<ds:Transform Algorithm="{EXCLUSIVE}"/>', "", "other transforms"),
        ("</ds:SignedInfo>", "<ds:Reference/></ds:SignedInfo>", "one method and one reference"),
        ("</ds:SignedInfo>", "<!-- x --></ds:SignedInfo>", "one method and one reference"),
        ("<ds:DigestMethod", "<ds:DigestValue/><ds:DigestMethod", "2 times ds:DigestValue"),
        ("<ds:SignatureValue>", "<ds:SignatureValue/><ds:SignatureValue>", "2 times ds:SignatureValue"),
        ("<ds:SignatureValue>", "<ds:SignatureValue>!", "no base64"),
        ("<c/>", "<c/><ds:Signature/>", "2 times ds:Signature"),
        ("<slowo", '<slowo xmlns:krotka="krotka"', "no canonical form"),
    ],
)
def test_any_other_signature_is_refused(old: str, new: str, why: str) -> None:
    assert old in SIGNED
    with pytest.raises(NotBelieved, match=why):
        read(SIGNED.replace(old, new, 1))


def test_the_information_is_signed_with_the_prefixes_that_it_names() -> None:
    """Name spaces that are kept though nothing uses them are a part of what is signed."""
    inclusive = f'<ec:InclusiveNamespaces xmlns:ec="{EXCLUSIVE}" PrefixList="n"/>'
    before = f'Transform Algorithm="{EXCLUSIVE}"'
    named = SIGNED.replace(f"{before}/>", f"{before}>{inclusive}</ds:Transform>").replace(
        "<slowo ", '<slowo xmlns:n="urn:n" '
    )
    with pytest.raises(NotBelieved, match="content was changed"):
        read(named)
    with pytest.raises(NotBelieved, match="made with another key"):
        read(
            SIGNED.replace("<slowo ", '<slowo xmlns:n="urn:n" ').replace(
                f'Method Algorithm="{EXCLUSIVE}"/>',
                f'Method Algorithm="{EXCLUSIVE}">{inclusive}</ds:CanonicalizationMethod>',
            )
        )


def _valued(change: bytes | None = None, key: ec.EllipticCurvePrivateKey = KEY) -> str:
    text = by_hand(TEXT, key=key, shown=None)
    found = re.search("<ds:SignatureValue>(.*?)</ds:SignatureValue>", text)
    assert found is not None
    value = b64decode(found[1])
    changed = value[:32] + (change or b"") + value[32:]
    return text.replace(found[1], b64encode(changed).decode())


def test_a_value_has_one_length() -> None:
    """A zero slipped in between would give the same two numbers."""
    assert read(_valued())
    with pytest.raises(NotBelieved, match="not a value of P-256"):
        read(_valued(b"\0"))


@pytest.mark.parametrize(
    ("text", "pinned", "why"),
    [
        (SIGNED, [CERTIFICATE], ""),
        (SIGNED, [words.shown(STRANGER), CERTIFICATE], ""),
        (SIGNED, [words.shown(rsa.generate_private_key(65537, 2048)), CERTIFICATE], ""),
        (SIGNED, [words.shown(STRANGER)], "made with another key"),
        (SIGNED, [words.shown(rsa.generate_private_key(65537, 2048))], "made with another key"),
        (_valued(key=SMALL), [words.shown(SMALL)], "made with another key"),
        (SHOWN, [words.shown(STRANGER), CERTIFICATE], ""),
        (SHOWN, [words.shown(STRANGER), words.shown(KEY)], "by no pinned certificate"),
        (by_hand(TEXT, key=KEY, shown=words.shown(STRANGER)), [CERTIFICATE], "by no pinned certificate"),
        (by_hand(TEXT, key=STRANGER, shown=CERTIFICATE), [CERTIFICATE], "made with another key"),
        (
            by_hand(TEXT, key=KEY, shown=(other := words.shown(STRANGER))),
            [CERTIFICATE, other],
            "made with another key",
        ),
    ],
)
def test_only_a_pinned_key_on_the_right_curve_counts(
    text: str, pinned: list[x509.Certificate], why: str
) -> None:
    if why:
        with pytest.raises(NotBelieved, match=why):
            read(text, *pinned)
    else:
        assert read(text, *pinned)


@pytest.mark.parametrize(
    ("at", "is_valid"),
    [
        (START, True),
        (END, True),
        (START - timedelta(seconds=1), False),
        (END + timedelta(seconds=1), False),
    ],
)
def test_a_certificate_counts_while_it_is_valid(at: datetime, is_valid: bool) -> None:
    if is_valid:
        assert read(SIGNED, at=at)
    else:
        with pytest.raises(NotBelieved, match="no pinned certificate that is valid now"):
            read(SIGNED, at=at)


# Encryption


def sealed(clear: str = "x", bits: tuple[int, int] = (256, 256)) -> str:
    return encrypted(clear, OURS.public_key(), names=("wezel", "urzad"), bits=bits)


def opened(text: str, *keys: ec.EllipticCurvePrivateKey) -> bytes:
    return decrypt(element(f"<r {NAMES}>{text}</r>")[0], keys or (OURS,))


@pytest.mark.parametrize("bits", [(256, 256), (256, 128), (128, 256), (128, 128)])
def test_each_length_of_key_opens_with_whichever_of_our_keys(bits: tuple[int, int]) -> None:
    assert opened(sealed("ąx", bits)) == "ąx".encode()
    assert opened(sealed("x", bits), STRANGER, OURS) == b"x"


def test_the_wrapped_key_may_stand_beside() -> None:
    text = sealed()
    key = re.search("<xenc:EncryptedKey>.*</xenc:EncryptedKey>", text)
    assert key is not None
    beside = text.replace(key[0], "").replace("</xenc:EncryptedData>", f"</xenc:EncryptedData>{key[0]}")
    assert opened(beside) == b"x"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (sealed(""), "none of our keys"),
        (sealed().replace('ConcatKDF"', 'ConcatKDF2"'), "KeyDerivationMethod is not allowed"),
        (sealed().replace("ECDH-ES", "ECDH-SS"), "AgreementMethod is not allowed"),
        (sealed().replace("xmlenc#sha256", "xmlenc#sha512"), "DigestMethod is not allowed"),
        (sealed().replace("aes256-gcm", "aes192-gcm"), "EncryptionMethod is not allowed"),
        (sealed().replace('kw-aes256"', 'kw-aes192"'), "EncryptionMethod is not allowed"),
        (sealed().replace(' Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"', ""), "is not allowed"),
        (sealed(bits=(256, 128)).replace("aes128-gcm", "aes256-gcm"), "none of our keys"),
        (sealed(bits=(128, 256)).replace('kw-aes128"', 'kw-aes256"'), "none of our keys"),
        (sealed().replace("10045.3.1.7", "10045.3.1.1"), "not P-256"),
        (re.sub("(PublicKey>)[^<]*", r"\1AAAA", sealed()), "no point of P-256"),
        (re.sub('PartyUInfo="[^"]*"', 'PartyUInfo="xyz"', sealed()), "not hexadecimal"),
        (re.sub('PartyVInfo="[^"]*"', 'PartyVInfo="00"', sealed()), "none of our keys"),
        (
            re.sub(
                "(CipherValue>)[^<]*(</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey)",
                r"\1AAAA\2",
                sealed(),
            ),
            "none of our keys",
        ),
        (
            re.sub(
                "(CipherValue>)[^<]*(</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData)",
                r"\1\2",
                sealed(),
            ),
            "none of our keys",
        ),
    ],
)
def test_any_other_encryption_is_refused(text: str, why: str) -> None:
    with pytest.raises(NotBelieved, match=why):
        opened(text)


def test_nobody_opens_what_is_for_another() -> None:
    with pytest.raises(NotBelieved, match="none of our keys"):
        opened(sealed(), STRANGER)


# Single elements


@pytest.mark.parametrize(
    ("text", "read", "why"),
    [
        ("<a> x </a>", "x", ""),
        ("<a/>", "", ""),
        ("<a><!-- --></a>", "", "more than text in a"),
        ("<a>x<b/></a>", "", "more than text in a"),
    ],
)
def test_text_is_text_alone(text: str, read: str, why: str) -> None:
    if why:
        with pytest.raises(NotBelieved, match=why):
            elements.text(element(text))
    else:
        assert elements.text(element(text)) == read


def test_one_is_neither_none_nor_two() -> None:
    root = element(f'<a xmlns:ds="{DSIG}"><ds:X/><ds:Y/><ds:Y/></a>')
    assert elements.one(root, "ds:X") is elements.perhaps(root, "ds:X") is root[0]
    assert elements.perhaps(root, "ds:Z") is None
    for path, why in (("ds:Y", "2 times"), ("ds:Z", "0 times")):
        with pytest.raises(NotBelieved, match=why):
            elements.one(root, path)
    with pytest.raises(NotBelieved, match="2 times"):
        elements.perhaps(root, "ds:Y")


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("2026-11-23T10:00:00+01:00", ""),
        ("2026-11-23T09:00:00Z", ""),
        ("2026-11-23T09:00:00", "no zone in At"),
        ("wczoraj", "no moment in At"),
        ("", "no At in a"),
    ],
)
def test_a_moment_has_a_zone(value: str, why: str) -> None:
    if why:
        with pytest.raises(NotBelieved, match=why):
            elements.moment(element(f'<a At="{value}"/>'), "At")
    else:
        assert elements.moment(element(f'<a At="{value}"/>'), "At") == NOW
