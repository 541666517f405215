"""A stored file in a browser: saved or shown, never run."""

import pytest

from starostwo.files import api as files
from starostwo.files.api import Blob
from starostwo.files.rules.names import safe_name
from starostwo.files.testing import image, pdf, stored, zip_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("content", "name", "inline", "is_shown"),
    [
        (pdf(), "pismo.pdf", False, False),
        (pdf(), "pismo.pdf", True, True),
        (image(), "skan.png", True, True),
        (b"tekst", "a.txt", True, True),
        (b"<a/>", "a.xml", True, False),
        (zip_of({"a": "b"}), "a.zip", True, False),
        (b"<html>", "a.html", True, False),
    ],
)
def test_only_harmless_kinds_are_shown(content: bytes, name: str, inline: bool, is_shown: bool) -> None:
    response = files.download_response(stored(content, name), name, inline=inline)

    assert response["Content-Disposition"].startswith("inline" if is_shown else "attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response.streaming_content) == content  # type: ignore[arg-type]


def test_a_text_is_shown_as_text_even_when_it_looks_like_a_page() -> None:
    response = files.download_response(stored(b"a <script>alert(1)</script>"), "a.txt", inline=True)

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "sandbox" in response["Content-Security-Policy"]


def test_an_infected_file_is_handed_to_nobody() -> None:
    blob = stored()
    blob.scan = Blob.Scan.INFECTED

    with pytest.raises(files.NotForOpening):
        files.download_response(blob, "a.txt")


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("pismo.pdf", "pismo.pdf"),
        ("C:\\Users\\Jan\\pismo.pdf", "pismo.pdf"),
        ("../../etc/passwd", "passwd"),
        ("fak\u202efdp.exe", "fakfdp.exe"),
        ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie b.pdf"),
        ('"a"|<b>.txt', "ab.txt"),
        ("", "plik"),
        (" .. ", "plik"),
        ("x" * 300 + ".docx", "x" * 115 + ".docx"),
        ("zażółć\u0301.xml", "zażółć\u0301.xml"),
    ],
)
def test_a_name_is_made_safe(given: str, safe: str) -> None:
    assert safe_name(given) == safe


def test_a_polish_name_survives_the_header() -> None:
    response = files.download_response(stored(), "zażalenie.txt")

    assert "filename*=utf-8''za%C5%BCalenie.txt" in response["Content-Disposition"]
