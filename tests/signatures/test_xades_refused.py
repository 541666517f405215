"""Attacks on XML signatures: each rule of the verifier has a document that only that rule refuses."""

import re
from collections.abc import Callable

import pytest

from starostwo.signatures.rules.report import Finding, Indication, SignatureReport, Verdict
from tests.signatures import forge
from tests.signatures.authority import authority, key_from

ISSUER = authority()
JAN = key_from(ISSUER)
EWA = key_from(ISSUER, name="Ewa Lis")
TRUST = ISSUER.trusted()
Look = Callable[..., SignatureReport]
ENVELOPED = forge.reference("", forge.ENVELOPED) + forge.PROPERTIES


def _document(signature: str, inside: str = "<kwota>100</kwota>") -> str:
    return f"<pismo>{inside}{signature}</pismo>"


SIGNED = forge.sign(_document(forge.template(JAN, ENVELOPED)), JAN)


def _only(found: SignatureReport) -> Finding:
    assert len(found.findings) == 1
    return found.findings[0]


def _broken_by(found: SignatureReport) -> tuple[Indication, str]:
    """A broken signature hands nothing on as signed."""
    finding = _only(found)
    assert found.payloads == {}
    return finding.indication, finding.subindication


def test_one_changed_byte_of_the_document(report: Look) -> None:
    found = report(SIGNED.replace(b"<kwota>100<", b"<kwota>900<"), by=TRUST)
    assert _broken_by(found) == (Indication.FAILED, "HASH_FAILURE")
    assert (found.verdict, found.reason) == (Verdict.RED, "Dokument został zmieniony po podpisaniu.")


def test_one_changed_byte_of_the_value(report: Look) -> None:
    value = re.search(rb"<ds:SignatureValue>\s*(\S)", SIGNED)
    assert value is not None
    other = b"B" if value[1] == b"A" else b"A"
    changed = SIGNED[: value.start(1)] + other + SIGNED[value.end(1) :]
    assert _broken_by(report(changed, by=TRUST)) == (Indication.FAILED, "SIG_CRYPTO_FAILURE")


def test_changed_signing_time(report: Look) -> None:
    changed = SIGNED.replace(b"2026-11-20T10:00:00", b"2026-11-19T10:00:00")
    assert _broken_by(report(changed, by=TRUST)) == (Indication.FAILED, "HASH_FAILURE")


@pytest.mark.parametrize(
    ("prolog", "why"),
    [
        ('<!DOCTYPE pismo [<!ENTITY x "y">]>', "an entity"),
        ("<!DOCTYPE pismo>", "an empty document type"),
        ('<!DOCTYPE pismo SYSTEM "file:///etc/passwd">', "an outside definition"),
        ('<!DOCTYPE p [<!ENTITY a "aa"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>', "growing entities"),
    ],
)
def test_document_type_is_refused(prolog: str, why: str, report: Look) -> None:
    content = SIGNED.replace(b"<pismo>", prolog.encode() + b"<pismo>", 1)
    found = report(content, by=TRUST)
    assert _broken_by(found) == (Indication.FAILED, "FORMAT_FAILURE"), why
    assert found.verdict == Verdict.RED


def test_two_equal_ids_are_refused(report: Look) -> None:
    """First-Id-wins parsers check one element and show the other."""
    inside = '<tresc Id="T">100</tresc>'
    references = forge.reference("#T") + forge.PROPERTIES
    signed = forge.sign(_document(forge.template(JAN, references), inside), JAN)
    doubled = signed.replace(b"<pismo>", b'<pismo><inny id="T">900</inny>')
    assert _only(report(signed, by=TRUST)).indication == Indication.PASSED
    assert _broken_by(report(doubled, by=TRUST)) == (Indication.FAILED, "FORMAT_FAILURE")


def test_signature_moved_beside_other_content_covers_only_what_was_signed(report: Look) -> None:
    """XML signature wrapping: the mathematics holds, so the colour and the payload must tell."""
    inside = '<tresc Id="T">100</tresc>'
    references = forge.reference("#T") + forge.PROPERTIES
    signed = forge.sign(_document(forge.template(JAN, references), inside), JAN).decode()
    signature = signed[signed.index("<ds:Signature ") : signed.index("</ds:Signature>") + 15]
    wrapped = f"<pismo><tresc>900</tresc><ukryte>{inside}</ukryte>{signature}</pismo>".encode()
    assert forge.xmlsec_accepts(wrapped)
    found = report(wrapped, by=TRUST)
    assert found.verdict == Verdict.AMBER
    assert found.reason == "Podpis jest ważny, ale obejmuje tylko część dokumentu: /pismo/ukryte/tresc."
    assert found.payload == b'<tresc Id="T">100</tresc>'


def test_properties_of_another_place_are_refused(report: Look) -> None:
    """SignedProperties must lie in this signature; xmlsec1 alone does not mind."""
    signed = forge.sign(_document(forge.template(JAN, ENVELOPED)), JAN).decode()
    properties = re.search(r"<ds:Object>.*</ds:Object>", signed, re.DOTALL)
    assert properties is not None
    moved = signed.replace(properties[0], "").replace("<kwota>", f"<kopia>{properties[0]}</kopia><kwota>")
    found = report(moved.encode(), by=TRUST)
    assert found.verdict == Verdict.RED


def test_second_unsigned_properties_are_refused(report: Look) -> None:
    """A fake SignedProperties with another certificate or time beside the signed one."""
    fake = (
        f'<ds:Object><xades:QualifyingProperties xmlns:xades="{forge.XADES}" Target="#S1">'
        '<xades:SignedProperties Id="P2"/></xades:QualifyingProperties></ds:Object>'
    )
    forged = SIGNED.replace(b"</ds:KeyInfo>", b"</ds:KeyInfo>" + fake.encode())
    assert forge.xmlsec_accepts(forged)
    assert _broken_by(report(forged, by=TRUST)) == (Indication.FAILED, "FORMAT_FAILURE")


def test_properties_aimed_at_another_signature_are_refused(report: Look) -> None:
    signed = forge.sign(_document(forge.template(JAN, ENVELOPED, target="#S2")), JAN)
    assert forge.xmlsec_accepts(signed)
    assert _broken_by(report(signed, by=TRUST)) == (Indication.FAILED, "FORMAT_FAILURE")


@pytest.mark.parametrize(
    ("properties", "why"),
    [
        ("", "not referenced at all"),
        (forge.reference("#P1", forge.CANONICAL), "referenced without the type"),
        (forge.PROPERTIES * 2, "referenced twice"),
    ],
)
def test_unsigned_properties_are_refused(properties: str, why: str, report: Look) -> None:
    references = forge.reference("", forge.ENVELOPED) + properties
    signed = forge.sign(_document(forge.template(JAN, references)), JAN)
    assert forge.xmlsec_accepts(signed)
    assert _broken_by(report(signed, by=TRUST)) == (Indication.FAILED, "FORMAT_FAILURE"), why


def test_digest_of_another_certificate_is_refused(report: Look) -> None:
    """The key signs, but the signed properties name somebody else's certificate."""
    signed = forge.sign(_document(forge.template(JAN, ENVELOPED, named=EWA)), JAN)
    assert forge.xmlsec_accepts(signed)
    found = report(signed, by=TRUST)
    assert _broken_by(found) == (Indication.INDETERMINATE, "SIG_CONSTRAINTS_FAILURE")
    assert found.verdict == Verdict.RED


def test_bare_xml_signature_is_never_green(report: Look) -> None:
    references = forge.reference("", forge.ENVELOPED)
    signed = forge.sign(_document(forge.template(JAN, references, properties=False)), JAN)
    found = report(signed, by=TRUST)
    assert (found.verdict, _only(found).subindication) == (Verdict.AMBER, "BASIC_SIGNATURE")


@pytest.mark.parametrize(
    ("transforms", "why"),
    [
        (forge.ENVELOPED + forge.xpath("not(ancestor-or-self::kwota)"), "an XPath that leaves content out"),
        (forge.xpath("not(ancestor-or-self::ds:Signature) and 1"), "more than the allowed XPath"),
        (
            forge.ENVELOPED + forge.xpath("not(ancestor-or-self::d:Signature)", "urn:x", prefix="d"),
            "the prefix stands for another name space",
        ),
        (forge.filter2("//kwota") + forge.ENVELOPED, "a filter that subtracts content"),
        (forge.filter2("/descendant::ds:Signature", "union") + forge.ENVELOPED, "a filter of another kind"),
    ],
)
def test_other_filters_are_refused(transforms: str, why: str, report: Look) -> None:
    references = forge.reference("", transforms) + forge.PROPERTIES
    signed = forge.sign(_document(forge.template(JAN, references)), JAN)
    assert forge.xmlsec_accepts(signed), why
    assert _broken_by(report(signed, by=TRUST)) == (Indication.FAILED, "FORMAT_FAILURE"), why


def test_style_sheet_transform_is_refused(report: Look) -> None:
    xslt = b'<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/>'
    forged = SIGNED.replace(b"</ds:Transforms>", xslt + b"</ds:Transforms>", 1)
    assert report(forged, by=TRUST).verdict == Verdict.RED


@pytest.mark.parametrize("uri", ["file:///etc/passwd", "http://example.com/a", "inny.pdf", "../a", "a#b"])
def test_outside_addresses_are_never_followed(uri: str, report: Look) -> None:
    content = forge.template(JAN, forge.reference(uri) + forge.PROPERTIES).encode()
    finding = _only(report(content, {"plik.pdf": b"x"}, by=TRUST))
    assert finding.indication != Indication.PASSED


def test_detached_signature_without_its_file(report: Look) -> None:
    template = forge.template(JAN, forge.reference("plik.bin") + forge.PROPERTIES)
    signed = forge.sign(template, JAN, beside={"plik.bin": b"abc"})
    found = report(signed, by=TRUST)
    assert _broken_by(found) == (Indication.INDETERMINATE, "SIGNED_DATA_NOT_FOUND")
    assert _broken_by(report(signed, {"plik.bin": b"abd"}, by=TRUST)) == (Indication.FAILED, "HASH_FAILURE")


def test_document_around_a_detached_signature_is_not_covered(report: Look) -> None:
    template = forge.template(JAN, forge.reference("plik.bin") + forge.PROPERTIES)
    beside = {"plik.bin": b"abc"}
    signed = forge.sign(_document(template), JAN, beside=beside)
    found = report(signed, beside, by=TRUST)
    assert found.verdict == Verdict.AMBER
    assert list(found.payloads.values()) == [b"abc"]


def test_object_that_was_slipped_in_is_not_covered(report: Look) -> None:
    inner = '<ds:Object Id="O1"><tresc>100</tresc></ds:Object>'
    signed = forge.sign(forge.template(JAN, forge.reference("#O1") + forge.PROPERTIES, objects=inner), JAN)
    slipped = signed.replace(
        b'<ds:Object Id="O1">', b'<ds:Object><tresc>900</tresc></ds:Object><ds:Object Id="O1">'
    )
    assert forge.xmlsec_accepts(slipped)
    found = report(slipped, by=TRUST)
    assert found.verdict == Verdict.AMBER
    assert b"900" not in b"".join(found.payloads.values())


def test_one_bad_signature_of_two_decides(report: Look) -> None:
    first = forge.reference("", forge.xpath("not(ancestor-or-self::ds:Signature)")) + forge.PROPERTIES
    good = forge.sign(_document(forge.template(JAN, first)), JAN).decode()
    copy = good[good.index("<ds:Signature ") : good.index("</ds:Signature>") + 15]
    broken = forge.renamed(copy)
    found = report(good.replace("</pismo>", broken + "</pismo>").encode(), by=TRUST)
    assert [finding.verdict for finding in found.findings] == [Verdict.GREEN, Verdict.RED]
    assert found.verdict == Verdict.RED


def test_fake_counter_signature_covers_nothing(report: Look) -> None:
    """A reference that calls itself a counter-signature must aim at the value of a signature above it."""
    kind = "http://uri.etsi.org/01903#CountersignedSignature"
    inside = f'<ds:SignatureValue xmlns:ds="{forge.DS}" Id="V">AA==</ds:SignatureValue>'
    references = forge.reference("#V", "", kind) + forge.PROPERTIES
    signed = forge.sign(_document(forge.template(JAN, references), inside), JAN)
    assert report(signed, by=TRUST).verdict == Verdict.AMBER


def test_comment_inside_a_value_does_not_split_it(report: Look) -> None:
    """Comments are outside the plain canonical form: an application that reads only up to one is deceived."""
    changed = SIGNED.replace(b"<kwota>100<", b"<kwota>1<!-- -->00<")
    found = report(changed, by=TRUST)
    assert found.verdict == Verdict.GREEN
    assert found.payload == b"<pismo><kwota>100</kwota></pismo>"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "nothing"),
        (b"<", "half a tag"),
        (b"<a/>", "XML without a signature"),
        (b"%PDF-1.7", "a broken PDF"),
        (b"PK\x03\x04", "a broken archive"),
        (b"\x30\x80", "broken CMS"),
        (b"\x00" * 100, "zeros"),
    ],
)
def test_never_green_and_never_an_exception(content: bytes, why: str, report: Look) -> None:
    assert report(content, by=TRUST).verdict in {Verdict.NONE, Verdict.RED}, why
