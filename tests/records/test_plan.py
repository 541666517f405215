"""The file plan: its rules, reading messy files, editions that take over from a day."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from starostwo.office import testing as office
from starostwo.office.api import Right
from starostwo.records.models import PlanClass, PlanEdition
from starostwo.records.plan_import import NotAPlan, read_plan
from starostwo.records.rules.plan import (
    Diff,
    Fault,
    Mode,
    PlanRow,
    Severity,
    clean_category,
    diff,
    forbidden_changes,
    is_category,
    validate,
)
from starostwo.records.services.plan import CannotImportPlan, import_plan
from starostwo.records.testing import NOW, make_case, make_plan

MESSY = (Path(__file__).parent / "data" / "plan-with-faults.csv").read_bytes()
SOUND = [
    PlanRow("1", "Sprawy kadrowe"),
    PlanRow("10", "Regulacje", "A"),
    PlanRow("11", "Zatrudnienie"),
    PlanRow("110", "Obsługa zatrudnienia", "B5"),
    PlanRow("111", "Nagrody", "BE10"),
]


def texts(faults: list[Fault], severity: Severity) -> list[tuple[str, str]]:
    return [(fault.symbol, fault.text) for fault in faults if fault.severity is severity]


@pytest.mark.law("rozp. MKiDN 20.10.2015 zał. 2")
@pytest.mark.parametrize(
    ("category", "known", "why"),
    [
        ("A", True, "material of the archive"),
        ("B5", True, "five years"),
        ("BE10", True, "ten years, then an expert's look"),
        ("Bc", True, "secondary"),
        ("B*", True, "settled elsewhere"),
        ("B", False, "no years"),
        ("B0", False, "no years"),
        ("b5", False, "small letter"),
        ("A5", False, "A has no years"),
        ("", False, "nothing"),
    ],
)
def test_categories(category: str, known: bool, why: str) -> None:
    assert is_category(category) is known, why


def test_footnote_marks_are_cleaned_from_categories() -> None:
    assert [clean_category(one) for one in ("B *)", "B 10", "A")] == ["B*", "B10", "A"]


@pytest.mark.law("rozp. MKiDN 20.10.2015 zał. 2")
@pytest.mark.parametrize(
    ("row", "severity", "words"),
    [
        (PlanRow("12A", "x", "A"), Severity.ERROR, "symbol klasy"),
        (PlanRow("12345678901", "x", "A"), Severity.ERROR, "symbol klasy"),
        (PlanRow("130", "x", "A"), Severity.ERROR, "brak klasy nadrzędnej 13"),
        (PlanRow("12", " ", "A"), Severity.ERROR, "brak hasła"),
        (PlanRow("12", "x", "C"), Severity.ERROR, "nieznana kategoria"),
        (PlanRow("1", "x", "A"), Severity.ERROR, "kategorię ma tylko klasa końcowa"),
        (PlanRow("10", "x", "A"), Severity.ERROR, "symbol powtórzony"),
        (PlanRow("12", "x"), Severity.WARNING, "klasa końcowa bez kategorii"),
        (PlanRow("100", "x", "A"), Severity.WARNING, "jedyna podklasa klasy 10"),
        (PlanRow("12", "Zbiory akt AKTY NORMATYWNE", "A"), Severity.WARNING, "sklejone"),
    ],
)
def test_validator(row: PlanRow, severity: Severity, words: str) -> None:
    found = validate([*SOUND, row])
    assert any(words in fault.text and fault.severity is severity for fault in found), found
    assert validate(SOUND) == []


@pytest.mark.law("rozp. MKiDN 20.10.2015 zał. 2")
def test_ranks_one_and_two_of_classes_0_to_3_are_reserved() -> None:
    reserved = {"1", "10", "11"}
    assert validate(SOUND, reserved=reserved) == []
    found = validate(
        [*SOUND, PlanRow("12", "Nowa", "A"), PlanRow("112", "Głębiej wolno", "A")], reserved=reserved
    )
    assert texts(found, Severity.ERROR) == [("12", "rzędy I-II klas 0-3 są zastrzeżone")]


def test_difference_of_two_editions_and_what_it_may_not_touch() -> None:
    newer = [
        *SOUND[:4],
        PlanRow("111", "Nagrody i kary", "BE10"),
        PlanRow("1100", "Umowy", "B10"),
        PlanRow("12", "Bhp", "B5"),
    ]
    change = diff(SOUND, newer)
    assert change == Diff(added=("1100", "12"), removed=(), changed=("111",))
    assert forbidden_changes(change, used={"110", "111", "10"}) == ["110", "111"]
    assert forbidden_changes(diff(SOUND, SOUND[:4]), used={"111"}) == ["111"]
    assert forbidden_changes(change, used=set()) == []


@given(st.lists(st.builds(PlanRow, st.from_regex(r"[0-9]{1,4}", fullmatch=True), st.just("x")), max_size=15))
def test_a_plan_never_differs_from_itself(rows: list[PlanRow]) -> None:
    assert diff(rows, rows) == Diff((), (), ())


def test_a_messy_file_is_read_with_a_report() -> None:
    report = read_plan(MESSY)
    rows = {row.symbol: row for row in report.rows}
    assert rows["0001"].title == "Organizacja i podstawy działania rady powiatu"
    assert rows["0001"].remarks == "w tym regulaminy"
    assert (rows["0101"].title, rows["0101"].category) == (
        "Pełnomocnictwa i upoważnienia i wzory podpisów",
        "B10",
    )
    assert rows["0105"].category == "B*"
    assert (rows["5410"].mode, rows["5411"].mode, rows["6620"].mode) == (Mode.DOMAIN, Mode.PAPER, Mode.EZD)
    assert texts(report.errors, Severity.ERROR) == [
        ("541", "brak klasy nadrzędnej 54"),
        ("66", "brak klasy nadrzędnej 6"),
        ("6620", "brak klasy nadrzędnej 662"),
        ("6621", "brak klasy nadrzędnej 662"),
        ("6621", "brak klasy nadrzędnej 662"),
        ("6621", "symbol powtórzony"),
        ("67A", "symbol klasy to od jednej do dziesięciu cyfr"),
        ("0103", "brak hasła klasyfikacyjnego"),
        ("0104", "nieznana kategoria archiwalna X9"),
    ]
    warned = {symbol for symbol, _ in texts(report.faults, Severity.WARNING)}
    assert {"0101", "0102", "0106"} <= warned


def sheet(rows: list[tuple[object, ...]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_sheet_and_an_old_windows_file_are_read_too() -> None:
    content = sheet(
        [("symbol", "hasło"), (5.0, "Komunikacja"), ("54", "Drogi", "A"), ("55", "Żegluga", "B5")]
    )
    assert [(row.symbol, row.title) for row in read_plan(content).rows] == [
        ("5", "Komunikacja"),
        ("54", "Drogi"),
        ("55", "Żegluga"),
    ]
    old = "5;Łączność;;\r\n54;Żegluga;A;\r\n55;Ćwiczenia;B5;\r\n".encode("cp1250")
    assert [row.title for row in read_plan(old).rows] == ["Łączność", "Żegluga", "Ćwiczenia"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"\x00\x01\x02", b"tytul,inny\n"])
def test_what_is_no_plan(content: bytes) -> None:
    with pytest.raises(NotAPlan):
        read_plan(content)


@pytest.mark.django_db
@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 11")
def test_a_new_edition_takes_over_from_its_day() -> None:
    make_plan()
    edition = import_plan(
        SOUND, actor=None, name="2027", source="uchwała", valid_from=date(2027, 1, 1), now=NOW
    )
    assert PlanEdition.objects.get(name="wykaz do testów").valid_to == date(2027, 1, 1)
    finals = PlanClass.objects.filter(edition=edition, is_final=True).order_by("symbol")
    assert [one.symbol for one in finals] == ["10", "110", "111"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "valid_from", "words"),
    [
        (SOUND, date(2026, 7, 1), "6621"),
        (SOUND, date(2019, 1, 1), "później"),
        ([*SOUND, PlanRow("12", "", "A")], date(2027, 1, 1), "błędy"),
    ],
)
def test_a_refused_plan_changes_nothing(rows: list[PlanRow], valid_from: date, words: str) -> None:
    make_case()
    with pytest.raises(CannotImportPlan, match=words):
        import_plan(rows, actor=None, name="x", source="x", valid_from=valid_from, now=NOW)
    assert PlanEdition.objects.count() == 1
    assert PlanEdition.objects.get().valid_to is None


@pytest.mark.django_db
def test_only_who_keeps_the_plan_imports_it() -> None:
    with pytest.raises(CannotImportPlan):
        import_plan(
            SOUND,
            actor=office.actor(office.anna()),
            name="x",
            source="x",
            valid_from=date(2026, 1, 1),
            now=NOW,
        )
    assert not PlanEdition.objects.exists()


@pytest.mark.django_db
def test_the_screen_reports_first_and_imports_only_when_asked() -> None:
    make_plan()
    keeper = office.make_staff("k.k", "Kamil Kot", unit="OR", rights=(Right.EDIT_PLAN,))
    client, address = office.client_of(keeper), reverse("records:plan_upload")
    form = {"name": "wydanie 2027", "source": "rozporządzenie", "valid_from": "01.01.2027"}

    def send(content: bytes, **more: str) -> str:
        file = SimpleUploadedFile("wykaz.csv", content)
        return client.post(address, {**form, **more, "file": file}, follow=True).content.decode()

    assert "brak klasy nadrzędnej 662" in send(MESSY)
    sound = "\n".join(f"{row.symbol},{row.title},{row.category}" for row in SOUND).encode()
    assert "nowych 5" in send(sound, only_check="on")
    assert PlanEdition.objects.count() == 1
    assert "wydanie 2027" in send(sound)
    assert PlanEdition.objects.count() == 2
    assert office.client_of(office.anna()).get(address).status_code == 404


@pytest.mark.django_db
def test_the_plan_of_a_demonstration_is_marked() -> None:
    make_plan()
    shown = (
        office.client_of(office.anna())
        .get(reverse("records:file_plan"), {"szukaj": "ewidencji"})
        .content.decode()
    )
    assert "wykaz demonstracyjny" in shown
    assert "6621" in shown
    assert "5410" not in shown


@pytest.mark.django_db
@pytest.mark.law("rozp. PRM 18.01.2011 par. 8")
@pytest.mark.parametrize(
    ("symbol", "mode"), [("6621", "EZD"), ("5430", "tradycyjnie (papier)"), ("5410", "system dziedzinowy")]
)
def test_each_class_says_how_it_is_kept(symbol: str, mode: str) -> None:
    make_plan()
    client = office.client_of(office.anna())

    shown = client.get(reverse("records:file_plan"), {"szukaj": symbol}).content.decode()

    assert f"<td>{mode}</td>" in shown
    if mode != "system dziedzinowy":
        case = make_case(class_symbol=symbol)
        assert mode in client.get(reverse("records:case", args=[case.mark])).content.decode()
