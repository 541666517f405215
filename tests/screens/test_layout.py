"""Measures of the brand: rows on a screen, weight, large text, forced colours, paper, targets."""

import gzip

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser

from starostwo.screens import testing

pytestmark = pytest.mark.journey

SPACED = """() => { for (const one of document.querySelectorAll('*')) {
  one.style.lineHeight = '1.5'; one.style.letterSpacing = '0.12em'; one.style.wordSpacing = '0.16em';
} }"""
ROWS = """() => { const foot = document.querySelector('.st-actions').getBoundingClientRect().top;
  return [...document.querySelectorAll('[data-row]')]
    .filter((row) => row.getBoundingClientRect().bottom <= foot).length; }"""
SMALL = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea')]
  .filter((one) => one.checkVisibility() && !one.closest('p, dd, td, li > a, .govuk-error-summary'))
  .map((one) => [one.id || one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && (box.width < 24 || box.height < 24)).map(([name]) => name)"""
FORCED = "getComputedStyle(document.querySelector('main button.govuk-button')).borderStyle"


def test_a_clerk_sees_28_rows_of_a_list_with_filter_and_actions(site: str, browser: Browser) -> None:
    with testing.page_of(browser, site, width=1920) as (page, _):
        page.goto("/clerk/")
        assert page.evaluate(ROWS) >= 28


@pytest.mark.parametrize("address", ["/", "/resident/form/", "/clerk/case/", "/clerk/form/"])
def test_text_may_be_spaced_without_loss(site: str, browser: Browser, address: str) -> None:
    with testing.page_of(browser, site, width=360, bypass_csp=True) as (page, _):
        page.goto(address)
        page.evaluate(SPACED)
        assert testing.sideways(page) == 0


@pytest.mark.parametrize("address", ["/", "/resident/form/", "/clerk/form/"])
def test_targets_are_large_enough(site: str, browser: Browser, address: str) -> None:
    """WCAG 2.5.8: 24 by 24 pixels, but for links inside text."""
    with testing.page_of(browser, site, width=360) as (page, _):
        page.goto(address)
        page.wait_for_selector("body.js-enabled")
        assert page.evaluate(SMALL) == []


def test_buttons_have_borders_in_forced_colours(site: str, browser: Browser) -> None:
    with testing.page_of(browser, site, forced_colors="active", reduced_motion="reduce") as (page, _):
        page.goto("/clerk/form/")
        assert page.evaluate(FORCED) == "solid"


def test_paper_keeps_the_sheet_and_leaves_the_frame(site: str, browser: Browser) -> None:
    with testing.page_of(browser, site) as (page, _):
        page.goto("/clerk/")
        page.emulate_media(media="print")
        assert page.locator("table:visible").count() == 1
        assert page.locator(".st-bar:visible, .st-menu:visible, .st-actions:visible").count() == 0


def test_a_public_page_is_light(browser: Browser) -> None:
    """Style and scripts of a resident's page, as they travel; fonts come beside them and are kept."""
    files = [finders.find(f"screens/public.{kind}") for kind in ("css", "js")]
    weights = []
    for file in files:
        assert file is not None
        with open(file, "rb") as opened:
            weights.append(len(gzip.compress(opened.read())))
    assert sum(weights) < 30_000
