"""Screens of the consolidated balance sheet: typed or read, excluded, approved, opened, saved."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from starostwo.ledger import testing as ledger
from starostwo.ledger.models import BalanceExclusion, Report, ReportUnit
from starostwo.office import testing as office

AT = "/urzad/sprawozdania/"
WHOLE = f"{AT}skonsolidowany/2026/"
TYPED = {"A_II-koniec": "900,00", "B_II-koniec": "60", "P_A_I-koniec": "980,00", "P_A_V-koniec": "-20,00"}
CLAIM = {
    "kind": "CLAIMS", "column": "koniec", "assets": "B.II.1", "sources": "P.D.II.1", "amount": "5,00",
    "parties": "szpital i spółka", "reason": "FV 7/2026",
}  # fmt: skip
SHEET = "wiersz;poczatek;koniec\nB.II;0;60,00\nP.B.III.1;0;60,00\n"
pytestmark = pytest.mark.django_db
Counting = Callable[..., Any]


@pytest.fixture
def treasurer() -> Client:
    office.make_office()
    ledger.treasurer()
    return office.client_of(office.Account.objects.get(login="w.skarb"))


def add(client: Client, name: str, regon: str, kind: str) -> ReportUnit:
    client.post(f"{AT}jednostki/", {"name": name, "regon": regon, "kind": kind})
    return ReportUnit.objects.get(regon=regon)


def send_all(client: Client) -> None:
    """A unit, a budget kept elsewhere, a hospital and a company: each typed or read from a sheet."""
    unit = add(client, "Zarząd Dróg", "100000001", "UNIT")
    budget = add(client, "Budżet powiatu", "100000002", "BUDGET")
    hospital = add(client, "Szpital Powiatowy", "100000003", "HOSPITAL")
    company = add(client, "Ciepło sp. z o.o.", "100000004", "COMPANY")
    client.post(f"{AT}jednostki/{unit.pk}/bilans/2026/", {"A_I-koniec": "1,00", "P_A_I-koniec": "1,00"})
    client.post(f"{AT}jednostki/{budget.pk}/bilans-wb/2026/", {"A_I_1-koniec": "2", "P_II_5-koniec": "2"})
    client.post(f"{AT}jednostki/{hospital.pk}/bilans-op/2026/", TYPED)
    at = f"{AT}jednostki/{company.pk}/bilans-op/2026/"
    sheet = SimpleUploadedFile("bilans.csv", SHEET.encode())
    read = client.post(at, {"file": sheet, "wczytaj": "1"}).content.decode()
    assert read.count('value="60,00"') == 2
    client.post(at, {"B_II-koniec": "60,00", "P_B_III_1-koniec": "60,00"})
    client.post(f"{AT}laczne/bilans/2026/12/", {"remark": ""})


def test_from_what_is_typed_to_the_approved_balance_sheet_and_its_parts(treasurer: Client) -> None:
    missing = treasurer.post(WHOLE, {"remark": "kiedyś"})
    assert missing.status_code == 422
    assert "Brakuje bilansów: Jednostki budżetowe, bilans łączny" in missing.content.decode()
    assert "kiedyś" in missing.content.decode()
    send_all(treasurer)
    treasurer.post(f"{WHOLE}wylaczenia/", CLAIM)
    before = treasurer.get(WHOLE).content.decode()
    assert "szpital i spółka: FV 7/2026" in before
    assert "z pamięci, niesprawdzone" in before
    treasurer.post(WHOLE, {"remark": ""})

    report = Report.objects.get(form="Bilans-SK")
    page = treasurer.get(f"{AT}zatwierdzone/{report.pk}/").content.decode()
    assert "szpital i spółka: FV 7/2026" in page
    assert "powiat (skonsolidowane)" in page
    at = f"{AT}zatwierdzone/{report.pk}/skladniki/B.II/"
    assert f'href="{at}"' in page
    parts = treasurer.get(at).content.decode()
    assert ("Szpital Powiatowy, Bilans-OP" in parts, "Ciepło sp. z o.o., Bilans-OP" in parts) == (True, True)
    assert "FV 7/2026" in parts
    assert "koniec roku 115,00" in parts.replace("\u00a0", " ")
    assert treasurer.get(f"{AT}zatwierdzone/{report.pk}/skladniki/X/").status_code == 404
    overview = treasurer.get(f"{AT}?rok=2026&miesiac=12").content.decode()
    assert f'href="{WHOLE}"' in overview


def test_it_is_saved_as_pdf_xlsx_and_xml_with_its_exclusions(treasurer: Client) -> None:
    send_all(treasurer)
    treasurer.post(f"{WHOLE}wylaczenia/", CLAIM)
    treasurer.post(WHOLE, {"remark": ""})
    report = Report.objects.get(form="Bilans-SK")
    files = f"{AT}zatwierdzone/{report.pk}/pliki/"

    pdf = PdfReader(BytesIO(treasurer.get(f"{files}pdf/").content))
    assert "FV 7/2026" in "".join(page.extract_text() for page in pdf.pages)
    sheet = load_workbook(BytesIO(treasurer.get(f"{files}xlsx/").content)).active
    assert sheet is not None
    assert list(sheet.iter_rows(values_only=True))[-1] == (
        "Wyłączenie B.II.1 i P.D.II.1: szpital i spółka; FV 7/2026; Wanda Skarb", None, 5,
    )  # fmt: skip
    assert b'klucz="P.D.II.1"' in treasurer.get(f"{files}xml/").content


def test_what_was_typed_stays_when_it_is_refused(treasurer: Client) -> None:
    hospital = add(treasurer, "Szpital Powiatowy", "100000003", "HOSPITAL")
    at = f"{AT}jednostki/{hospital.pk}/bilans-op/2026/"
    for wrong, said in (("900,01", "Aktywa nie równają się pasywom"), ("sto", "podaj kwotę")):
        refused = treasurer.post(at, TYPED | {"A_II-koniec": wrong})
        assert refused.status_code == 422
        assert said in refused.content.decode()
        assert f'value="{wrong}"' in refused.content.decode()
    sheet = treasurer.post(at, {"file": SimpleUploadedFile("a.csv", b"nic"), "wczytaj": "1"})
    assert (sheet.status_code, "nie ma nagłówka" in sheet.content.decode()) == (422, True)
    claim = treasurer.post(f"{WHOLE}wylaczenia/", CLAIM | {"kind": "SHARES"})
    assert claim.status_code == 422
    assert "Z aktywów przy tym rodzaju wyłącza się wiersze: A.II, A.IV" in claim.content.decode()
    assert "FV 7/2026" in claim.content.decode()
    assert (Report.objects.count(), BalanceExclusion.objects.count()) == (0, 0)


def test_an_exclusion_is_withdrawn_once_and_only_by_the_treasurer(treasurer: Client) -> None:
    treasurer.post(f"{WHOLE}wylaczenia/", CLAIM)
    at = f"{AT}wylaczenia/{BalanceExclusion.objects.get().pk}/koniec/"
    ledger.chief()
    chief = office.client_of(office.Account.objects.get(login="h.bilans"))
    for address in (WHOLE, f"{WHOLE}wylaczenia/"):
        assert (chief.get(address).status_code, chief.post(address, CLAIM).status_code) == (404, 404)
    assert chief.post(at).status_code == 404
    assert treasurer.post(at).status_code == 302
    assert treasurer.post(at).status_code == 404
    assert "FV 7/2026" not in treasurer.get(WHOLE).content.decode()
    for address in (f"{AT}skonsolidowany/0/", f"{AT}jednostki/0/bilans-op/2026/"):
        assert treasurer.get(address).status_code == 404


def test_the_screens_take_the_same_queries_for_many(
    treasurer: Client, django_assert_num_queries: Counting
) -> None:
    send_all(treasurer)
    treasurer.post(WHOLE, {"remark": ""})
    report = Report.objects.get(form="Bilans-SK")
    for _ in range(2):
        with django_assert_num_queries(13):
            treasurer.get(WHOLE)
        with django_assert_num_queries(7):
            treasurer.get(f"{AT}zatwierdzone/{report.pk}/skladniki/AKTYWA/")
        for number in range(3):
            more = add(treasurer, f"Spółka {number}", f"10000001{number}", "COMPANY")
            treasurer.post(f"{AT}jednostki/{more.pk}/bilans-op/2026/", TYPED)
        treasurer.post(f"{WHOLE}wylaczenia/", CLAIM)
        treasurer.post(WHOLE, {"remark": ""})
        report = Report.objects.filter(form="Bilans-SK").order_by("-id")[0]
