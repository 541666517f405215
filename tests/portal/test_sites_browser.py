"""The pages of a unit's site in a real browser: no violation, no sideways scroll, nothing from elsewhere."""

import pytest
from django.conf import settings
from django.utils.timezone import localdate, now

from starostwo.bulletin.services import publishing, sections
from starostwo.office import testing as office
from starostwo.portal.models import UnitSite
from starostwo.screens import testing
from tests.portal.test_sites import HELP, SCHOOL, keeper, make_site

pytestmark = pytest.mark.journey
PAGES = ["", "aktualnosci/", "strony/tekst-jawny-szkola-strona/", "kontakt/", "deklaracja-dostepnosci/",
         f"aktualnosci/rok/{localdate().year}/", "bip/", "bip/menu/", "bip/kontakt/",
         "bip/informacja-na-wniosek/", "bip/dzial/zarzadzenia/", "bip/rejestr/zarzadzenie/",
         "bip/rejestr-zmian/", "bip/redakcja/", "bip/szukaj/?q=statut"]  # fmt: skip
DESK = ["", "nowa/", "w-przygotowaniu/", "dzialy/", "publikacje/"]


def plant(site: UnitSite) -> None:
    """The ready sections of the unit's bulletin, published."""
    actor = office.actor(keeper(site.slug))
    sections.plant_tree(site.body, actor=actor, now=now())
    publishing.publish(site.body, actor="system", now=now(), today=localdate())


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_of_a_unit_are_for_everybody(committed_database: str, width: int) -> None:
    for slug in (SCHOOL, HELP):
        plant(make_site(slug))
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


@pytest.mark.parametrize("width", [320, 1280])
def test_the_desk_of_a_units_bulletin_is_for_everybody(committed_database: str, width: int) -> None:
    plant(make_site(SCHOOL))
    name = settings.SESSION_COOKIE_NAME
    session = office.client_of(keeper(SCHOOL)).cookies[name].value
    with (
        testing.serving() as site,
        testing.chromium() as browser,
        testing.page_of(browser, site, width=width) as (page, faults),
    ):
        page.context.add_cookies([{"name": name, "value": session, "url": site}])
        for rest in DESK:
            page.goto(f"/urzad/bip/podmioty/{SCHOOL}/{rest}")
            assert testing.axe(page) == [], rest
            assert testing.sideways(page) == 0, rest
        assert faults.all() == []
