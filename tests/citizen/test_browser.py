"""A resident without JavaScript: from the search to the receipt, in a browser with scripts switched off."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import LazySettings
from django.conf import settings as plain_settings
from django.utils.timezone import now
from playwright.sync_api import Browser, expect

from starostwo.files.testing import pdf
from starostwo.office import testing as office
from starostwo.procedures import api as procedures
from starostwo.records.models import Letter, LetterFile
from starostwo.screens import testing
from starostwo.signatures import api as signatures
from starostwo.signatures.testing import build_keys

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with testing.chromium() as browser:
        yield browser


@pytest.fixture
def site(
    committed_database: str, django_db_blocker: pytest.FixtureRequest, settings: LazySettings
) -> Iterator[str]:
    """The office with its services, Piotr with a test certificate, and a server on a free port."""
    with django_db_blocker.unblock(), testing.serving() as address:  # type: ignore[attr-defined]
        settings.CSRF_TRUSTED_ORIGINS = [address]
        office.make_office()
        office.make_unit("ST", name="Starosta")
        office.make_unit("OR", name="Wydział Organizacyjny", parent="ST")
        procedures.load_forms(actor="system", now=now())
        procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=now())
        piotr = office.piotr()
        build_keys([signatures.demo_pki.DemoPerson(piotr.pk, "Piotr", "Wrona", pesel=piotr.pesel or "")])
        yield address


def test_an_application_is_filled_signed_and_sent_without_javascript(site: str, browser: Browser) -> None:
    name = plain_settings.SESSION_COOKIE_NAME
    session = office.client_of(office.piotr()).cookies[name].value
    with testing.page_of(browser, site, width=360, javascript=False) as (page, faults):
        page.context.add_cookies([{"name": name, "value": session, "url": site}])
        page.goto("/")
        page.get_by_label("Co chcesz załatwić?").fill("ogólne pismo")
        page.get_by_role("button", name="Szukaj").click()
        page.get_by_role("link", name="Pismo ogólne", exact=True).click()
        page.get_by_role("link", name="Złóż przez Internet").click()
        page.get_by_role("button", name="Zacznij").click()

        further = page.get_by_role("button", name="Zapisz i przejdź dalej")
        further.click()
        expect(page.locator(".govuk-error-summary")).to_be_visible()
        page.get_by_label("wniosek albo podanie").check()
        page.get_by_label("Temat").fill("Wycinka lipy")
        further.click()
        page.get_by_label("Treść", exact=True).fill("Proszę o zgodę na usunięcie lipy.")
        further.click()
        page.get_by_label("we własnym").check()
        further.click()
        page.get_by_label("elektronicznie, na konto w tym serwisie").check()
        further.click()
        mapa = {"name": "mapa.pdf", "mimeType": "application/pdf", "buffer": pdf()}
        page.locator("input[type=file]").set_input_files(mapa)  # type: ignore[arg-type]
        page.get_by_role("button", name="Dołącz").click()
        page.get_by_role("button", name="Dalej: sprawdź odpowiedzi").click()
        page.get_by_role("button", name="Przygotuj dokument do podpisu").click()
        page.get_by_role("button", name="Podpisz (TEST)").click()
        page.get_by_role("button", name="Wyślij do urzędu").click()

        expect(page.get_by_role("heading", level=1)).to_contain_text("Urząd odebrał")
        assert re.search(r"RPW/1/\d{4}", page.locator("main").inner_text())
        assert faults.broken == []
    letter = Letter.objects.get()
    assert letter.title == "Pismo ogólne: Wycinka lipy"
    main = LetterFile.objects.get(letter=letter, role="main")
    assert main.report is not None
    assert main.report["verdict"] == "green"
