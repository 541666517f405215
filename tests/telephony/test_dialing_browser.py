"""A click on a number in a real browser: the telephone's window first, then the exchange."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.conf import settings as plain_settings
from django.utils.timezone import now
from playwright.sync_api import Browser

from starostwo.office import testing as office
from starostwo.records.models import Party
from starostwo.records.testing import make_case
from starostwo.screens import testing as screens
from starostwo.telephony import testing
from starostwo.telephony.services import calls
from tests.telephony.call_rows import row

pytestmark = pytest.mark.journey
PAGE = "/urzad/telefony/dzwoni/+48601234567/"
OPEN_WINDOW = """() => {
  window.said = [];
  const channel = new BroadcastChannel("starostwo-telefon");
  channel.onmessage = ({ data }) => {
    if (data.call) window.said.push(data.call);
    channel.postMessage({ here: true });
  };
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with screens.chromium() as browser:
        yield browser


@pytest.fixture
def site(
    committed_database: str, django_db_blocker: pytest.FixtureRequest, settings: LazySettings, tmp_path: Path
) -> Iterator[str]:
    with django_db_blocker.unblock(), screens.serving() as address:  # type: ignore[attr-defined]
        settings.CSRF_TRUSTED_ORIGINS = [address]
        settings.VOIP_DIR = tmp_path
        office.make_office()
        testing.load_numbers()
        make_case()
        Party.objects.update(phone="+48601234567")
        node = testing.make_node()
        testing.make_trunk(node)
        testing.make_phone("116", node, account=office.anna())
        yield address


def test_a_click_calls_in_the_telephones_window_else_through_the_exchange(
    site: str, browser: Browser
) -> None:
    with screens.page_of(browser, site) as (page, faults):
        name = plain_settings.SESSION_COOKIE_NAME
        value = office.client_of(office.anna()).cookies[name].value
        page.context.add_cookies([{"name": name, "value": value, "url": site}])
        page.goto(PAGE)
        assert screens.axe(page) == []
        assert screens.sideways(page) == 0
        page.get_by_role("link", name="zadzwoń: 601 234 567").click()
        page.wait_for_selector("text=Centrala telefoniczna Twojego budynku nie odpowiada")

        window = page.context.new_page()
        window.goto("/urzad/telefony/zadzwon/")
        window.evaluate(OPEN_WINDOW)
        page.get_by_role("link", name="zadzwoń: 601 234 567").click()
        page.wait_for_selector("text=Wybrano numer w oknie telefonu")
        assert window.evaluate("window.said") == ["+48601234567"]
        assert page.locator("[role=status].st-said").count() == 1
        assert faults.all() == []


def test_numbers_in_the_list_of_calls_ring_by_a_click_and_by_a_key(site: str, browser: Browser) -> None:
    row("c1", "+48601234567", "116", source="trunk")
    row("c2", "116", "112", kind="trunk", at=testing.NOW + timedelta(minutes=5))
    calls.collect(now=now())
    with screens.page_of(browser, site) as (page, faults):
        name = plain_settings.SESSION_COOKIE_NAME
        value = office.client_of(office.anna()).cookies[name].value
        page.context.add_cookies([{"name": name, "value": value, "url": site}])
        page.goto("/urzad/telefony/rozmowy/")
        assert screens.axe(page) == []
        assert page.get_by_role("link", name="zadzwoń: 112").count() == 0
        window = page.context.new_page()
        window.goto("/urzad/telefony/zadzwon/")
        window.evaluate(OPEN_WINDOW)
        page.get_by_role("link", name="zadzwoń: 601 234 567").click()
        page.wait_for_selector("text=Wybrano numer w oknie telefonu")
        page.locator("tr", has_text="601 234 567").locator("[data-row-open]").focus()
        page.keyboard.press("z")
        window.wait_for_function("window.said.length == 2")
        assert window.evaluate("window.said") == ["+48601234567"] * 2
        assert faults.all() == []
