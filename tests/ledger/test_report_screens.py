"""Screens of reports: who sees them, queries, from the cell to the voucher, approval, files, collection."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from starostwo.ledger import testing as ledger
from starostwo.ledger.models import FiscalYear, Report, ReportTemplate, ReportUnit
from starostwo.ledger.queries.reports import forms
from starostwo.ledger.rules.reports_files import read_file
from starostwo.ledger.rules.vouchers import Entry
from starostwo.office import testing as office
from starostwo.office.api import Right

AT = "/urzad/sprawozdania/"
EMPTY = Path(__file__).with_name("data") / "bestia_rb28s_pusty.xml"
pytestmark = pytest.mark.django_db
OF_BOOKS = [form for form in forms() if form.book_kinds]
Counting = Callable[..., Any]


@pytest.fixture
def year() -> FiscalYear:
    office.make_office()
    found = ledger.make_year()
    ledger.plan(found, amount=1000_00)
    return found


def spend(year: FiscalYear, amount: int = 400_00, *, planned: int = 1000_00) -> None:
    place = ledger.spending().pk
    off = [Entry(ledger.account(year, "998"), credit=amount, classification=place)]
    if planned:
        off.append(Entry(ledger.account(year, "980"), debit=planned, classification=place))
    paid = [
        Entry(ledger.account(year, "402"), debit=amount),
        Entry(ledger.account(year, "130-2"), credit=amount, classification=place),
    ]
    ledger.posted(year, ledger.voucher(off), ledger.voucher(paid, document="records.document:5"))


def client(login: str) -> Client:
    return office.client_of(office.Account.objects.get(login=login))


@pytest.fixture
def chief(year: FiscalYear) -> Client:
    ledger.chief()
    return client("h.bilans")


@pytest.fixture
def treasurer(year: FiscalYear) -> Client:
    ledger.treasurer()
    return client("w.skarb")


SCREENS = [
    ("okres", "?rok=2026&miesiac=11", 7),
    ("zatwierdzone", "zatwierdzone/", 6),
    ("Rb-28S", "{year}/rb-28s/11/", 20),
    ("komórka", "{year}/rb-28s/11/750.75020.4300/WW/", 9),
]


@pytest.mark.parametrize(("what", "address", "queries"), SCREENS, ids=[what for what, *_ in SCREENS])
def test_a_screen_takes_the_same_queries_for_one_voucher_and_for_many(
    year: FiscalYear,
    chief: Client,
    django_assert_num_queries: Counting,
    what: str,
    address: str,
    queries: int,
) -> None:
    at = AT + address.format(year=year.pk)
    spend(year)
    with django_assert_num_queries(queries):
        assert chief.get(at).status_code == 200
    for _ in range(3):
        spend(year, 10_00, planned=0)
    with django_assert_num_queries(queries):
        assert chief.get(at).status_code == 200


@pytest.mark.parametrize("form", OF_BOOKS, ids=[form.code for form in OF_BOOKS])
def test_each_form_opens_and_says_what_it_lacks(chief: Client, year: FiscalYear, form) -> None:  # type: ignore[no-untyped-def]
    spend(year)
    book = year if "UNIT" in form.book_kinds else ledger.make_year("POWIAT", kind="BUDGET")
    page = chief.get(f"{AT}{book.pk}/{form.slug}/{form.months[-1]}/")

    assert page.status_code == 200
    assert "z pamięci, niesprawdzone" in page.content.decode()
    assert form.left_out[0][:30] in page.content.decode()


@pytest.mark.law("u.o.r. art. 24 ust. 4")
def test_from_the_cell_to_the_voucher(chief: Client, year: FiscalYear) -> None:
    spend(year)
    report = chief.get(f"{AT}{year.pk}/rb-28s/11/").content.decode()
    at = f"{AT}{year.pk}/rb-28s/11/750.75020.4300/WW/"
    assert f'href="{at}"' in report
    entries = chief.get(at).content.decode()
    assert "PK/2" in entries
    assert "PK/1" not in entries
    voucher = entries.split('href="/urzad/ksiegi/dowody/')[1].split('"')[0]
    assert 'href="/urzad/dokumenty/5/"' in chief.get(f"/urzad/ksiegi/dowody/{voucher}").content.decode()


def test_who_does_not_keep_the_books_sees_nothing(year: FiscalYear, chief: Client) -> None:
    spend(year)
    chief.post(f"{AT}{year.pk}/rb-28s/11/", {"remark": ""})
    report = Report.objects.get()
    office.make_staff("o.obca", "Olga Obca", unit="OS", rights=[Right.KEEP_BOOKS])
    stranger = client("o.obca")

    for address in (f"{year.pk}/rb-28s/11/", f"{year.pk}/rb-28s/11/a/WW/", f"zatwierdzone/{report.pk}/",
                    f"zatwierdzone/{report.pk}/pliki/pdf/"):  # fmt: skip
        assert stranger.get(AT + address).status_code == 404
    assert "Rb-28S" not in stranger.get(f"{AT}zatwierdzone/").content.decode()
    assert chief.get(f"{AT}przyslane/").status_code == 404
    assert chief.post(f"{AT}laczne/rb-28s/2026/11/").status_code == 404


def test_warnings_want_a_remark_and_what_was_typed_stays(chief: Client, year: FiscalYear) -> None:
    spend(year, planned=5_00)
    refused = chief.post(f"{AT}{year.pk}/rb-28s/11/", {"remark": "  "})
    assert refused.status_code == 422
    assert "Plan różni się od obrotów konta 980" in refused.content.decode()
    assert Report.objects.count() == 0

    chief.post(f"{AT}{year.pk}/rb-28s/11/", {"remark": "Plan przeniesiono z programu poprzedniego."})
    report = Report.objects.get()
    assert "Plan przeniesiono" in chief.get(f"{AT}zatwierdzone/{report.pk}/").content.decode()
    again = chief.post(f"{AT}{year.pk}/rb-28s/11/", {"remark": "drugi raz"})
    assert "Nie ma czego korygować" in again.content.decode()
    assert "drugi raz" in again.content.decode()


def test_an_approved_report_is_saved_as_pdf_xlsx_xml_and_for_bestia(chief: Client, year: FiscalYear) -> None:
    spend(year)
    chief.post(f"{AT}{year.pk}/rb-28s/11/", {"remark": ""})
    report = Report.objects.get()
    files = f"{AT}zatwierdzone/{report.pk}/pliki/"
    assert chief.get(f"{files}bestia/").status_code == 404
    at = f"{AT}{year.pk}/rb-28s/11/szablon/"
    chief.post(at, {"file": SimpleUploadedFile("zle.xml", b"<a/>")})
    assert ReportTemplate.objects.count() == 0
    chief.post(at, {"file": SimpleUploadedFile("pusty.xml", EMPTY.read_bytes())})

    pdf = PdfReader(BytesIO(chief.get(f"{files}pdf/").content))
    text = "".join(page.extract_text() for page in pdf.pages)
    sheet = load_workbook(BytesIO(chief.get(f"{files}xlsx/").content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert report.hash in text.replace("\n", "")
    assert 400 in cells
    for kind in ("xml", "bestia"):
        [read] = read_file(chief.get(f"{files}{kind}/").content, forms())
        assert read.rows[0].cells == {"PL": 1000_00, "ZA": 400_00, "WW": 400_00}
    assert chief.get(f"{files}doc/").status_code == 404


def test_reports_of_units_are_collected_on_the_screen(treasurer: Client, year: FiscalYear) -> None:
    spend(year)
    for _ in range(2):
        treasurer.post(f"{AT}jednostki/", {"name": "Zarząd Dróg", "regon": "100000001", "kind": "UNIT"})
    unit = ReportUnit.objects.get()
    wrong = SimpleUploadedFile("a.xml", EMPTY.read_bytes())
    unknown = treasurer.post(f"{AT}przyslane/", {"file": wrong, "remark": "uwaga"})
    assert "Nie ma jednostki z REGON 472057715" in unknown.content.decode()
    assert "uwaga" in unknown.content.decode()
    sent = EMPTY.read_bytes().replace(b"472057715", b"100000001")
    treasurer.post(f"{AT}przyslane/", {"file": SimpleUploadedFile("a.xml", sent)})
    at = f"{AT}laczne/rb-28s/2026/11/"
    missing = treasurer.post(at, {"remark": ""})
    assert "Brakuje sprawozdań: Starostwo Powiatowe" in missing.content.decode()
    treasurer.post(f"{AT}{year.pk}/rb-28s/11/", {"remark": ""})
    treasurer.post(at, {"remark": ""})

    assert Report.objects.filter(origin="JOINT").count() == 1
    overview = treasurer.get(f"{AT}?rok=2026&miesiac=11").content.decode()
    assert overview.count("zatwierdzone nr 0") == 3
    treasurer.post(f"{AT}jednostki/{unit.pk}/koniec/")
    assert treasurer.post(f"{AT}jednostki/{unit.pk}/koniec/").status_code == 404
