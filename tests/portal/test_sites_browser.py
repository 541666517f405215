"""The pages of a unit's site in a real browser: no violation, no sideways scroll, nothing from elsewhere."""

import pytest

from starostwo.screens import testing
from tests.portal.test_sites import HELP, SCHOOL, make_site

pytestmark = pytest.mark.journey
PAGES = ["", "aktualnosci/", "strony/tekst-jawny-szkola-strona/", "kontakt/", "deklaracja-dostepnosci/"]


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_of_a_unit_are_for_everybody(committed_database: str, width: int) -> None:
    for slug in (SCHOOL, HELP):
        make_site(slug)
    with (
        testing.serving() as site,
        testing.chromium() as browser,
        testing.page_of(browser, site, width=width) as (page, faults),
    ):
        for address in ["/jednostki/", *(f"/jednostki/{SCHOOL}/{each}" for each in PAGES)]:
            page.goto(address)
            assert testing.axe(page) == [], address
            assert testing.sideways(page) == 0, address
        assert faults.all() == []
