"""XML signatures that hold: made by xmlsec1 in the shapes that Polish programs write, read by ours."""

from base64 import b64encode
from collections.abc import Callable

import pytest

from starostwo.signatures.keys import SigningKey
from starostwo.signatures.rules.report import SignatureReport, Verdict
from starostwo.signatures.trust import Trust
from starostwo.signatures.xades.signer import sign_enveloped
from tests.signatures import forge
from tests.signatures.authority import authority, both, key_from
from tests.signatures.conftest import NOW

ISSUER = authority()
JAN = key_from(ISSUER)
PROLOG = '<?xml version="1.0"?>\n<?xml-stylesheet href="a.xsl"?>\n'
DOCUMENT = PROLOG + '<pismo xmlns:n="urn:n">Zażółć <b>gęślą</b>{}</pismo>'
Look = Callable[..., SignatureReport]


def _enveloped(transforms: str, **options: str) -> bytes:
    references = forge.reference("", transforms) + forge.PROPERTIES
    return forge.sign(DOCUMENT.format(forge.template(JAN, references, **options)), JAN)


@pytest.mark.parametrize(
    ("transforms", "why"),
    [
        (forge.ENVELOPED, "the plain enveloped signature"),
        (forge.ENVELOPED + forge.CANONICAL, "canonical XML 1.0 named"),
        (forge.ENVELOPED + forge.EXCLUSIVE_CANONICAL, "exclusive canonical XML"),
        (forge.ENVELOPED + f'<ds:Transform Algorithm="{forge.C14N}#WithComments"/>', "with comments"),
        (
            forge.ENVELOPED + '<ds:Transform Algorithm="http://www.w3.org/2006/12/xml-c14n11"/>',
            "canonical XML 1.1",
        ),
        (forge.xpath("not(ancestor-or-self::ds:Signature)"), "podpis zaufany and Polish qualified programs"),
        (forge.xpath("not( ancestor-or-self::d:Signature )", prefix="d"), "the prefix is free"),
        (forge.filter2("/descendant::ds:Signature"), "XPath Filter 2 as DSS writes it"),
        (forge.filter2("here()/ancestor::ds:Signature[1]"), "XPath Filter 2, this signature alone"),
    ],
)
def test_whole_document(transforms: str, why: str, report: Look, trust: Trust) -> None:
    signed = _enveloped(transforms)
    found = report(signed, by=both(trust, ISSUER.trusted()))
    assert forge.xmlsec_accepts(signed, anchor=_pem()), why
    assert (found.verdict, found.signer) == (Verdict.GREEN, "Jan Kos"), found.findings[0]
    assert found.payload is not None
    assert b"Signature" not in found.payload
    assert "Zażółć <b>gęślą</b>".encode() in found.payload


def test_exclusive_signed_info(report: Look) -> None:
    signed = _enveloped(forge.ENVELOPED, c14n=forge.EXCLUSIVE)
    assert report(signed, by=ISSUER.trusted()).verdict == Verdict.GREEN


def test_rsa(report: Look) -> None:
    key = key_from(ISSUER, rsa_bits=2048)
    references = forge.reference("", forge.ENVELOPED) + forge.PROPERTIES
    signed = forge.sign(DOCUMENT.format(forge.template(key, references, method=forge.RSA)), key)
    assert report(signed, by=ISSUER.trusted()).verdict == Verdict.GREEN


def test_enveloping_hands_on_the_inner_document(report: Look) -> None:
    inner = '<ds:Object Id="O1"><tresc xmlns="">Podanie</tresc></ds:Object>'
    signed = forge.sign(forge.template(JAN, forge.reference("#O1") + forge.PROPERTIES, objects=inner), JAN)
    found = report(signed, by=ISSUER.trusted())
    assert found.verdict == Verdict.GREEN
    assert found.payload == b'<tresc xmlns:ds="http://www.w3.org/2000/09/xmldsig#">Podanie</tresc>'


def test_enveloped_base64_hands_on_the_decoded_file(report: Look) -> None:
    inner = f'<ds:Object Id="O1" Encoding="{forge.DS}base64">{b64encode(b"%PDF-").decode()}</ds:Object>'
    decoded = f'<ds:Transform Algorithm="{forge.DS}base64"/>'
    template = forge.template(JAN, forge.reference("#O1", decoded) + forge.PROPERTIES, objects=inner)
    found = report(forge.sign(template, JAN), by=ISSUER.trusted())
    assert (found.verdict, found.payload) == (Verdict.GREEN, b"%PDF-")


def test_detached_signature_of_a_file_sent_beside(report: Look) -> None:
    files = {"pismo ż.pdf": b"%PDF-1.7 tresc"}
    plain = {"plik.bin": files["pismo ż.pdf"]}
    signed = forge.sign(
        forge.template(JAN, forge.reference("plik.bin") + forge.PROPERTIES), JAN, beside=plain
    )
    found = report(signed, plain, by=ISSUER.trusted())
    assert (found.verdict, found.payloads) == (Verdict.GREEN, plain)
    assert found.findings[0].scopes[0].kind == "file"


def test_manifest_entries_are_covered(report: Look) -> None:
    entry = forge.reference("plik.bin")
    manifest = f'<ds:Object><ds:Manifest Id="M1">{entry}</ds:Manifest></ds:Object>'
    references = forge.reference("#M1", "", f"{forge.DS}Manifest") + forge.PROPERTIES
    beside = {"plik.bin": b"abc"}
    signed = forge.sign(forge.template(JAN, references, objects=manifest), JAN, beside=beside)
    assert report(signed, beside, by=ISSUER.trusted()).verdict == Verdict.GREEN
    assert report(signed, {"plik.bin": b"abd"}, by=ISSUER.trusted()).verdict == Verdict.RED


def test_our_signer_is_accepted_by_xmlsec(seal: SigningKey, report: Look, folder: object) -> None:
    signed = sign_enveloped(DOCUMENT.format("").encode(), key=seal, at=NOW)
    found = report(signed)
    assert forge.xmlsec_accepts(signed)
    assert b"<?xml-stylesheet" in signed
    assert found.verdict == Verdict.GREEN
    assert (found.is_test, found.findings[0].claimed_at) == (True, NOW)


def test_a_second_signature_of_the_same_document(seal: SigningKey, report: Look, trust: Trust) -> None:
    once = _enveloped(forge.xpath("not(ancestor-or-self::ds:Signature)"))
    twice = sign_enveloped(once, key=seal, at=NOW)
    found = report(twice, by=both(trust, ISSUER.trusted()))
    assert [finding.verdict for finding in found.findings] == [Verdict.GREEN, Verdict.GREEN]
    assert found.signer == "Jan Kos, TEST Pieczęć Starostwa Powiatowego"


def _pem() -> bytes:
    return ISSUER.certificate.public_bytes(forge.Encoding.PEM)
