"""The registers as screen, PDF and sheet: statutory columns, any rank, within rights."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from starostwo.office import testing as office
from starostwo.records.queries.registers import case_rows, incoming_rows
from starostwo.records.services import cases
from starostwo.records.testing import TODAY, at, make_assigned, make_case, make_letter

pytestmark = pytest.mark.django_db
INCOMING_QUERIES, LIST_QUERIES = 6, 9


@pytest.mark.law("rozp. PRM 18.01.2011 par. 42")
def test_the_register_has_its_statutory_columns() -> None:
    make_letter(
        letter_date="2026-03",
        sender_reference="XI/5",
        attachments=2,
        fully_copied=False,
        not_copied_reason="A0",
    )
    make_assigned("Drugie")
    rows = list(incoming_rows(office.actor(office.clerk()), since=TODAY, until=TODAY))
    assert [tuple(vars(row).values()) for row in rows] == [
        (
            "RPW/1/2026",
            TODAY,
            "Wniosek o wypis z rejestru gruntów",
            "Wrona Piotr, Zgierz",
            "2026-03",
            "XI/5",
            "GN",
            2,
            "poczta (papier); nie w pełni odwzorowane",
        ),
        (
            "RPW/2/2026",
            TODAY,
            "Drugie",
            "Wrona Piotr, Zgierz",
            "",
            "",
            "Anna Nowak (GN)",
            0,
            "poczta (papier)",
        ),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_screen_of_the_register_takes_the_same_queries(
    count: int, django_assert_num_queries: object
) -> None:
    for _ in range(count):
        make_letter()
    client = office.client_of(office.clerk())
    client.get(reverse("records:incoming_register"))
    with django_assert_num_queries(INCOMING_QUERIES):  # type: ignore[operator]
        shown = client.get(reverse("records:incoming_register")).content.decode()
    assert shown.count("<tr data-row>") == count


def test_the_register_is_printed_and_exported_for_a_period() -> None:
    make_letter("=cmd|' /C calc'!A0", on=date(2026, 3, 1))
    make_letter("W okresie", on=date(2026, 3, 10))
    make_letter("Po okresie", on=date(2026, 3, 11))
    client, period = office.client_of(office.clerk()), {"od": "01.03.2026", "do": "10.03.2026"}
    pdf = client.get(reverse("records:incoming_print", args=["pdf"]), period)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages)
    assert "Rejestr przesyłek wpływających" in text
    assert "W okresie" in text
    assert "Wydrukowano" in text
    assert "Po okresie" not in text
    xlsx = client.get(reverse("records:incoming_print", args=["xlsx"]), period)
    sheet = load_workbook(BytesIO(xlsx.content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    (formula,) = [cell for cell in cells if str(cell.value).startswith("=cmd")]
    assert formula.data_type == "s", "text stays text"


@pytest.mark.law("rozp. PRM 18.01.2011 par. 52")
def test_a_list_of_cases_has_its_columns_and_takes_any_rank() -> None:
    first = make_case(letter=make_assigned(sender_reference="XI/5", letter_date="2026-03-01"))
    group = cases.open_subgroup(
        actor=office.actor(office.anna(), today=TODAY),
        unit="GN",
        class_symbol="6621",
        title="Komornicy",
        today=TODAY,
        now=at(TODAY),
    )
    inside = make_case("Komornik", subgroup=group.number)
    other = make_case("Wznowienie", class_symbol="6620")
    cases.close_case(
        first.pk,
        actor=office.actor(office.anna(), today=TODAY),
        outcome="wydano",
        today=TODAY,
        now=at(TODAY, 12),
    )
    rows = case_rows(office.actor(office.ewa(), today=TODAY), unit="GN", klass="66", year=2026)
    assert [row.mark for row in rows] == [other.mark, first.mark, "GN.6621.2", inside.mark]
    assert (
        rows[1].sender,
        rows[1].sender_reference,
        rows[1].letter_date,
        rows[1].remarks,
        rows[1].closed_on,
    ) == (
        "Wrona Piotr",
        "XI/5",
        "2026-03-01",
        "wydano",
        TODAY,
    )
    assert rows[2].title == "podgrupa: Komornicy"
    assert case_rows(office.actor(office.jan(), today=TODAY), unit="", klass="66", year=2026) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_screen_of_a_list_takes_the_same_queries(count: int, django_assert_num_queries: object) -> None:
    for place in range(count):
        make_case(f"Sprawa {place}")
    client, wanted = office.client_of(office.anna()), {"klasa": "6621", "rok": "2026", "komorka": ""}
    client.get(reverse("records:case_list"), wanted)
    with django_assert_num_queries(LIST_QUERIES):  # type: ignore[operator]
        shown = client.get(reverse("records:case_list"), wanted).content.decode()
    assert shown.count("<tr data-row>") == count


def test_a_list_of_cases_is_printed_and_exported() -> None:
    case = make_case()
    client, wanted = office.client_of(office.anna()), {"klasa": "662", "rok": "2026", "komorka": "GN"}
    pdf = client.get(reverse("records:case_list_print", args=["pdf"]), wanted)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages)
    assert case.mark in text
    assert "Stan na dzień" in text
    xlsx = client.get(reverse("records:case_list_print", args=["xlsx"]), wanted)
    sheet = load_workbook(BytesIO(xlsx.content)).active
    assert sheet is not None
    assert case.mark in [cell.value for row in sheet.iter_rows() for cell in row]
    assert client.get(reverse("records:case_list_print", args=["pdf"]), {"klasa": "x"}).status_code == 404


@pytest.mark.parametrize("who", ["anna", "jan", "ewa", "admin"])
def test_the_register_of_the_whole_office_is_for_the_mail_desk_and_the_watchers(who: str) -> None:
    make_letter()
    client = office.client_of(getattr(office, who)())
    for address in (
        reverse("records:incoming_register"),
        reverse("records:incoming_print", args=["pdf"]),
        reverse("records:incoming_print", args=["xlsx"]),
    ):
        assert client.get(address).status_code == 404
