"""The way to the content covers nothing, and a press that began on a link ends on it."""

import pytest
from playwright.sync_api import Browser

from starostwo.screens import testing

pytestmark = pytest.mark.journey
AROUND_A_PRESS = """() => {
  const top = () => document.querySelector('main').getBoundingClientRect().y;
  const before = top();
  document.querySelector('main button').focus();
  return [before, top()];
}"""


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("address", ["/", "/urzad/logowanie/"])
def test_the_way_to_the_content_covers_nothing(
    committed_database: str, browser: Browser, address: str, width: int
) -> None:
    with testing.serving() as site, testing.page_of(browser, site, width=width) as (page, faults):
        page.goto(address)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "govuk-skip-link"
        shown, below = page.locator(".govuk-skip-link").bounding_box(), page.locator("header").bounding_box()
        assert shown is not None
        assert below is not None
        assert (shown["y"], shown["height"] > 20) == (0, True)
        assert below["y"] >= shown["height"]
        assert testing.axe(page) == []
        assert faults.all() == []


def test_what_stands_below_waits_until_a_press_has_ended(committed_database: str, browser: Browser) -> None:
    with testing.serving() as site, testing.page_of(browser, site) as (page, _):
        page.goto("/urzad/logowanie/")
        page.keyboard.press("Tab")
        before, after = page.evaluate(AROUND_A_PRESS)
        assert before == after
        page.wait_for_function(
            "y => document.querySelector('main').getBoundingClientRect().y < y", arg=before, timeout=30_000
        )
