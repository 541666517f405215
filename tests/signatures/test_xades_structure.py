"""How a signature must be built: each condition of the verifier has a document that only it refuses."""

from base64 import b64encode
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from starostwo.platform.canonical_xml import C14N, canonical
from starostwo.platform.safe_xml import parse
from starostwo.signatures.facts import SignatureFacts, TimestampClaim
from starostwo.signatures.xades.names import NS
from starostwo.signatures.xades.verifier import verify
from tests.signatures import forge
from tests.signatures.authority import authority, key_from

ISSUER = authority()
JAN = key_from(ISSUER)
EWA = key_from(ISSUER, name="Ewa Lis")
ENVELOPED = forge.reference("", forge.ENVELOPED) + forge.PROPERTIES
SIGNED = forge.sign(f"<pismo>{forge.template(JAN, ENVELOPED)}</pismo>", JAN).decode()
FILE = {"plik.bin": b"abc"}


def only(xml: str | bytes, files: dict[str, bytes] | None = None) -> SignatureFacts:
    [facts] = verify(xml.encode() if isinstance(xml, str) else xml, files or {})
    return facts


@pytest.mark.parametrize(("count", "facts"), [(50, 50), (51, 1)])
def test_how_many_signatures_a_file_may_have(count: int, facts: int) -> None:
    found = verify(f'<pismo xmlns:ds="{forge.DS}">{"<ds:Signature/>" * count}</pismo>'.encode(), {})
    assert len(found) == facts


@pytest.mark.parametrize(
    ("before", "after", "subindication", "why"),
    [
        ("</ds:KeyInfo>", "</ds:KeyInfo>", "", "as it was signed"),
        ("</ds:KeyInfo>", "</ds:KeyInfo><!-- tu -->", "", "a comment is no part of the structure"),
        ("<ds:SignedInfo>", "<!-- tu --><ds:SignedInfo>", "", "not even at the beginning"),
        ("</ds:KeyInfo>", "</ds:KeyInfo><inne/>", "FORMAT_FAILURE", "something foreign"),
        ("<ds:KeyInfo>", "<ds:Object/><ds:KeyInfo>", "FORMAT_FAILURE", "an Object before its turn"),
        ("<ds:KeyInfo>", "<ds:KeyInfo/><ds:KeyInfo>", "FORMAT_FAILURE", "two KeyInfo"),
        ("<ds:SignatureValue>", "<ds:SignatureValue/><ds:SignatureValue>", "FORMAT_FAILURE", "two values"),
        ("ds:KeyInfo>", "ds:Object>", "NO_SIGNING_CERTIFICATE_FOUND", "no KeyInfo"),
        ("<ds:CanonicalizationMethod", "<ds:Inna", "FORMAT_FAILURE", "no canonicalization is named"),
        (' Id="S1"', "", "FORMAT_FAILURE", "the properties aim at a signature that has no name"),
    ],
)
def test_the_structure_of_a_signature(before: str, after: str, subindication: str, why: str) -> None:
    assert before in SIGNED
    assert only(SIGNED.replace(before, after)).broken == subindication, why


def test_a_signature_without_a_name_is_not_named_none() -> None:
    template = forge.template(JAN, ENVELOPED, target="#None").replace(' Id="S1"', "")
    assert only(forge.sign(f"<pismo>{template}</pismo>", JAN)).broken == "FORMAT_FAILURE"


def test_a_broken_signature_still_says_whose_it_claims_to_be() -> None:
    der = b64encode(EWA.certificate.public_bytes(Encoding.DER)).decode()
    two = SIGNED.replace(
        "</ds:X509Certificate>", f"</ds:X509Certificate><ds:X509Certificate>{der}</ds:X509Certificate>"
    )
    holds, broken = only(two), only(two.replace("<pismo>", "<pismo>100"))
    assert (holds.broken, broken.broken) == ("", "HASH_FAILURE")
    for facts in (holds, broken):
        assert facts.certificate == JAN.certificate
        assert facts.other_certificates == (EWA.certificate,)


def test_a_weak_key_makes_the_signature_weak_though_its_digests_are_not() -> None:
    weak = key_from(ISSUER, rsa_bits=1024)
    template = forge.template(weak, ENVELOPED, method=forge.RSA)
    assert only(forge.sign(f"<pismo>{template}</pismo>", weak)).is_weak
    assert not only(SIGNED).is_weak


def by_hand(xml: str) -> bytes:
    """Fill in digests and value by our own canonical form, where xmlsec1 would compute something else."""
    tree = parse(xml.encode())
    signature = next(tree.iter(f"{{{forge.DS}}}Signature"))
    parts = {each.get("Id"): each for each in tree.iter(etree.Element)}
    for reference in signature.iterfind("ds:SignedInfo/ds:Reference", NS):
        name = reference.get("URI", "")[1:]
        content = (
            canonical(parts[name], method=C14N)
            if name
            else canonical(tree.getroot(), method=C14N, whole_document=True, leave_out=[signature])
        )
        _text(reference, "ds:DigestValue", sha256(content).digest())
    info = signature.find("ds:SignedInfo", NS)
    assert info is not None
    assert isinstance(JAN.private, ec.EllipticCurvePrivateKey)
    der = JAN.private.sign(canonical(info, method=C14N), ec.ECDSA(hashes.SHA256()))
    _text(signature, "ds:SignatureValue", b"".join(n.to_bytes(32) for n in decode_dss_signature(der)))
    return etree.tostring(tree)


def _text(parent: etree._Element, path: str, value: bytes) -> None:
    found = parent.find(path, NS)
    assert found is not None
    found.text = b64encode(value).decode()


@pytest.mark.parametrize(
    ("transform", "subindication", "why"),
    [
        (forge.CANONICAL, "", "the properties as they are"),
        (forge.xpath("not(ancestor-or-self::ds:Signature)"), "FORMAT_FAILURE", "a filter, even an idle one"),
    ],
)
def test_properties_are_signed_without_any_filter(transform: str, subindication: str, why: str) -> None:
    kind = "http://uri.etsi.org/01903#SignedProperties"
    references = forge.reference("", forge.ENVELOPED) + forge.reference("#P1", transform, kind)
    signed = by_hand(f"<pismo>{forge.template(JAN, references)}</pismo>")
    assert only(signed).broken == subindication, why


def scopes(xml: str) -> list[tuple[str, str, bool]]:
    facts = only(forge.sign(xml, JAN, beside=FILE), FILE)
    assert facts.broken == ""
    return [(scope.kind, scope.name, scope.whole) for scope in facts.scopes]


def test_a_document_around_the_signature_is_named_when_nothing_says_that_it_is_covered() -> None:
    beside, part = forge.reference("plik.bin"), forge.reference("#T")
    document = '<pismo><tresc Id="T"/>{}</pismo>'
    file = ("file", "plik.bin", True)
    assert scopes(document.format(forge.template(JAN, beside + forge.PROPERTIES))) == [
        file,
        ("document", "/pismo", False),
    ]
    assert scopes(document.format(forge.template(JAN, beside + part + forge.PROPERTIES))) == [
        file,
        ("element", "/pismo/tresc", False),
    ]


COVERED = '<ds:Object Id="O1"><tresc xmlns=""/></ds:Object>'
TRESC = "/Signature/Object/tresc"


@pytest.mark.parametrize(
    ("uri", "objects", "expected", "why"),
    [
        ("#O1", COVERED, [("object", "/Signature/Object", True)], "the one Object is covered"),
        (
            "#O1",
            COVERED + "<ds:Object><inne/></ds:Object>",
            [("object", "/Signature/Object", True), ("object", "/Signature/Object[2]", False)],
            "the second is not",
        ),
        (
            "#O1",
            COVERED + "<ds:Object/>",
            [("object", "/Signature/Object", True), ("object", "/Signature/Object[2]", False)],
            "nor an empty one",
        ),
        (
            "#T",
            '<ds:Object><tresc xmlns="" Id="T"/></ds:Object>',
            [("object", TRESC, True)],
            "an Object is covered with its only content",
        ),
        (
            "#T",
            '<ds:Object>100<tresc xmlns="" Id="T"/></ds:Object>',
            [("element", TRESC, False), ("object", "/Signature/Object[1]", False)],
            "but not with a part of it",
        ),
    ],
)
def test_objects_that_nothing_covers_are_named(
    uri: str, objects: str, expected: list[tuple[str, str, bool]], why: str
) -> None:
    template = forge.template(JAN, forge.reference(uri) + forge.PROPERTIES, objects=objects)
    assert scopes(template) == expected, why


@pytest.mark.parametrize(
    ("time", "claimed", "why"),
    [
        ("2026-11-20T10:00:00+02:00", "2026-11-20T10:00:00+02:00", "as it is written"),
        ("2026-11-20T10:00:00", "2026-11-20T10:00:00+01:00", "without a zone it is the time of Warsaw"),
        ("", None, "no time"),
    ],
)
def test_the_time_that_a_signature_claims(time: str, claimed: str | None, why: str) -> None:
    facts = only(forge.sign(f"<pismo>{forge.template(JAN, ENVELOPED, at=time)}</pismo>", JAN))
    assert (facts.claimed_at.isoformat() if facts.claimed_at else None) == claimed, why


VALUE = f'<ds:SignatureValue xmlns:ds="{forge.DS}"'


@pytest.mark.parametrize(
    ("stamp", "beginning", "why"),
    [
        ("{}", f'{VALUE} xmlns:n="urn:n">', "no method named: canonical XML, name spaces around it too"),
        (f'<ds:CanonicalizationMethod Algorithm="{forge.EXCLUSIVE}"/>{{}}', f"{VALUE}>", "exclusive"),
    ],
)
def test_what_a_time_stamp_is_about(stamp: str, beginning: str, why: str) -> None:
    [claim] = stamped(stamp.format("<xades:EncapsulatedTimeStamp>YWJj</xades:EncapsulatedTimeStamp>"))
    assert claim.token == b"abc"
    assert claim.stamped.decode().startswith(beginning), why


@pytest.mark.parametrize("stamp", ["", "<xades:EncapsulatedTimeStamp/>"])
def test_an_empty_time_stamp_is_none(stamp: str) -> None:
    assert stamped(stamp) == ()


def stamped(stamp: str) -> tuple[TimestampClaim, ...]:
    signed = forge.sign(f'<pismo xmlns:n="urn:n">{forge.template(JAN, ENVELOPED)}</pismo>', JAN).decode()
    unsigned = (
        "<xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:SignatureTimeStamp>"
        f"{stamp}</xades:SignatureTimeStamp></xades:UnsignedSignatureProperties></xades:UnsignedProperties>"
    )
    end = "</xades:QualifyingProperties>"
    return only(signed.replace(end, unsigned + end)).timestamps
