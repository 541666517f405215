"""What a reference leads to, counted and named: each condition has a document that needs it."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256

import pytest
from lxml import etree

from starostwo.platform.canonical_xml import C14N, canonical
from starostwo.platform.safe_xml import by_id, parse
from starostwo.signatures.facts import BrokenSignature
from starostwo.signatures.rules.report import Scope, SignatureReport, Verdict
from starostwo.signatures.xades.names import NS
from starostwo.signatures.xades.references import Document, Signed, follow, payload
from tests.signatures import forge
from tests.signatures.authority import authority, key_from

ISSUER = authority()
JAN = key_from(ISSUER)
EWA = key_from(ISSUER, name="Ewa Lis")
TRUST = ISSUER.trusted()
Look = Callable[..., SignatureReport]
ENVELOPED = forge.reference("", forge.ENVELOPED) + forge.PROPERTIES
MANIFEST = f"{forge.DS}Manifest"
FILE = {"plik.bin": b"abc"}


def followed(references: str, *, objects: str = "", files: Mapping[str, bytes] = FILE) -> list[Signed]:
    """Fill in the digests of what the references lead to, then follow them."""
    template = forge.template(JAN, references, objects=objects)
    tree = parse(template.replace("<ds:X509Data>", '<ds:X509Data Id="X1">').encode())
    ids = by_id(tree)
    for reference in reversed(list(tree.iter(f"{{{forge.DS}}}Reference"))):
        uri = reference.get("URI", "")
        content = files.get(uri, b"")
        if uri[1:] in ids:
            content = canonical(ids[uri[1:]], method=C14N)
        value = reference.find("ds:DigestValue", NS)
        assert value is not None
        value.text = b64encode(sha256(content).digest()).decode()
    return follow(tree.getroot(), Document(tree, ids, files))


def manifest(entries: str) -> str:
    return f'<ds:Object><ds:Manifest Id="M1">{entries}</ds:Manifest></ds:Object>'


@pytest.mark.parametrize(
    ("count", "holds", "why"),
    [
        (0, False, "a signature of nothing"),
        (1, True, "one is enough"),
        (200, True, "just the most"),
        (201, False, "one too many"),
    ],
)
def test_how_many_references_a_signature_may_have(count: int, holds: bool, why: str) -> None:
    references = forge.reference("plik.bin") * count
    if holds:
        assert len(followed(references)) == count, why
    else:
        with pytest.raises(BrokenSignature, match="FORMAT_FAILURE"):
            followed(references)


@pytest.mark.parametrize(("count", "holds"), [(200, True), (201, False)])
def test_how_many_entries_a_manifest_may_have(count: int, holds: bool) -> None:
    beside = {"dwa.bin": b"x"}
    references = forge.reference("#M1", "", MANIFEST)
    objects = manifest(forge.reference("dwa.bin") * count)
    if holds:
        assert len(followed(references, objects=objects, files=beside)) == 1 + count
    else:
        with pytest.raises(BrokenSignature, match="FORMAT_FAILURE"):
            followed(references, objects=objects, files=beside)


def test_the_type_alone_makes_no_manifest() -> None:
    """Something else under its type is refused; a file beside under its type covers nothing."""
    with pytest.raises(BrokenSignature, match="FORMAT_FAILURE"):
        followed(forge.reference("#T", "", MANIFEST), objects='<ds:Object><tresc Id="T"/></ds:Object>')
    assert [each.kind for each in followed(forge.reference("plik.bin", "", MANIFEST))] == ["manifest"]


@pytest.mark.parametrize(
    ("reference", "subindication", "why"),
    [
        (forge.reference("plik.bin").replace(' URI="plik.bin"', ""), "FORMAT_FAILURE", "no address at all"),
        (forge.reference("#nikt"), "SIGNED_DATA_NOT_FOUND", "an Id that nobody has"),
        (forge.reference("inny.bin"), "SIGNED_DATA_NOT_FOUND", "a file that was not sent"),
        (forge.reference("#xpointer(id('Txyz"), "SIGNED_DATA_NOT_FOUND", "an xpointer that does not end"),
        (forge.reference("#0123456789012T'))"), "SIGNED_DATA_NOT_FOUND", "only the end of an xpointer"),
    ],
)
def test_addresses_that_lead_nowhere(reference: str, subindication: str, why: str) -> None:
    with pytest.raises(BrokenSignature, match=subindication):
        followed(reference, objects='<ds:Object><tresc Id="T"/></ds:Object>')


GOOD = b64encode(sha256(b"abc").digest()).decode()
METHOD = f'<ds:DigestMethod Algorithm="{forge.SHA256}"/>'


@pytest.mark.parametrize(
    ("method", "value", "subindication", "why"),
    [
        (METHOD, "<ds:DigestValue/>", "HASH_FAILURE", "an empty digest"),
        (METHOD, f"<ds:DigestValue>!{GOOD}</ds:DigestValue>", "FORMAT_FAILURE", "a sign outside base64"),
        (METHOD, f"<ds:DigestValue>{GOOD}</ds:DigestValue>" * 2, "FORMAT_FAILURE", "two digests"),
        (METHOD, "", "FORMAT_FAILURE", "no digest"),
        (METHOD.replace("sha256", "md5"), "<ds:DigestValue/>", "FORMAT_FAILURE", "an unknown algorithm"),
    ],
)
def test_digests_that_do_not_hold(method: str, value: str, subindication: str, why: str) -> None:
    reference = f'<ds:Reference URI="plik.bin">{method}{value}</ds:Reference>'
    tree = parse(forge.template(JAN, reference).encode())
    with pytest.raises(BrokenSignature, match=subindication):
        follow(tree.getroot(), Document(tree, by_id(tree), FILE))


@pytest.mark.parametrize(
    ("uri", "transforms", "holds_comments", "why"),
    [
        ("", forge.ENVELOPED, False, "the document without its comments"),
        ("#xpointer(/)", forge.ENVELOPED, True, "the document with them"),
        ("#T", "", False, "an element without its comments"),
        ("#xpointer(id('T'))", "", True, "an element with them"),
        ("#xpointer(id(&quot;T&quot;))", "", True, "the other quotation mark"),
    ],
)
def test_which_addresses_keep_comments(
    uri: str, transforms: str, holds_comments: bool, why: str, report: Look
) -> None:
    references = forge.reference(uri, transforms + f'<ds:Transform Algorithm="{C14N}#WithComments"/>')
    inside = '<tresc Id="T">a<!-- b -->c</tresc>'
    signed = forge.sign(f"<pismo>{inside}{forge.template(JAN, references + forge.PROPERTIES)}</pismo>", JAN)
    found = report(signed, by=TRUST)
    assert found.payload is not None, why
    assert (b"<!-- b -->" in found.payload) is holds_comments, why


@pytest.mark.parametrize(
    ("inner", "kind", "why"),
    [
        ('<tresc Id="T"/>', "object", "the only content of an Object"),
        (' <tresc Id="T"/>\n', "object", "white space around it does not matter"),
        ('100<tresc Id="T"/>', "element", "text before it is not signed"),
        ('<tresc Id="T"/>100', "element", "text after it is not signed"),
        ('<tresc Id="T"/><inne/>', "element", "its neighbour is not signed"),
        ('<x><tresc Id="T"/></x>', "element", "what lies around it is not signed"),
    ],
)
def test_what_covers_a_whole_object(inner: str, kind: str, why: str) -> None:
    [signed] = followed(forge.reference("#T"), objects=f'<ds:Object xmlns="">{inner}</ds:Object>')
    assert (signed.kind, signed.scope.whole) == (kind, kind == "object"), why


def test_the_only_content_of_anything_but_an_object_is_an_element() -> None:
    assert [each.kind for each in followed(forge.reference("#X1"))] == ["element"]


def test_the_only_content_of_an_object_outside_the_signature_is_an_element(report: Look) -> None:
    inside = f'<ds:Object xmlns:ds="{forge.DS}"><tresc Id="T"/></ds:Object>'
    references = forge.reference("#T") + forge.PROPERTIES
    signed = forge.sign(f"<pismo>{inside}{forge.template(JAN, references)}</pismo>", JAN)
    assert [scope.kind for scope in report(signed, by=TRUST).findings[0].scopes] == ["element"]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (forge.reference("#K1"), "the signer's certificate is not a part of the document"),
        (forge.reference("#P1", forge.CANONICAL), "nor are properties of the signature, named once more"),
    ],
)
def test_what_belongs_to_the_signature_is_no_part_of_the_document(more: str, why: str, report: Look) -> None:
    named = forge.template(JAN, ENVELOPED + more).replace("<ds:KeyInfo>", '<ds:KeyInfo Id="K1">')
    found = report(forge.sign(f"<pismo>{named}</pismo>", JAN), by=TRUST)
    assert (found.verdict, [scope.kind for scope in found.findings[0].scopes]) == (
        Verdict.GREEN,
        ["document"],
    ), why


def test_a_signature_is_not_its_own_document(report: Look) -> None:
    """Leaving the signature out of itself signs nothing."""
    references = forge.reference("", forge.xpath("not(ancestor-or-self::ds:Signature)")) + forge.PROPERTIES
    signed = forge.sign(forge.template(JAN, references), JAN)
    assert report(signed, by=TRUST).verdict != Verdict.GREEN


COUNTERSIGNED = "http://uri.etsi.org/01903#CountersignedSignature"


@pytest.mark.parametrize(
    ("reference", "kind", "why"),
    [
        (forge.reference("#V", "", COUNTERSIGNED), "countersigned", "the value of the signature around it"),
        (forge.reference("#V"), "element", "the type does not say that it confirms anything"),
        (forge.reference("#K1", "", COUNTERSIGNED), "element", "not the value, but the key beside it"),
    ],
)
def test_what_a_counter_signature_confirms(reference: str, kind: str, why: str, report: Look) -> None:
    first = forge.sign(f"<pismo>{forge.template(JAN, ENVELOPED)}</pismo>", JAN).decode()
    second = forge.renamed(forge.template(EWA, reference + forge.PROPERTIES))
    named = first.replace("<ds:SignatureValue>", '<ds:SignatureValue Id="V">')
    named = named.replace("<ds:KeyInfo>", '<ds:KeyInfo Id="K1">')
    place = (
        "<xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:CounterSignature>{}"
        "</xades:CounterSignature></xades:UnsignedSignatureProperties></xades:UnsignedProperties>"
        "</xades:QualifyingProperties>"
    )
    both = forge.sign(named.replace("</xades:QualifyingProperties>", place.format(second)), EWA, node="S2")
    assert report(both, by=TRUST).findings[1].scopes[0].kind == kind, why


OBJECT = f'<ds:Object xmlns:ds="{forge.DS}"'
BASE64 = f'{OBJECT} Encoding="{forge.DS}base64">'


@pytest.mark.parametrize(
    ("octets", "handed_on", "why"),
    [
        (f"{OBJECT}><a/></ds:Object>", '<a xmlns:ds="DS"></a>', "the one document inside"),
        (f"{OBJECT}> <a/>\n</ds:Object>", '<a xmlns:ds="DS"></a>', "white space around it"),
        (f"{OBJECT}>1<a/></ds:Object>", None, "text before it would be lost"),
        (f"{OBJECT}><a/>1</ds:Object>", None, "text after it would be lost"),
        (f"{OBJECT}><a/><b/></ds:Object>", None, "the second would be lost"),
        (f"{OBJECT}>tekst</ds:Object>", "tekst", "text alone"),
        (f"{OBJECT}></ds:Object>", "", "nothing"),
        (f"{BASE64}YWJj</ds:Object>", "abc", "a file in base64"),
        ("abc", None, "a transform decoded it already"),
        ("  abc", None, "white space is no element"),
        ("<inne><a/></inne>", None, "a transform left something else"),
    ],
)
def test_what_an_object_hands_on(octets: str, handed_on: str | None, why: str) -> None:
    target = parse(f"{OBJECT}/>".encode()).getroot()
    signed = Signed("object", Scope("object", "/", whole=True), octets.encode(), target, False)
    expected = octets if handed_on is None else handed_on.replace("DS", forge.DS)
    assert payload(signed) == expected.encode(), why


@pytest.mark.parametrize(
    ("kind", "target", "why"),
    [
        ("element", f"{OBJECT}/>", "an Object of nobody is an element like another"),
        ("object", None, "nothing is known of the target"),
        ("object", "<a/>", "the target is the document itself"),
    ],
)
def test_only_an_object_of_the_signature_is_taken_off(kind: str, target: str | None, why: str) -> None:
    element: etree._Element | None = parse(target.encode()).getroot() if target else None
    octets = f"{OBJECT}><a/></ds:Object>".encode()
    assert payload(Signed(kind, Scope(kind, "/", whole=True), octets, element, False)) == octets, why
