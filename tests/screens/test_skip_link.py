"""The way to the content moves nothing: a press that began on a button ends on it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from starostwo.screens import testing

pytestmark = pytest.mark.journey


@pytest.fixture
def browser() -> Iterator[Browser]:
    with testing.chromium() as found:
        yield found


@pytest.mark.parametrize("address", ["/", "/urzad/logowanie/"])
def test_what_stands_below_stays_where_it_is(committed_database: str, browser: Browser, address: str) -> None:
    with testing.serving() as site, testing.page_of(browser, site, width=1280) as (page, faults):
        page.goto(address)
        before = page.locator("main").bounding_box()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "govuk-skip-link"
        shown = page.locator(".govuk-skip-link").bounding_box()
        assert page.locator("main").bounding_box() == before
        assert shown is not None
        assert (shown["y"], shown["height"] > 20) == (0, True)
        assert testing.axe(page) == []
        assert faults.all() == []
