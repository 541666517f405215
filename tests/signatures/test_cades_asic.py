"""CMS signatures and ASiC containers, checked against openssl."""

import subprocess
import zipfile
from base64 import b64encode, encodebytes
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import cms
from cryptography.hazmat.primitives.serialization import Encoding

from starostwo.signatures.cms_signing import sign_cms
from starostwo.signatures.rules.report import SignatureReport, Verdict
from tests.signatures import forge
from tests.signatures.authority import authority, key_from

ISSUER = authority()
JAN = key_from(ISSUER)
EWA = key_from(ISSUER, name="Ewa Lis")
TRUST = ISSUER.trusted()
DATA = "Podanie o wydanie zaświadczenia".encode()
DETACHED = sign_cms(DATA, key=JAN, detached=True).dump()
ATTACHED = sign_cms(DATA, key=JAN, detached=False).dump()
Look = Callable[..., SignatureReport]


def test_openssl_accepts_what_we_sign(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(DATA)
    (tmp_path / "sig").write_bytes(DETACHED)
    (tmp_path / "ca.pem").write_bytes(ISSUER.certificate.public_bytes(Encoding.PEM))
    command = "openssl cms -verify -cades -binary -inform DER -in sig -content data -CAfile ca.pem"
    done = subprocess.run(
        [*command.split(), "-purpose", "any", "-out", "/dev/null"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
    )
    assert b"CAdES Verification successful" in done.stderr


def test_we_accept_what_openssl_signs(report: Look, tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(DATA)
    (tmp_path / "key.pem").write_bytes(
        JAN.private.private_bytes(Encoding.PEM, forge.PrivateFormat.PKCS8, forge.NoEncryption())
    )
    (tmp_path / "cert.pem").write_bytes(JAN.certificate.public_bytes(Encoding.PEM))
    command = (
        "openssl cms -sign -cades -binary -in data -signer cert.pem -inkey key.pem -outform DER -out sig"
    )
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
    signature = (tmp_path / "sig").read_bytes()
    found = report(signature, {"data": DATA}, by=TRUST)
    assert (found.verdict, found.signer, found.payloads) == (Verdict.GREEN, "Jan Kos", {"data": DATA})


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (ATTACHED, "DER"),
        (encodebytes(ATTACHED), "bare base64"),
        (b"-----BEGIN CMS-----\n" + encodebytes(ATTACHED) + b"-----END CMS-----\n", "PEM"),
    ],
)
def test_attached_content_is_handed_on(content: bytes, why: str, report: Look) -> None:
    found = report(content, by=TRUST)
    assert (found.verdict, found.form, found.payload) == (Verdict.GREEN, "CAdES", DATA), why


def test_changed_content_is_red(report: Look) -> None:
    assert report(ATTACHED.replace(b"Podanie", b"podanie"), by=TRUST).verdict == Verdict.RED
    changed = report(DETACHED, {"data": DATA + b"."}, by=TRUST)
    assert (changed.verdict, changed.findings[0].subindication) == (Verdict.RED, "HASH_FAILURE")
    assert changed.payloads == {}


def test_changed_value_is_red(report: Look) -> None:
    found = report(ATTACHED[:-1] + bytes([ATTACHED[-1] ^ 1]), by=TRUST)
    assert (found.verdict, found.findings[0].subindication) == (Verdict.RED, "SIG_CRYPTO_FAILURE")


def test_weak_key_is_named(report: Look) -> None:
    weak = sign_cms(DATA, key=key_from(ISSUER, rsa_bits=1024), detached=False).dump()
    assert report(weak, by=TRUST).findings[0].subindication == "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"


def test_signature_that_names_no_certificate_is_never_green(report: Look, tmp_path: Path) -> None:
    """Plain CMS without the signed certificate attribute: another certificate could be slipped in."""
    (tmp_path / "data").write_bytes(DATA)
    pem = JAN.private.private_bytes(Encoding.PEM, forge.PrivateFormat.PKCS8, forge.NoEncryption())
    (tmp_path / "key.pem").write_bytes(pem)
    (tmp_path / "cert.pem").write_bytes(JAN.certificate.public_bytes(Encoding.PEM))
    command = (
        "openssl cms -sign -binary -nodetach -in data -signer cert.pem -inkey key.pem -outform DER -out sig"
    )
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
    found = report((tmp_path / "sig").read_bytes(), by=TRUST)
    assert (found.verdict, found.findings[0].subindication) == (Verdict.AMBER, "BASIC_SIGNATURE")


def test_right_file_is_found_among_several(report: Look) -> None:
    found = report(DETACHED, {"inny": b"x", "podanie.txt": DATA}, by=TRUST)
    assert (found.verdict, list(found.payloads)) == (Verdict.GREEN, ["podanie.txt"])


def test_without_the_file_nothing_is_said_about_it(report: Look) -> None:
    found = report(DETACHED, {"a": b"x", "b": b"y"}, by=TRUST)
    assert (found.verdict, found.findings[0].subindication) == (Verdict.AMBER, "SIGNED_DATA_NOT_FOUND")


def test_each_of_two_signers_is_reported(report: Look) -> None:
    """pyHanko refuses a structure with several signers; it is taken apart first."""
    first, second = (
        cms.ContentInfo.load(sign_cms(DATA, key=key, detached=True).dump()) for key in (JAN, EWA)
    )
    first["content"]["signer_infos"].append(second["content"]["signer_infos"][0])
    first["content"]["certificates"].append(second["content"]["certificates"][0])
    found = report(first.dump(force=True), {"data": DATA}, by=TRUST)
    assert [finding.verdict for finding in found.findings] == [Verdict.GREEN, Verdict.GREEN]
    assert set(found.signer.split(", ")) == {"Jan Kos", "Ewa Lis"}


def _container(members: dict[str, bytes], signature: bytes, *, stored: bool = True) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        archive.writestr("mimetype", "application/vnd.etsi.asic-e+zip", compress_type=kind)
        for name, content in members.items():
            archive.writestr(name, content)
        archive.writestr("META-INF/signatures0.xml", signature)
    return out.getvalue()


def _asic_signature(files: dict[str, bytes]) -> bytes:
    references = "".join(forge.reference(name) for name in files) + forge.PROPERTIES
    root = '<a:XAdESSignatures xmlns:a="http://uri.etsi.org/02918/v1.2.1#">{}</a:XAdESSignatures>'
    return forge.sign(root.format(forge.template(JAN, references)), JAN, beside=files)


FILES = {"podanie.txt": DATA, "mapa.png": b"\x89PNG"}


def test_container_with_all_files_signed(report: Look) -> None:
    found = report(_container(FILES, _asic_signature(FILES)), by=TRUST)
    assert (found.verdict, found.form, found.unsigned_files) == (Verdict.GREEN, "ASiC", ())
    assert found.payloads == FILES


def test_unsigned_member_is_named(report: Look) -> None:
    found = report(_container(FILES, _asic_signature({"podanie.txt": DATA})), by=TRUST)
    assert (found.verdict, found.unsigned_files) == (Verdict.AMBER, ("mapa.png",))
    assert found.reason == "Podpis jest ważny, ale nie obejmuje plików: mapa.png."


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({"podanie.txt": b"inne", "mapa.png": b"\x89PNG"}, "a changed member"),
        ({"mapa.png": b"\x89PNG"}, "a removed member"),
    ],
)
def test_changed_container_is_not_green(members: dict[str, bytes], why: str, report: Look) -> None:
    found = report(_container(members, _asic_signature(FILES)), by=TRUST)
    assert found.verdict in {Verdict.RED, Verdict.AMBER}, why
    assert found.payloads == {}


MANIFEST_NAMES = 'xmlns:a="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"'


def _manifest(files: dict[str, bytes]) -> bytes:
    entries = "".join(
        f'<a:DataObjectReference URI="{name}"><ds:DigestMethod Algorithm="{forge.SHA256}"/>'
        f"<ds:DigestValue>{b64encode(sha256(data).digest()).decode()}</ds:DigestValue></a:DataObjectReference>"
        for name, data in files.items()
    )
    signed_by = '<a:SigReference URI="META-INF/signature1.p7s"/>'
    return f"<a:ASiCManifest {MANIFEST_NAMES}>{signed_by}{entries}</a:ASiCManifest>".encode()


def _cades_container(files: dict[str, bytes], manifest: bytes, signed: bytes | None = None) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.etsi.asic-e+zip")
        for name, content in files.items():
            archive.writestr(name, content)
        archive.writestr("META-INF/ASiCManifest1.xml", manifest)
        signature = sign_cms(signed or manifest, key=JAN, detached=True).dump()
        archive.writestr("META-INF/signature1.p7s", signature)
    return out.getvalue()


def test_container_signed_over_a_manifest(report: Look) -> None:
    found = report(_cades_container(FILES, _manifest(FILES)), by=TRUST)
    assert (found.verdict, found.signer, found.payloads) == (Verdict.GREEN, "Jan Kos", FILES)


@pytest.mark.parametrize(
    ("container", "subindication", "why"),
    [
        (
            _cades_container({**FILES, "mapa.png": b"inna"}, _manifest(FILES)),
            "HASH_FAILURE",
            "a changed file",
        ),
        (
            _cades_container({"mapa.png": b"\x89PNG"}, _manifest(FILES)),
            "SIGNED_DATA_NOT_FOUND",
            "a lost file",
        ),
        (_cades_container(FILES, _manifest(FILES), b"inny"), "HASH_FAILURE", "another manifest was signed"),
        (_cades_container(FILES, b"<!DOCTYPE a>" + _manifest(FILES)), "GENERIC", "a manifest with a DOCTYPE"),
    ],
)
def test_container_with_a_broken_manifest(
    container: bytes, subindication: str, why: str, report: Look
) -> None:
    found = report(container, by=TRUST)
    assert (found.findings[0].subindication, found.payloads) == (subindication, {}), why


def test_file_beside_a_manifest_is_not_covered(report: Look) -> None:
    found = report(_cades_container(FILES, _manifest({"podanie.txt": DATA})), by=TRUST)
    assert (found.verdict, found.unsigned_files) == (Verdict.AMBER, ("mapa.png",))


def test_archive_that_explodes_is_refused(report: Look) -> None:
    bomb = _container({**FILES, "bomba": bytes(50_000_000)}, _asic_signature(FILES))
    found = report(bomb, by=TRUST)
    assert (found.verdict, found.findings[0].subindication) == (Verdict.RED, "FORMAT_FAILURE")


@pytest.mark.parametrize("name", ["../wyjdz", "/etc/passwd", "a/../../b", "..\\b"])
def test_member_outside_the_container_is_refused(name: str, report: Look) -> None:
    found = report(_container({**FILES, name: b"x"}, _asic_signature(FILES)), by=TRUST)
    assert found.verdict == Verdict.RED


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_member_named_twice_is_refused(report: Look) -> None:
    """One program reads the first of two equal names, another the last."""
    out = BytesIO(_container({**FILES, "podanie.txt": b"inne"}, _asic_signature(FILES)))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("podanie.txt", DATA)
    assert report(out.getvalue(), by=TRUST).findings[0].subindication == "FORMAT_FAILURE"


def test_plain_archive_is_no_container(report: Look) -> None:
    assert report(_container(FILES, _asic_signature(FILES), stored=False), by=TRUST).verdict == Verdict.NONE
