"""A resident's whole way in English and in Ukrainian: no Polish word is left that is not marked as Polish."""

import pytest
from playwright.sync_api import Page

from starostwo.screens import testing as screens
from tests.journeys import abroad
from tests.journeys.conftest import Visit
from tests.journeys.county import County

pytestmark = pytest.mark.journey


def look(page: Page, name: str) -> None:
    """No unmarked Polish, the language of the page said, nothing that shuts out or slides away."""
    language = page.url.split("/")[3]
    assert page.locator("html").get_attribute("lang") == language, page.url
    assert page.evaluate(abroad.UNMARKED) == [], page.url
    assert screens.axe(page) == []
    assert screens.sideways(page) == 0, page.url


@pytest.mark.parametrize("language", ["en", "uk"])
def test_a_resident_goes_the_whole_way_in_his_language(visit: Visit, county: County, language: str) -> None:
    with visit(width=360) as (page, faults):
        abroad.read_public_pages(page, language, look)
        abroad.find(page, language)
        abroad.book(page, language, look)
        abroad.begin(page, language, "pismo-ogolne", look)
        abroad.fill(page, language, look)
        abroad.send(page, language, look)
        abroad.look_at_own_pages(page, language, look)
        assert [*faults.console, *faults.broken] == []
    assert county.complaints() == []


def test_the_switch_leads_to_the_same_page_in_another_language(visit: Visit) -> None:
    with visit() as (page, _):
        page.goto("/uslugi/prawo-jazdy/")
        page.get_by_role("link", name="Українська").click()
        assert page.url.endswith("/uk/uslugi/prawo-jazdy/")
        page.get_by_role("link", name="English").click()
        assert page.url.endswith("/en/uslugi/prawo-jazdy/")
        assert page.context.cookies() == []
