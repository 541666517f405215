"""Files and the way back: what was too large, and what was chosen before Back was pressed."""

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser, Page, expect

from starostwo.citizen.models import DraftFile
from starostwo.files.testing import pdf
from starostwo.office import testing as office
from starostwo.screens import testing
from tests.citizen.test_people_browser import POWER, half_filled, sign_in
from tests.citizen.test_people_browser import browser as browser
from tests.citizen.test_people_browser import site as site

pytestmark = pytest.mark.journey
LARGEST = 200_000
TOO_LARGE = {"name": "mapa.pdf", "mimeType": "application/pdf", "buffer": pdf() + b"%" * LARGEST}
PLAN = {"name": "mapa.pdf", "mimeType": "application/pdf", "buffer": pdf()}


@pytest.mark.parametrize("javascript", [True, False])
def test_what_was_written_is_there_after_a_file_that_was_too_large(
    site: str, browser: Browser, settings: LazySettings, javascript: bool
) -> None:
    settings.LARGEST_REQUEST = LARGEST
    draft = half_filled()
    with testing.page_of(browser, site, width=360, javascript=javascript) as (page, faults):
        sign_in(page, office.piotr(), site)
        page.goto(f"/eboi/wnioski/{draft.pk}/pelnomocnictwo/")
        page.get_by_label("Ulica, numer domu i mieszkania").fill("ul. Tartaczna 1")
        page.get_by_label("Kod pocztowy").fill("95-100")
        page.get_by_label("Miejscowość").fill("Zgierz")
        page.get_by_label("pełnomocnictwo", exact=True).check()
        page.locator("input[type=file]").first.set_input_files(TOO_LARGE)  # type: ignore[arg-type]
        page.get_by_role("button", name="Zapisz i przejdź dalej").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("To, co wysyłasz, jest za duże")
        assert not javascript or testing.axe(page) == []  # axe needs scripts
        assert testing.sideways(page) == 0
        page.go_back()
        expect(page.get_by_label("Miejscowość")).to_have_value("Zgierz")
        expect(page.get_by_label("pełnomocnictwo", exact=True)).to_be_checked()
        page.locator("input[type=file]").first.set_input_files(POWER)  # type: ignore[arg-type]
        page.get_by_role("button", name="Zapisz i przejdź dalej").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Kto jeszcze")
        assert faults.broken == []


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("by", ["Dołącz", "Dalej: sprawdź odpowiedzi"])
def test_a_file_that_was_sent_is_seen_after_back(
    site: str, browser: Browser, by: str, javascript: bool
) -> None:
    draft = half_filled()
    with testing.page_of(browser, site, width=360, javascript=javascript) as (page, faults):
        sign_in(page, office.piotr(), site)
        page.goto(f"/eboi/wnioski/{draft.pk}/zalaczniki/")
        chosen(page)
        with page.expect_navigation():
            page.get_by_role("button", name=by, exact=True).click()
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text("Załączniki")
        expect(page.get_by_role("link", name="mapa.pdf")).to_be_visible()
        assert faults.all() == []


def test_a_file_that_looks_gone_after_back_is_not_sent(site: str, browser: Browser) -> None:
    draft = half_filled()
    with testing.page_of(browser, site) as (page, faults):
        sign_in(page, office.piotr(), site)
        page.goto(f"/eboi/wnioski/{draft.pk}/zalaczniki/")
        chosen(page)
        page.get_by_role("link", name="Wstecz").click()
        page.go_back()
        chosen_now = page.locator("input[type=file]").last.evaluate("field => field.files.length")
        page.get_by_role("button", name="Dalej: sprawdź odpowiedzi").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Sprawdź")
        sent = DraftFile.objects.filter(draft=draft, name="mapa.pdf").count()
        assert sent == chosen_now
        assert faults.all() == []


def chosen(page: Page) -> None:
    page.locator("input[type=file]").last.set_input_files(PLAN)  # type: ignore[arg-type]
