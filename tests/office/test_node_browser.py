"""A resident at the national node in a real browser, from another site, with and without JavaScript."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser, Page

from starostwo.office import testing as office
from starostwo.office.models import Account, SignIn
from starostwo.screens import testing
from tests.office.conftest import set_node
from tests.office.saml_node import Liar, running_node

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with testing.chromium() as browser:
        yield browser


@pytest.fixture
def site(
    committed_database: str, django_db_blocker: pytest.FixtureRequest, settings: LazySettings, node_keys: Path
) -> Iterator[tuple[str, Liar]]:
    """The office on one site and the node on another: `localhost` and `127.0.0.1` share no cookie."""
    with django_db_blocker.unblock(), testing.serving() as address:  # type: ignore[attr-defined]
        office.make_office()
        settings.CSRF_TRUSTED_ORIGINS = [address]
        settings.OIDC_ISSUER = ""
        assert "127.0.0.1" not in address
        with running_node(node_keys, office=address) as (there, node):
            set_node(settings, there, node_keys, office=address)
            yield address, node


def _choose(page: Page, who: str, *, javascript: bool) -> None:
    """From the log-in page to the node and back, by what a person without a script has to press."""
    page.goto("/logowanie/")
    page.click("text=Zaloguj się przez")
    if not javascript:
        assert testing.sideways(page) == 0
        page.click("main button")
    page.wait_for_selector("text=Kim jesteś?")
    page.click(f"text={who}")
    if not javascript:
        page.click("text=Wróć do urzędu")
        page.wait_for_selector("text=Tożsamość została potwierdzona")
        assert testing.sideways(page) == 0
        page.click("main button")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_resident_signs_in_from_another_site_and_out_again(
    site: tuple[str, Liar], browser: Browser, javascript: bool
) -> None:
    address, node = site
    with testing.page_of(browser, address, width=360, javascript=javascript) as (page, faults):
        _choose(page, "Maria Zych", javascript=javascript)
        page.wait_for_selector("text=Wyloguj")
        assert page.url.startswith(address)
        assert "Maria Zych" in page.content()
        assert "SAMLart" not in page.url

        page.click("text=Wyloguj")
        page.click("text=Wyloguj także tam")
        page.wait_for_selector("text=została zakończona")
        assert [*faults.console, *faults.broken] == []
    assert Account.objects.get(kind="RESIDENT").name == "Maria Zych"
    assert SignIn.objects.get().way == "login.gov.pl"
    assert node.sessions == set()


def test_the_pages_of_the_way_are_accessible(site: tuple[str, Liar], browser: Browser) -> None:
    address, _ = site
    with testing.page_of(browser, address) as (page, _faults):
        page.goto("/logowanie/")
        assert testing.axe(page) == []
        page.route("**/sends_itself.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
        page.click("text=Zaloguj się przez")
        page.wait_for_selector("main button")
        assert testing.axe(page) == []
        assert testing.sideways(page) == 0
        page.click("main button")
        page.wait_for_selector("text=Kim jesteś?")
        assert testing.axe(page) == []
        page.select_option("#level", "low")
        page.click("text=Maria Zych")
        page.click("main button")
        page.wait_for_selector("text=mocniejsze potwierdzenie")
        assert testing.axe(page) == []
        assert testing.sideways(page) == 0
