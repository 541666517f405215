"""A resident pays in the browser: by keyboard alone, without JavaScript, at the gateway and by transfer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.conf import settings as plain_settings
from django.utils.timezone import now
from playwright.sync_api import Browser, Page, expect

from starostwo.intake.models import Due
from starostwo.intake.testing import make_due, open_the_cash_box
from starostwo.office import testing as office
from starostwo.screens import testing
from tests.intake import paying
from tests.intake.gateway_peer import KEY, running_gateway
from tests.intake.paying import stands, transferred

pytestmark = pytest.mark.journey
SHOTS = Path(plain_settings.ROOT) / "var" / "shots" / "payments"


@pytest.fixture
def site(committed_database: str, settings: LazySettings) -> Iterator[str]:
    with testing.serving() as address, running_gateway(address) as (gateway, _):
        settings.PUBLIC_URL, settings.CSRF_TRUSTED_ORIGINS = address, [address]
        settings.PAYMENT_GATEWAY_URL, settings.PAYMENT_GATEWAY_KEY = gateway, KEY
        open_the_cash_box()
        yield address


@pytest.fixture
def due(site: str) -> Due:
    return make_due(office.piotr(), now=now())


@pytest.fixture
def browser() -> Iterator[Browser]:
    with testing.chromium() as found:
        yield found


def sign_in(page: Page, address: str, account: office.Account) -> None:
    name = plain_settings.SESSION_COOKIE_NAME
    value = office.client_of(account).cookies[name].value
    page.context.add_cookies([{"name": name, "value": value, "url": address}])


def press(page: Page, name: str, role: str = "button") -> None:
    """Walk with Tab until the control has the focus, and press Enter."""
    for _ in range(60):
        page.keyboard.press("Tab")
        words = page.evaluate("document.activeElement.innerText ?? ''").strip()
        if words.startswith(name):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"no {role} {name} on {page.url}")


def test_paid_at_the_gateway_by_keyboard_alone_without_javascript(
    site: str, due: Due, browser: Browser
) -> None:
    with testing.page_of(browser, site, width=360, javascript=False) as (page, faults):
        sign_in(page, site, office.piotr())
        page.goto("/eboi/oplaty/")
        press(page, "100,00", "link")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Do zapłaty 100,00")
        press(page, "Zapłać teraz")
        page.wait_for_url("**/bramka/**")
        press(page, "Anuluj i wróć")
        expect(page.get_by_text("Płatność przerwano i nic nie pobrano")).to_be_visible()
        press(page, "Zapłać teraz")
        page.wait_for_url("**/bramka/**")
        press(page, "Zapłać")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Zapłacono 100,00")
        expect(page.get_by_text("Płatność przyjęta")).to_be_visible()
        page.go_back()
        page.goto("/eboi/oplaty/")
        expect(page.get_by_text("zapłacono")).to_be_visible()
        assert (faults.console, faults.broken) == ([], [])

    assert stands(due) == ("PAID", 10000, 0)


def test_the_data_of_a_transfer_by_keyboard_alone_without_javascript(
    site: str, due: Due, browser: Browser
) -> None:
    with testing.page_of(browser, site, width=360, javascript=False) as (page, faults):
        sign_in(page, site, office.piotr())
        page.goto(f"/eboi/oplaty/{due.pk}/")
        press(page, "Zapłać przelewem", "link")
        expect(page.get_by_text("61 1090 1014 0000 0712 1981 2874")).to_be_visible()
        page.wait_for_load_state("load")
        drawn = page.locator("main img")
        assert drawn.evaluate("picture => picture.complete && picture.naturalWidth") > 0
        press(page, "Zrobiłem przelew")
        expect(page.get_by_text("Przelew zgłoszono")).to_be_visible()
        page.goto("/eboi/oplaty/")
        expect(page.get_by_text("przelew zgłoszony")).to_be_visible()
        assert faults.all() == []
    transferred(due)
    assert stands(due)[0] == "PAID"


def test_each_screen_in_each_state_is_accessible_quiet_and_narrow(
    site: str, due: Due, browser: Browser
) -> None:
    paid, over = make_due(office.piotr(), now=now()), make_due(office.piotr(), now=now())
    transferred(paid, number="WB/1")
    transferred(over, 15000, number="WB/2")
    pages = {
        "mine": "/eboi/oplaty/",
        "due": f"/eboi/oplaty/{due.pk}/",
        "transfer": f"/eboi/oplaty/{due.pk}/przelew/",
        "paid": f"/eboi/oplaty/{paid.pk}/",
        "over": f"/eboi/oplaty/{over.pk}/",
    }
    staff = {
        "list": "/urzad/oplaty/",
        "empty": "/urzad/oplaty/?stan=WAIVED",
        "accounts": "/urzad/oplaty/rachunki/",
        "due-of-staff": f"/urzad/oplaty/{over.pk}/",
    }
    for account, addresses in ((office.piotr(), pages), (paying.treasury(), staff)):
        with testing.page_of(browser, site) as (page, faults):
            sign_in(page, site, account)
            for name, path in addresses.items():
                page.goto(path)
                assert testing.axe(page) == [], name
                assert testing.sideways(page) == 0, name
                testing.shots(page, SHOTS, name)
            if account == paying.treasury():
                page.get_by_role("button", name="Zapisz wpłatę").click()
                expect(page.locator(".govuk-error-summary")).to_be_visible()
                assert testing.axe(page) == []
                testing.shots(page, SHOTS, "refused")
            assert faults.all() == []
