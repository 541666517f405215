"""Corners of XML signatures: counter-signatures, time stamps, encodings, any byte."""

from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import pytest
from asn1crypto import tsp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from starostwo.platform.canonical_xml import C14N, canonical
from starostwo.platform.safe_xml import parse
from starostwo.signatures import demo_tsa
from starostwo.signatures.demo_pki import DemoPki
from starostwo.signatures.keys import SigningKey, open_key
from starostwo.signatures.rules.report import SignatureReport, Verdict
from starostwo.signatures.trust import Trust
from starostwo.signatures.xades.signer import sign_enveloped
from tests.signatures import forge
from tests.signatures.authority import authority, both, key_from
from tests.signatures.conftest import BUILT, NOW

ISSUER = authority()
JAN = key_from(ISSUER)
EWA = key_from(ISSUER, name="Ewa Lis")
TRUST = ISSUER.trusted()
ENVELOPED = forge.reference("", forge.ENVELOPED) + forge.PROPERTIES
Look = Callable[..., SignatureReport]


def test_properties_hidden_deeper_in_the_signature_are_refused(report: Look) -> None:
    fake = f'<ds:Object><x><xades:SignedProperties xmlns:xades="{forge.XADES}"/></x></ds:Object>'
    signed = forge.sign(f"<pismo>{forge.template(JAN, ENVELOPED)}</pismo>", JAN)
    forged = signed.replace(b"</ds:KeyInfo>", b"</ds:KeyInfo>" + fake.encode())
    assert forge.xmlsec_accepts(forged)
    assert report(forged, by=TRUST).findings[0].subindication == "FORMAT_FAILURE"


def test_reference_of_the_right_type_to_something_else_is_refused(report: Look) -> None:
    """The type says 'properties', the address leads elsewhere: time and certificate stay unsigned."""
    elsewhere = forge.reference("#T", forge.CANONICAL, "http://uri.etsi.org/01903#SignedProperties")
    references = forge.reference("", forge.ENVELOPED) + elsewhere
    signed = forge.sign(f'<pismo><tresc Id="T"/>{forge.template(JAN, references)}</pismo>', JAN)
    assert forge.xmlsec_accepts(signed)
    assert report(signed, by=TRUST).findings[0].subindication == "FORMAT_FAILURE"


def test_filter_that_empties_the_properties_is_refused(report: Look) -> None:
    """Leaving all signatures out of something that lies in one signs nothing at all."""
    kind = "http://uri.etsi.org/01903#SignedProperties"
    emptied = forge.reference("#P1", forge.xpath("not(ancestor-or-self::ds:Signature)"), kind)
    references = forge.reference("", forge.ENVELOPED) + emptied
    signed = forge.sign(f"<pismo>{forge.template(JAN, references)}</pismo>", JAN)
    backdated = signed.replace(b"2026-11-20T10:00:00", b"2020-01-01T10:00:00")
    assert forge.xmlsec_accepts(backdated)
    assert report(backdated, by=TRUST).verdict == Verdict.RED


def test_weak_digest_is_named(report: Look) -> None:
    weak = forge.reference("", forge.ENVELOPED, digest=f"{forge.DS}sha1") + forge.PROPERTIES
    signed = forge.sign(f"<pismo>{forge.template(JAN, weak)}</pismo>", JAN)
    found = report(signed, by=TRUST)
    assert (found.verdict, found.reason) == (Verdict.AMBER, "Podpis używa przestarzałego algorytmu.")


def test_object_of_nobody_is_no_enveloped_document(report: Look) -> None:
    inside = f'<ds:Object xmlns:ds="{forge.DS}" Id="O1"><tresc>100</tresc></ds:Object>'
    signature = forge.template(JAN, forge.reference("#O1") + forge.PROPERTIES)
    root = '<a:XAdESSignatures xmlns:a="http://uri.etsi.org/02918/v1.2.1#">{}</a:XAdESSignatures>'
    signed = forge.sign(root.format(inside + signature), JAN)
    assert report(signed, by=TRUST).verdict == Verdict.AMBER


def test_counter_signature_holds_with_the_signature_that_it_confirms(report: Look) -> None:
    signed = forge.sign(f"<pismo>{forge.template(JAN, ENVELOPED)}</pismo>", JAN).decode()
    kind = "http://uri.etsi.org/01903#CountersignedSignature"
    second = forge.template(EWA, forge.reference("#V", "", kind) + forge.PROPERTIES)
    second = forge.renamed(second)
    place = (
        "<xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:CounterSignature>{}"
        "</xades:CounterSignature></xades:UnsignedSignatureProperties></xades:UnsignedProperties>"
        "</xades:QualifyingProperties>"
    )
    holder = signed.replace("<ds:SignatureValue>", '<ds:SignatureValue Id="V">')
    document = holder.replace("</xades:QualifyingProperties>", place.format(second))
    both_signed = forge.sign(document, EWA, node="S2")
    found = report(both_signed, by=TRUST)
    assert [(each.signer, each.verdict) for each in found.findings] == [
        ("Jan Kos", Verdict.GREEN),
        ("Ewa Lis", Verdict.GREEN),
    ]
    assert found.findings[1].scopes[0].kind == "countersigned"


def _stamped(xml: bytes, stamper: SigningKey) -> bytes:
    """Put a time-stamp token over the signature's value, as XAdES B-T does."""
    tree = parse(xml)
    value = tree.find(f".//{{{forge.DS}}}SignatureValue")
    properties = tree.find(f".//{{{forge.XADES}}}QualifyingProperties")
    assert value is not None
    assert properties is not None
    imprint = {
        "hash_algorithm": {"algorithm": "sha256"},
        "hashed_message": sha256(canonical(value, method=C14N)).digest(),
    }
    asked = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "cert_req": True}).dump()
    token = tsp.TimeStampResp.load(demo_tsa.answer(asked, key=stamper, now=NOW))["time_stamp_token"].dump()
    parent = properties
    for name in ("UnsignedProperties", "UnsignedSignatureProperties", "SignatureTimeStamp"):
        parent = etree.SubElement(parent, f"{{{forge.XADES}}}{name}")
    etree.SubElement(parent, f"{{{forge.DS}}}CanonicalizationMethod", Algorithm=C14N)
    etree.SubElement(parent, f"{{{forge.XADES}}}EncapsulatedTimeStamp").text = b64encode(token).decode()
    return etree.tostring(tree)


def test_time_stamp_keeps_a_signature_after_its_certificate(
    report: Look, demo: DemoPki, trust: Trust
) -> None:
    key = key_from(ISSUER, end=NOW + timedelta(days=5))
    signed = sign_enveloped(b"<pismo/>", key=key, at=NOW)
    stamper = open_key(demo.tsa, accepts_demo=True)
    later, by = NOW + timedelta(days=30), both(trust, TRUST)
    assert report(signed, at=later, by=by).findings[0].subindication == "OUT_OF_BOUNDS_NO_POE"
    stamped = report(_stamped(signed, stamper), at=later, by=by)
    assert (stamped.verdict, stamped.findings[0].level) == (Verdict.GREEN, "B-T")
    assert stamped.findings[0].proven_at == NOW
    moved = _stamped(sign_enveloped(b"<inne/>", key=key, at=NOW), stamper)
    token = moved[
        moved.index(b"<xades:UnsignedProperties") : moved.index(b"</xades:UnsignedProperties>") + 27
    ]
    foreign = signed.replace(b"</xades:QualifyingProperties>", token + b"</xades:QualifyingProperties>")
    refused = report(foreign, at=later, by=by).findings[0]
    assert (refused.subindication, refused.level) == ("OUT_OF_BOUNDS_NO_POE", "B-B")
    assert refused.remarks == ("Pominięto znacznik czasu: znacznik czasu dotyczy innych danych.",)


def test_stamp_from_the_future_proves_nothing(report: Look, demo: DemoPki, trust: Trust) -> None:
    key = key_from(ISSUER)
    stamper = open_key(demo.tsa, accepts_demo=True)
    stamped = _stamped(sign_enveloped(b"<pismo/>", key=key, at=BUILT), stamper)
    finding = report(stamped, at=NOW - timedelta(hours=1), by=both(trust, TRUST)).findings[0]
    assert (finding.level, finding.proven_at) == ("B-B", None)


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "ISO-8859-2", "windows-1250"])
def test_documents_of_old_programs(encoding: str, report: Look) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?><pismo>Zażółć gęślą jaźń</pismo>'.encode(encoding)
    signed = sign_enveloped(xml, key=JAN, at=NOW)
    recoded = etree.tostring(parse(signed), encoding=encoding, xml_declaration=True)
    found = report(recoded, by=TRUST)
    assert found.verdict == Verdict.GREEN
    assert found.payload == "<pismo>Zażółć gęślą jaźń</pismo>".encode()


SIGNED = forge.sign(f"<pismo><kwota>100</kwota>{forge.template(JAN, ENVELOPED)}</pismo>", JAN)
PAYLOAD = b"<pismo><kwota>100</kwota></pismo>"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, len(SIGNED) - 1), byte=st.integers(0, 255))
def test_whatever_byte_is_changed_only_the_signed_content_is_handed_on(
    place: int, byte: int, report: Look
) -> None:
    changed = SIGNED[:place] + bytes([byte]) + SIGNED[place + 1 :]
    found = report(changed, by=TRUST)
    assert found.payload in {None, PAYLOAD}
    if found.verdict == Verdict.GREEN:
        assert found.payload == PAYLOAD
        assert found.signer == "Jan Kos"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=300),
    start=st.sampled_from([b"", b"<a>", b"%PDF-1.7", b"PK\x03\x04", b"\x30\x82"]),
)
def test_no_content_raises(content: bytes, start: bytes, report: Look) -> None:
    assert report(start + content, by=TRUST).verdict != Verdict.GREEN
