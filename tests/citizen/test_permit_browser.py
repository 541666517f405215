"""A building permit is applied for by keyboard alone and without JavaScript, from its card to the receipt."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from starostwo.files.testing import pdf
from starostwo.intake.models import Submission
from starostwo.office import testing as office
from starostwo.screens import testing
from tests.citizen.test_people_browser import sign_in
from tests.citizen.test_people_browser import site as site
from tests.keyboard import choose, give, press, tick, write

pytestmark = pytest.mark.journey
ON, CHECK = "Zapisz i przejdź dalej", "Dalej: sprawdź odpowiedzi"
PAPERS = {
    "Projekt zagospodarowania": "pzt.pdf",
    "Projekt architektoniczno-budowlany": "pab.pdf",
    "Decyzja o warunkach zabudowy": "wz.pdf",
}


@pytest.fixture
def browser() -> Iterator[Browser]:
    with testing.chromium() as browser:
        yield browser


def test_a_building_permit_by_keyboard_alone_without_javascript(site: str, browser: Browser) -> None:
    with testing.page_of(browser, site, width=360, javascript=False) as (page, faults):
        sign_in(page, office.piotr(), site)
        page.goto("/uslugi/pozwolenie-na-budowe/")
        press(page, "Złóż przez Internet")
        press(page, "Zacznij")
        what_is_built(page)
        where_it_stands(page)
        who_designed_and_asks(page)
        press(page, "Składam sam(a), dalej")
        for name, file in PAPERS.items():
            give(page, name, {"name": file, "mimeType": "application/pdf", "buffer": pdf()})
        press(page, CHECK)
        assert "Budowa domu" in page.locator("main").inner_text()
        assert all(file in page.locator("main").inner_text() for file in PAPERS.values())
        press(page, "Przygotuj dokument do podpisu")
        press(page, "Podpisz (TEST)")
        press(page, "Wyślij do urzędu")

        expect(page.get_by_role("heading", level=1)).to_contain_text("Urząd odebrał")
        assert testing.sideways(page) == 0
        assert faults.all() == []
    assert Submission.objects.get().sender_name == "Piotr Wrona"


def what_is_built(page: Page) -> None:
    write(page, "Nazwa zamierzenia", "Budowa domu")
    choose(page, "wybudować", "wybudować")
    choose(page, "dom jednorodzinny", "dom jednorodzinny")
    write(page, "Powierzchnia zabudowy", "142,5")
    press(page, ON)


def where_it_stands(page: Page) -> None:
    """A second plot is added; a question that hangs on an answer comes after it."""
    write(page, "Gmina", "Zgierz")
    write(page, "Obręb", "Dąbrówka Wielka")
    write(page, "Numer działki", "112/4")
    press(page, "Dodaj")
    expect(page.get_by_label("Numer działki")).to_have_count(2)
    press(page, "Usuń")
    expect(page.get_by_label("Numer działki")).to_have_count(1)
    choose(page, "tak", "nie, jest decyzja")
    press(page, ON)
    write(page, "Numer i data decyzji", "RI.6730.14.2026 z 12.05.2026")
    press(page, ON)
    choose(page, "własność", "własność")
    tick(page, "Oświadczam pod odpowiedzialnością karną")
    press(page, ON)


def who_designed_and_asks(page: Page) -> None:
    """Somebody forgets a street and is led to it."""
    write(page, "Imię i nazwisko", "Adam Sosna")
    write(page, "Specjalność", "architektoniczna")
    write(page, "Numer uprawnień", "LOIA/12/2011")
    press(page, ON)
    choose(page, "we własnym", "we własnym")
    write(page, "Ulica, numer domu", " ")
    press(page, ON)
    press(page, "Wpisz ulicę i numer domu")
    page.keyboard.type("ul. Prosta 1")
    write(page, "Kod pocztowy", "95-100")
    write(page, "Miejscowość", "Zgierz")
    press(page, ON)
    choose(page, "elektronicznie, na konto", "elektronicznie, na konto")
    tick(page, "Oświadczam, że dane")
    press(page, ON)
