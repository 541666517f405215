"""Signatures in PDF: made with keys in files and in a token, checked by pdfsig and by our verifier."""

import subprocess
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import typst
from django.conf import LazySettings
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from starostwo.signatures import demo_pki
from starostwo.signatures.demo_pki import DemoPki
from starostwo.signatures.keys import CannotSign, KeyRef
from starostwo.signatures.rules.report import SignatureReport, Verdict
from starostwo.signatures.signing import sign_pdf
from starostwo.signatures.testing import running_tsa
from starostwo.signatures.verification import verify
from tests.signatures.conftest import ANNA, BUILT, NOW, PIOTR

Look = Callable[..., SignatureReport]


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    source = tmp_path_factory.mktemp("typst") / "decyzja.typ"
    source.write_text('#set document(title: "Decyzja")\n#set text(lang: "pl")\nZażółć gęślą jaźń.')
    return typst.compile(str(source), pdf_standards=["a-2a", "ua-1"])


@pytest.fixture
def signed(pdf: bytes, installation: DemoPki) -> bytes:
    return sign_pdf(pdf, key=installation.people[1], reason="Decyzja", at=NOW)


def _pdfsig(pdf: bytes, folder: Path) -> str:
    path = folder / "podpisany.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdfsig", "-nocert", str(path)], check=False, capture_output=True, text=True)
    return done.stdout


def test_signed_with_a_key_in_a_file(signed: bytes, report: Look, tmp_path: Path) -> None:
    found = report(signed)
    said = _pdfsig(signed, tmp_path)
    assert "Signature is Valid" in said
    assert "ETSI.CAdES.detached" in said
    assert "Total document signed" in said
    assert (found.verdict, found.signer, found.findings[0].level) == (Verdict.GREEN, "Anna Nowak", "B-B")
    assert found.findings[0].claimed_at == NOW
    assert found.payloads == {"PDF": signed}


def test_signed_in_a_token(
    pdf: bytes, installation: DemoPki, folder: Path, report: Look, tmp_path: Path
) -> None:
    held = demo_pki.build(folder, [ANNA, PIOTR], now=BUILT, in_token=True).people[1]
    signed = sign_pdf(pdf, key=held, reason="Decyzja", at=NOW)
    assert held.provider == "pkcs11"
    assert "Signature is Valid" in _pdfsig(signed, tmp_path)
    assert report(signed).verdict == Verdict.GREEN


def test_time_stamp_proves_the_time(
    pdf: bytes, installation: DemoPki, settings: LazySettings, report: Look, tmp_path: Path
) -> None:
    """B-T holds although the certificate expired before the file was looked at."""
    with running_tsa() as settings.TSA_URL:
        signed = sign_pdf(pdf, key=installation.people[1], reason="Decyzja", at=NOW)
    later = BUILT + timedelta(days=365 * 11)
    finding = report(signed, at=later).findings[0]
    assert "Signature is Valid" in _pdfsig(signed, tmp_path)
    assert (finding.level, finding.verdict) == ("B-T", Verdict.GREEN)
    unstamped = sign_pdf(pdf, key=installation.people[1], reason="Decyzja", at=NOW, timestamp=False)
    assert report(unstamped, at=later).findings[0].subindication == "OUT_OF_BOUNDS_NO_POE"


def test_changed_byte(signed: bytes, report: Look, tmp_path: Path) -> None:
    place = signed.index(b"%PDF-") + 400
    changed = signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]
    found = report(changed)
    assert "Signature is Valid" not in _pdfsig(changed, tmp_path)
    assert (found.verdict, found.payloads) == (Verdict.RED, {})


def test_content_added_after_the_signature_is_amber(signed: bytes, report: Look, tmp_path: Path) -> None:
    """An incremental update leaves the mathematics intact, so the revision is what counts."""
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    writer.root["/Dopisek"] = writer.root.raw_get("/Pages")
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    found = report(out.getvalue())
    assert "Signature is Valid" in _pdfsig(out.getvalue(), tmp_path)
    assert (found.verdict, found.reason) == (
        Verdict.AMBER,
        "Podpis jest ważny, ale po jego złożeniu dokument zmieniono.",
    )
    assert found.payloads == {"PDF": signed}


def test_a_form_filled_after_the_signature_is_amber(installation: DemoPki, report: Look) -> None:
    """Filling a form can replace what is seen; pyHanko's 'form filling' is not enough for green."""
    signed = sign_pdf(_form(), key=installation.people[1], reason="Wniosek", at=NOW)
    assert report(signed).verdict == Verdict.GREEN
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    field = writer.root["/AcroForm"]["/Fields"][0]
    field["/V"] = generic.TextStringObject("900 zł")
    writer.update_container(field)
    out = BytesIO()
    writer.write(out)
    assert report(out.getvalue()).verdict == Verdict.AMBER


def _form() -> bytes:
    document = pikepdf.new()
    page = document.add_blank_page()
    field = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T="kwota",
            Rect=[0, 0, 9, 9],
        )
    )
    page.Annots = pikepdf.Array([field])
    document.Root.AcroForm = document.make_indirect(pikepdf.Dictionary(Fields=pikepdf.Array([field])))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_two_people_sign_one_after_another(signed: bytes, installation: DemoPki, report: Look) -> None:
    twice = sign_pdf(signed, key=installation.people[2], reason="Zgoda", at=NOW)
    found = report(twice)
    assert found.signer == "Anna Nowak, Piotr Wrona"
    assert [finding.verdict for finding in found.findings] == [Verdict.AMBER, Verdict.GREEN]


def test_accessible_archive_form_survives_signing(pdf: bytes, signed: bytes) -> None:
    with pikepdf.open(BytesIO(signed)) as document:
        metadata = document.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert document.Root.MarkInfo.Marked
    assert signed.startswith(pdf)


def test_plain_pdf_has_no_signature(pdf: bytes, report: Look) -> None:
    assert report(pdf).verdict == Verdict.NONE


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"to nie jest PDF", "another kind of file"), (b"%PDF-1.7\n%%EOF", "an empty PDF")],
)
def test_what_cannot_be_signed_is_refused_in_polish(content: bytes, why: str, installation: DemoPki) -> None:
    with pytest.raises(CannotSign, match="Nie można podpisać pliku PDF"):
        sign_pdf(content, key=installation.people[1], reason="x", at=NOW)


def test_no_signature_when_the_time_stamp_fails(
    pdf: bytes, installation: DemoPki, settings: LazySettings
) -> None:
    settings.TSA_URL = "http://127.0.0.1:9/"
    with pytest.raises(CannotSign, match="znacznika czasu"):
        sign_pdf(pdf, key=installation.people[1], reason="x", at=NOW)


def test_demonstration_key_signs_nothing_in_a_real_installation(
    pdf: bytes, installation: DemoPki, settings: LazySettings
) -> None:
    settings.DEMO = False
    key: KeyRef = installation.people[1]
    with pytest.raises(CannotSign, match="demonstracyjnej"):
        sign_pdf(pdf, key=key, reason="x", at=NOW)


def test_through_the_door(signed: bytes) -> None:
    assert verify(signed, name="decyzja.pdf", at=NOW).verdict == Verdict.GREEN
