"""Import: a trial names each fault and writes nothing; a sound file becomes one opening balance."""

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from starostwo.assets import testing as assets
from starostwo.assets.models import Asset, Document
from starostwo.assets.services.catalogue import load_classes
from starostwo.assets.services.importing import NotAnImport, try_file
from starostwo.assets.testing import NOW, TODAY
from starostwo.office import testing as office
from starostwo.office.models import Account

pytestmark = pytest.mark.django_db
BALANCE = date(2026, 11, 1)
HEADS = [
    "Rodzaj",
    "Nazwa",
    "Wartość",
    "Umorzenie",
    "KŚT",
    "Przyjęto",
    "Miejsce",
    "Osoba",
    "Sztuk",
    "Stary numer",
]
SOUND = [
    ["ST", "Serwer", "24 000,00", "6000", "487", "04.05.2024", "sadowa/1/105", "Anna Nowak", "1", "T-8"],
    ["PST", "Monitor", "900", "900", "487", "2025-02-03", "SADOWA/1/105", "", "", ""],
    ["ewidencja ilościowa", "Krzesło", "1200,50", "", "", "01.02.2020", "SADOWA/1/105", "", "12", ""],
]


@pytest.fixture(autouse=True)
def the_office() -> None:
    office.make_office()
    office.make_place()
    office.anna()
    load_classes(now=NOW)


def as_csv(*rows: list[str]) -> bytes:
    return "\n".join(";".join(row) for row in (HEADS, *rows)).encode()


def as_xlsx(*rows: list[object]) -> bytes:
    book, target = Workbook(), BytesIO()
    for row in (HEADS, *rows):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(target)
    return target.getvalue()


def manager() -> Client:
    return office.client_of(Account.objects.get(pk=assets.manager().account_id))


def sent(content: bytes, **said: str) -> dict[str, object]:
    file = SimpleUploadedFile("majatek.csv", content)
    return {"file": file, "happened_on": "01.11.2026", "text": "przejęcie ewidencji", **said}


def test_a_sound_file_is_tried_then_entered_as_one_document() -> None:
    client = manager()
    page = client.post("/urzad/majatek/import/", sent(as_csv(*SOUND))).content.decode().replace("\xa0", " ")
    assert "3 składniki do wpisania, razem 26 100,50 zł, błędnych wierszy 0" in page
    assert not Document.objects.exists()
    answer = client.post("/urzad/majatek/import/", sent(as_csv(*SOUND), enter="1"))
    assert answer.status_code == 302
    rows = Asset.objects.order_by("id").values_list("number", "value", "written_off", "quantity", "note")
    assert list(rows) == [
        ("ST/2026/0001", 24_000_00, 6_000_00, 1, "stary numer T-8"),
        ("PST/2026/0001", 900_00, 900_00, 1, ""),
        ("IL/2026/0001", 1_200_50, 0, 12, ""),
    ]


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        (0, "XX", "nieznany rodzaj"),
        (2, "dużo", "nie jest kwotą"),
        (5, "wczoraj", "nie jest dniem"),
        (6, "SADOWA/9", "nie ma miejsca"),
        (7, "Jan Nikt", "nie ma pracownika"),
        (8, "kilka", "liczba sztuk"),
        (8, "9" * 5000, "liczba sztuk"),
        (8, "2", "jedną sztukę"),
        (3, "24 000,01", "nie może być większe"),
        (4, "999", "symbol KŚT"),
        (5, "01.11.2026", "wcześniejszy niż dzień bilansu"),
    ],
)
def test_each_fault_is_named_with_its_row_and_nothing_is_entered(column: int, text: str, words: str) -> None:
    bad = [*SOUND[0]]
    bad[column] = text
    content = as_csv(SOUND[0], bad)
    [(number, said)] = try_file(content, on=BALANCE, today=TODAY).faults
    assert number == 3
    assert words in said
    answer = manager().post("/urzad/majatek/import/", sent(content, enter="1"))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Asset.objects.exists()


def test_a_spreadsheet_is_read_as_it_looks() -> None:
    row = ["ST", "Serwer", 24000.5, 6000, 487, date(2024, 5, 4), "SADOWA/1/105", "Anna Nowak", 1, None]
    [one] = try_file(as_xlsx(row), on=BALANCE, today=TODAY).new
    assert (one.value, one.written_off, one.kst_code, one.taken_on) == (
        24_000_50, 6_000_00, "487", date(2024, 5, 4),
    )  # fmt: skip


def broken_spreadsheet(part: str, content: bytes) -> bytes:
    """A spreadsheet of which one part is not what it says."""
    whole, target = as_xlsx(["ST", "Serwer"]), BytesIO()
    with ZipFile(BytesIO(whole)) as read, ZipFile(target, "w", ZIP_DEFLATED) as written:
        for name in read.namelist():
            written.writestr(name, content if name == part else read.read(name))
    return target.getvalue()


@pytest.mark.parametrize(
    ("part", "content", "words"),
    [
        ("xl/worksheets/sheet1.xml", b"<worksheet><row", "nie da się otworzyć"),
        ("xl/workbook.xml", b"<workbook/>", "nie da się otworzyć"),
        ("xl/styles.xml", b"", "po rozpakowaniu jest za duży"),
    ],
)
def test_a_spreadsheet_that_breaks_its_reader_is_refused_in_words(
    part: str, content: bytes, words: str
) -> None:
    sheet = broken_spreadsheet(part, content or b" " * (101 << 20))
    assert len(sheet) < 5 << 20
    answer = manager().post("/urzad/majatek/import/", sent(sheet))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_field_without_an_end_is_refused_in_words() -> None:
    answer = manager().post("/urzad/majatek/import/", sent(b'nazwa;cena\n"' + b"x" * 200_000))
    assert answer.status_code == 422
    assert "za długie" in answer.content.decode()


def test_a_file_with_ends_of_lines_of_old_is_read() -> None:
    assert len(try_file(as_csv(*SOUND).replace(b"\n", b"\r"), on=BALANCE, today=TODAY).new) == 3


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"nazwa;cena\nx;1", b"a\x00b"])
def test_what_is_no_import_is_refused(content: bytes) -> None:
    with pytest.raises(NotAnImport):
        try_file(content, on=BALANCE, today=TODAY)
