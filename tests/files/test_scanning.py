"""Scanning by a real clamd with signatures of our own: found, encrypted, down, not there."""

import logging
from collections.abc import Iterator

import pytest
from django.conf import settings

from starostwo.files import api as files
from starostwo.files.api import Blob, Problem
from starostwo.files.scanning import scan_again
from starostwo.files.testing import EICAR, STREAM_LIMIT, locked_zip, pdf, scanner, stored, zip_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with scanner() as running:
        yield running


@pytest.fixture
def clamd(address: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(settings, "CLAMD", address)
    return address


@pytest.mark.parametrize(
    ("content", "state", "problem"),
    [
        (pdf(), Blob.Scan.CLEAN, None),
        (EICAR, Blob.Scan.INFECTED, Problem.VIRUS),
        (zip_of({"a.txt": EICAR}), Blob.Scan.INFECTED, Problem.VIRUS),
        (zip_of({"a.zip": zip_of({"b.txt": EICAR})}), Blob.Scan.INFECTED, Problem.VIRUS),
        (locked_zip(), Blob.Scan.ENCRYPTED, Problem.ENCRYPTED),
        (b"x" * (STREAM_LIMIT + (4 << 20)), Blob.Scan.SCANNER_DOWN, Problem.SCANNER_DOWN),
    ],
    ids=[
        "clean",
        "virus",
        "virus in a zip",
        "virus in a zip in a zip",
        "encrypted",
        "over the scanner's limit",
    ],
)
def test_the_scanners_answer(clamd: str, content: bytes, state: str, problem: Problem | None) -> None:
    blob = stored(content)

    assert files.scan(blob) is problem
    blob.refresh_from_db()
    assert blob.scan == state


def test_the_row_says_which_scanner_found_what(clamd: str) -> None:
    blob = stored(EICAR)
    files.scan(blob)

    assert blob.scanned_with.startswith("Eicar-Test.UNOFFICIAL (ClamAV ")


def test_a_configured_scanner_that_is_down_sets_aside_and_is_asked_again(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    blob = stored()
    monkeypatch.setattr(settings, "CLAMD", "unix:/nonexistent/clamd.ctl")
    assert files.scan(blob) is Problem.SCANNER_DOWN
    assert (scan_again(), files.extract_text(blob)) == (0, "")

    monkeypatch.setattr(settings, "CLAMD", address)
    assert scan_again() == 1
    blob.refresh_from_db()
    assert (blob.scan, files.extract_text(blob)) == (Blob.Scan.CLEAN, "tekst")


def test_without_a_scanner_a_file_is_not_scanned_and_the_log_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    blob = stored()
    with caplog.at_level(logging.WARNING, logger="starostwo.files.scanning"):
        assert files.scan(blob) is None

    assert blob.get_scan_display() == "nie sprawdzono"
    assert "nie ma programu antywirusowego" in caplog.text


def test_what_the_administrator_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert files.scanner_state().is_configured is False

    monkeypatch.setattr(settings, "CLAMD", "wrong")
    assert files.scanner_state().fault == "CLAMD=wrong: podaj unix:/ścieżka albo serwer:port"

    monkeypatch.setattr(settings, "CLAMD", "127.0.0.1:1")
    assert (files.scanner_state().version, files.scanner_state().is_configured) == (None, True)

    monkeypatch.setattr(settings, "CLAMD", address)
    assert (files.scanner_state().version or "").startswith("ClamAV ")
