"""Letters as PDF: what stands on the paper, and the gate that a file passes before it may be signed."""

import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from starostwo.records.rules.document_kinds import KINDS, Kind
from starostwo.records.typeset import (
    NotArchivable,
    OfficeLines,
    PrintedLetter,
    check_archivable,
    typeset_letter,
)

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LETTER = PrintedLetter(
    office=OfficeLines("Starostwo Powiatowe w Zgierzu", "ul. Sadowa 6a, 95-100 Zgierz", "tel. 42 288 81 00"),
    title="DECYZJA",
    text="## Uzasadnienie\nZażółć jaźń #let x = 1 $2$ \\ @ref <a> *x* _y_ **ważne**\n\n1. jeden\n2. dwa",
    place_and_date="Zgierz, 23 listopada 2026 r.",
    mark="AB.6740.12.2026.1.AK",
    addressee=("Jan Łęcki", "ul. Długa 1", "95-100 Zgierz"),
    signature=("z up. Starosty", "Anna Nowak", "Naczelnik"),
    signature_note="podpisano elektronicznie",
    recipients=("Jan Łęcki", "a/a"),
)


def text_of(pdf: bytes, folder: Path) -> str:
    """Read the text by poppler, which we did not write."""
    (folder / "letter.pdf").write_bytes(pdf)
    run = ["pdftotext", "-layout", str(folder / "letter.pdf"), "-"]
    return subprocess.run(run, check=True, capture_output=True, text=True).stdout


def changed(pdf: bytes, change: str) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as document:
        del document.Root[change]
        document.save(target := BytesIO())
    return target.getvalue()


def test_a_letter_shows_all_its_parts_and_user_text_stays_text(tmp_path: Path) -> None:
    text = text_of(typeset_letter(LETTER, now=NOW), tmp_path)

    for part in (
        "Starostwo Powiatowe w Zgierzu",
        "Znak: AB.6740.12.2026.1.AK",
        "Zgierz, 23 listopada 2026 r.",
        "Jan Łęcki",
        "DECYZJA",
        "Zażółć jaźń #let x = 1 $2$ \\ @ref <a> *x* _y_ ważne",
        "1. jeden",
        "z up. Starosty",
        "strona 1 z 1",
    ):
        assert part in text, part
    assert "TEST" not in text
    assert "PROJEKT" not in text


def test_a_draft_and_a_demonstration_say_so_on_the_paper(tmp_path: Path) -> None:
    text = text_of(typeset_letter(replace(LETTER, is_draft=True, is_test=True), now=NOW), tmp_path)

    assert "PROJEKT – dokument niepodpisany" in text
    assert "TEST – dokument instalacji demonstracyjnej" in text


def test_equal_values_give_equal_bytes() -> None:
    assert typeset_letter(LETTER, now=NOW) == typeset_letter(LETTER, now=NOW)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 8")
def test_every_template_is_archivable(kind: Kind) -> None:
    rules = KINDS[kind]
    check_archivable(typeset_letter(replace(LETTER, title=rules.title, text=rules.template), now=NOW))


@pytest.mark.parametrize("part", ["/MarkInfo", "/Lang", "/StructTreeRoot", "/OutputIntents", "/Metadata"])
def test_the_gate_refuses_a_file_without(part: str) -> None:
    with pytest.raises(NotArchivable):
        check_archivable(changed(typeset_letter(LETTER, now=NOW), part))


def test_the_gate_refuses_a_font_that_is_not_embedded_and_what_is_no_pdf() -> None:
    with pikepdf.open(BytesIO(typeset_letter(LETTER, now=NOW))) as document:
        for font in document.pages[0].resources.Font.values():
            for part in font.get("/DescendantFonts", [font]):
                for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                    if key in part.FontDescriptor:
                        del part.FontDescriptor[key]
        document.save(target := BytesIO())

    with pytest.raises(NotArchivable, match="nie jest osadzony"):
        check_archivable(target.getvalue())
    with pytest.raises(NotArchivable, match="nie da się otworzyć"):
        check_archivable(b"<html>")
