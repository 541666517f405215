"""The staff entrance: what waits for whom, search within rights, the state of the installation."""

from collections.abc import Callable

import pytest
from django.test import Client

from starostwo.channels.models import Mail
from starostwo.office import testing as office
from starostwo.records import testing as records
from tests.bulletin.makers import RIGHTS, a_draft, submitted


@pytest.fixture
def anna(db: None) -> Client:
    office.make_office()
    return office.client_of(office.anna())


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_case_worker_sees_her_cases_and_nobody_elses(anna: Client) -> None:
    mine = records.make_case(title="Dzierżawa działki 17")
    darek = office.make_staff("d.wrobel", "Dariusz Wróbel", unit="GN")
    records.make_case(title="Budowa wiaty", letter=records.make_assigned(to=darek), by=darek)

    page = page_of(anna, "/urzad/")

    assert mine.mark in page
    assert "Budowa wiaty" not in page


def test_nothing_waits(anna: Client) -> None:
    assert "Nic na Ciebie nie czeka" in page_of(anna, "/urzad/")


def test_queries_of_the_first_page(anna: Client, django_assert_num_queries: Callable[[int], object]) -> None:
    records.make_case()
    page_of(anna, "/urzad/")

    with django_assert_num_queries(11):  # type: ignore[attr-defined]
        page_of(anna, "/urzad/")


def test_an_editor_sees_what_others_wrote_and_he_may_approve(anna: Client) -> None:
    version = submitted(a_draft())

    writer, other = (
        office.client_of(office.make_staff(login, name, unit="OR", rights=RIGHTS))
        for login, name in (("p.cis", "Paulina Cis"), ("w.kania", "Wanda Kania"))
    )
    assert version.title in page_of(other, "/urzad/")
    assert version.title not in page_of(writer, "/urzad/")
    assert version.title not in page_of(anna, "/urzad/")


def test_search_finds_by_inflected_words_without_diacritics(anna: Client) -> None:
    records.make_case(title="Dzierżawa działek rolnych w Głownie")

    for words in ("dzialka rolna", "dzierżawy", "glowno"):
        assert "Dzierżawa działek rolnych" in page_of(anna, f"/urzad/szukaj/?q={words}"), words


def test_search_does_not_tell_strangers_that_it_exists(anna: Client) -> None:
    records.make_case(title="Dzierżawa działek rolnych")

    page = page_of(office.client_of(office.jan()), "/urzad/szukaj/?q=dzierżawa")

    assert "Nie znaleziono niczego" in page
    assert "Dzierżawa działek" not in page
    assert office.client_of(office.maria()).get("/urzad/szukaj/?q=dzierżawa").status_code == 404


def test_a_facet_narrows_and_lets_go(anna: Client) -> None:
    records.make_case(title="Dzierżawa działek rolnych")

    page = page_of(anna, "/urzad/szukaj/?q=dzierżawa&unit=GN")

    assert "usuń" in page
    assert "Nie znaleziono" in page_of(anna, "/urzad/szukaj/?q=dzierżawa&unit=AB")


@pytest.mark.parametrize(
    ("facet", "label", "shown", "value", "other"),
    [
        ("unit", "Komórka", "GN", "GN", "AB"),
        ("class", "Klasa", "6621", "6621", "6620"),
        ("year", "Rok", "2026", "2026", "2025"),
        ("person", "Prowadzący", "Anna Nowak", None, "0"),
    ],
)
def test_results_are_narrowed_by_unit_class_year_and_person(
    anna: Client, facet: str, label: str, shown: str, value: str | None, other: str
) -> None:
    records.make_case(title="Dzierżawa działek rolnych")
    asked = f"/urzad/szukaj/?q=dzierżawa&{facet}="

    page = page_of(anna, "/urzad/szukaj/?q=dzierżawa")

    assert f">{label}</h2>" in page
    assert f">{shown}</a>" in page
    assert "Dzierżawa działek" in page_of(anna, asked + (value or str(office.anna().pk)))
    assert "Nie znaleziono" in page_of(anna, asked + other)


@pytest.mark.parametrize("cursor", ["zmyślony", ">abc"])
def test_a_made_up_page_mark_shows_the_first_page(anna: Client, cursor: str) -> None:
    records.make_case(title="Dzierżawa działek")

    assert "Dzierżawa działek" in page_of(anna, f"/urzad/szukaj/?q=dzierżawa&cursor={cursor}")


def test_the_administrator_sees_what_is_off_and_sends_again(anna: Client) -> None:
    admin = office.client_of(office.admin())
    failed = Mail.objects.create(
        to="a@example.pl", subject="s", body="b", state="FAILED", last_error="odmowa"
    )

    page = page_of(admin, "/urzad/administracja/stan/")
    admin.post(f"/urzad/administracja/poczta/{failed.pk}/ponowienie/")

    assert "nie sprawdzono" in page
    assert "odmowa" in page
    failed.refresh_from_db()
    assert failed.state == "WAITING"


@pytest.mark.parametrize(
    "address", ["/urzad/administracja/stan/", "/urzad/administracja/poczta/1/ponowienie/"]
)
def test_only_the_administrator(anna: Client, address: str) -> None:
    method = anna.post if "poczta" in address else anna.get

    assert method(address).status_code == 404
