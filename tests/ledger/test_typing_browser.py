"""Vouchers are typed by keyboard alone, as fast as an accountant types; what is missing shows at once."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.conf import settings as plain_settings
from django.utils.timezone import localdate
from playwright.sync_api import Browser, Page, expect

from starostwo.ledger import testing as ledger
from starostwo.ledger.models import Draft, FiscalYear, SettlementSum, Voucher
from starostwo.ledger.queries.balances import broken_links, gaps
from starostwo.office import testing as office
from starostwo.screens import testing

pytestmark = pytest.mark.journey
SHOTS = Path(plain_settings.ROOT) / "var" / "shots" / "ledger"
BATCH, WITHIN = 50, 600.0


@pytest.fixture
def site(committed_database: str, settings: LazySettings) -> Iterator[str]:
    with testing.serving() as address:
        settings.PUBLIC_URL, settings.CSRF_TRUSTED_ORIGINS = address, [address]
        office.make_office()
        yield address


@pytest.fixture
def year(site: str) -> FiscalYear:
    found = ledger.make_year(year=localdate().year)
    ledger.plan(found, amount=1_000_00)
    ledger.supplier()
    return found


@pytest.fixture
def browser() -> Iterator[Browser]:
    with testing.chromium() as found:
        yield found


def sign_in(page: Page, address: str) -> None:
    ledger.accountant()
    account = office.Account.objects.get(login="k.saldo")
    name = plain_settings.SESSION_COOKIE_NAME
    page.context.add_cookies(
        [{"name": name, "value": office.client_of(account).cookies[name].value, "url": address}]
    )


def begin(page: Page, year: FiscalYear) -> None:
    page.goto(f"/urzad/ksiegi/{year.pk}/dowody-robocze/")
    page.get_by_role("button", name="FZ Zakupy").press("Enter")
    page.wait_for_url("**/dowody-robocze/*/")


def type_invoice(page: Page, number: int) -> None:
    """A purchase of two lines; every field is reached by Enter, the second amount is filled by '='."""
    keys = page.keyboard
    expect(page.locator("#external_number")).to_be_focused()
    keys.type(f"FV {number}/2026")  # the cursor stands in the number
    for _ in range(4):  # over dates and month
        keys.press("Enter")
    keys.type("Papier do drukarek")
    keys.press("Enter")
    for text in ("401", "750.75020.4300", "", "", "", "", f"{number},30", ""):
        keys.type(text)
        keys.press("Enter")
    for text in ("201", "750.75020.4300", "", "5260250274", f"FV {number}/2026", "", ""):
        keys.type(text)
        keys.press("Enter")
    keys.type("=")
    keys.press("Enter")
    keys.press("Enter")  # an empty line leads to the buttons


def test_fifty_vouchers_are_typed_without_a_mouse(browser: Browser, site: str, year: FiscalYear) -> None:
    began = time.monotonic()
    with testing.page_of(browser, site, width=1280) as (page, faults):
        sign_in(page, site)
        begin(page, year)
        for number in range(1, BATCH + 1):
            type_invoice(page, number)
            expect(page.locator(":focus")).to_have_text("Zaksięguj")
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            expect(page.get_by_text(f"Zaksięgowano FZ/{number}/{year.year}.")).to_be_visible()
        assert faults.all() == []
    took = time.monotonic() - began

    rows = Voucher.objects.order_by("number")
    assert [row.number for row in rows] == list(range(1, BATCH + 1))
    assert [row.total for row in rows] == [number * 100 + 30 for number in range(1, BATCH + 1)]
    assert SettlementSum.objects.count() == BATCH
    assert Draft.objects.count() == 1  # the next one, begun already
    assert (gaps(year), broken_links(year)) == ([], [])
    assert took < WITHIN


def test_names_sums_and_the_plan_show_while_typing(browser: Browser, site: str, year: FiscalYear) -> None:
    with testing.page_of(browser, site, width=1280) as (page, faults):
        sign_in(page, site)
        begin(page, year)
        page.get_by_label("Konto, wiersz 1").fill("401")
        page.get_by_label("Winien, wiersz 1").press_sequentially("1500")
        expect(page.locator("[data-difference]")).to_have_text("brakuje po stronie Ma: 1500,00 zł")
        page.get_by_label("Konto, wiersz 2").press_sequentially("130-2")
        page.get_by_label("Klasyfikacja, wiersz 2").press_sequentially("750.75020.4300")
        page.get_by_label("Ma, wiersz 2").press("=")
        expect(page.locator("[data-difference]")).to_have_text("zgadza się")
        expect(page.locator("tr[data-line='1'] [data-said]")).to_have_text("Zużycie materiałów i energii")
        expect(page.locator("tr[data-line='2'] [data-said]")).to_contain_text("ponad plan o 500,00 zł")
        assert testing.axe(page) == []
        assert testing.sideways(page) == 0
        testing.shots(page, SHOTS, "voucher")
        page.get_by_label("Ma, wiersz 2").press("Control+Enter")
        expect(page.get_by_role("alert")).to_contain_text("Wpisz treść dowodu.")
        expect(page.get_by_label("Ma, wiersz 2")).to_have_value("1500,00")
        assert [fault for fault in faults.all() if "400" not in fault] == []


def test_lines_grow_as_long_as_one_types(browser: Browser, site: str, year: FiscalYear) -> None:
    with testing.page_of(browser, site, width=1280) as (page, faults):
        sign_in(page, site)
        begin(page, year)
        page.get_by_label("Konto, wiersz 1").focus()
        for number in range(1, 9):
            assert page.evaluate("document.activeElement.id") == f"account-{number}"
            page.keyboard.type("401")
            for _ in range(8):
                page.keyboard.press("Enter")
        page.get_by_label("Treść", exact=True).fill("Osiem wierszy")
        page.get_by_role("button", name="Zapisz roboczo").press("Enter")
        page.wait_for_load_state()
        expect(page.get_by_label("Konto, wiersz 8")).to_have_value("401")
        assert faults.all() == []
    assert len([line for line in Draft.objects.get().content["lines"] if line["account"]]) == 8
