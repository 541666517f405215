"""Every page of the small site in a real browser: accessible, quiet, narrow enough."""

import pytest
from playwright.sync_api import Browser

from starostwo.screens import testing

pytestmark = pytest.mark.journey

PAGES = ["/", "/resident/form/", "/resident/done/", "/clerk/", "/clerk/case/", "/clerk/form/", "/nowhere/"]
FORMS = ["/resident/form/", "/clerk/form/"]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.law("ustawa o dostępności cyfrowej art. 5")
def test_page_is_accessible_quiet_and_narrow(site: str, browser: Browser, address: str) -> None:
    with testing.page_of(browser, site) as (page, faults):
        page.goto(address)
        page.wait_for_selector("body.js-enabled")

        assert testing.axe(page) == []
        assert testing.sideways(page) == 0
        assert faults.all() == []


@pytest.mark.parametrize("address", FORMS)
def test_refused_form_takes_the_focus(site: str, browser: Browser, address: str) -> None:
    with testing.page_of(browser, site, width=360) as (page, faults):
        page.goto(address)
        page.click("main button.govuk-button")
        page.wait_for_selector(".govuk-error-summary")

        assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
        assert page.title().startswith("Błąd: ")
        assert testing.axe(page) == []
        assert testing.sideways(page) == 0
        page.click(".govuk-error-summary a >> nth=0")
        assert page.evaluate("document.activeElement.id") in {"id_title", "id_sender"}
        assert faults.all() == []
