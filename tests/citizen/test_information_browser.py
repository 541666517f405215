"""A request for public information by keyboard alone and without JavaScript: six screens, no signature."""

import re
from collections.abc import Iterator
from datetime import date
from time import monotonic

import pytest
from django.conf import LazySettings
from django.conf import settings as plain_settings
from django.utils.timezone import now
from playwright.sync_api import Browser, Locator, Page, expect

from starostwo.office import testing as office
from starostwo.procedures import api as procedures
from starostwo.records.models import Letter
from starostwo.records.queries.proposals import proposed_course
from starostwo.records.rules.courses import Course
from starostwo.screens import testing
from starostwo.signatures import api as signatures
from starostwo.signatures.testing import build_keys

pytestmark = pytest.mark.journey
MOST_SCREENS, MOST_SECONDS, MOST_TABS = 6, 300, 60


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with testing.chromium() as browser:
        yield browser


@pytest.fixture
def site(
    committed_database: str, django_db_blocker: pytest.FixtureRequest, settings: LazySettings
) -> Iterator[str]:
    """The office with its services, and a server on a free port."""
    with django_db_blocker.unblock(), testing.serving() as address:  # type: ignore[attr-defined]
        settings.CSRF_TRUSTED_ORIGINS = [address]
        office.make_office()
        office.make_unit("ST", name="Starosta")
        office.make_unit("OR", name="Wydział Organizacyjny", parent="ST")
        procedures.load_forms(actor="system", now=now())
        procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=now())
        build_keys([signatures.demo_pki.DemoPerson(office.piotr().pk, "Piotr", "Wrona", pesel="")])
        yield address


class Hands:
    """Somebody who has a keyboard alone, and counts the screens."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.screens = 1

    def reach(self, wanted: Locator) -> None:
        """Press Tab until the element has the focus."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if wanted.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(f"the keyboard does not reach {wanted}")

    def tick(self, label: str) -> None:
        self.reach(self.page.get_by_label(label))
        self.page.keyboard.press("Space")

    def write(self, label: str, text: str) -> None:
        self.reach(self.page.get_by_label(label, exact=True))
        self.page.keyboard.type(text)

    def press(self, wanted: Locator) -> None:
        """Press Enter on it; the next screen comes."""
        self.reach(wanted)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.screens += 1


@pytest.mark.law("ustawa o dostępie do informacji publicznej art. 2 ust. 2")
def test_information_is_asked_for_on_six_screens_without_a_signature(site: str, browser: Browser) -> None:
    name = plain_settings.SESSION_COOKIE_NAME
    session = office.client_of(office.piotr()).cookies[name].value
    began = monotonic()
    with testing.page_of(browser, site, width=360, javascript=False) as (page, faults):
        page.context.add_cookies([{"name": name, "value": session, "url": site}])
        page.goto("/uslugi/informacja-publiczna/")
        hands = Hands(page)
        hands.press(page.get_by_role("link", name="Złóż przez Internet"))
        assert "Podpis nie jest potrzebny" in page.locator("main").inner_text()
        hands.press(page.get_by_role("button", name="Zacznij"))
        further = page.get_by_role("button", name="Zapisz i przejdź dalej")
        hands.tick("wniosek o informację publiczną")
        hands.write("Temat", "Umowy z 2025 roku")
        hands.write("Czego dotyczy?", "Proszę o rejestr umów zawartych w 2025 roku.")
        hands.press(further)
        hands.tick("elektronicznie, na konto w tym serwisie")
        hands.press(further)
        assert testing.sideways(page) == 0
        hands.press(page.get_by_role("button", name="Wyślij do urzędu"))

        expect(page.get_by_role("heading", level=1)).to_contain_text("Urząd odebrał")
        assert re.search(r"RPW/1/\d{4}", page.locator("main").inner_text())
        assert faults.all() == []
    assert hands.screens <= MOST_SCREENS
    assert monotonic() - began < MOST_SECONDS
    letter = Letter.objects.get()
    assert letter.service_code == "informacja-publiczna"
    assert proposed_course(letter) is Course.INFORMATION


@pytest.mark.law("ustawa o dostępie do informacji publicznej art. 2 ust. 2")
def test_without_an_account_it_takes_two_screens(site: str, browser: Browser) -> None:
    with testing.page_of(browser, site, width=360, javascript=False) as (page, faults):
        page.goto("/uslugi/informacja-publiczna/bez-logowania/")
        assert testing.sideways(page) == 0
        hands = Hands(page)
        hands.write("Temat", "Umowy z 2025 roku")
        hands.write("Czego chcesz się dowiedzieć?", "Proszę o rejestr umów.")
        hands.write("Adres e-mail do odpowiedzi", "pytam@example.pl")
        hands.press(page.get_by_role("button", name="Wyślij do urzędu"))
        expect(page.get_by_role("heading", level=1)).to_contain_text("Urząd odebrał")
        assert re.search(r"RPW/1/\d{4}", page.locator("main").inner_text())
        assert testing.sideways(page) == 0
        assert faults.all() == []
    assert hands.screens == 2
    with testing.page_of(browser, site) as (page, faults):
        page.goto("/uslugi/informacja-publiczna/bez-logowania/")
        assert testing.axe(page) == []
        page.get_by_role("button", name="Wyślij do urzędu").click()
        expect(page.locator(".govuk-error-summary")).to_be_focused()
        assert testing.axe(page) == []
        assert faults.all() == []
