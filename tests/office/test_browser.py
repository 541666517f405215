"""Signing in and the office's screens in a real browser: keyboard, passkey, provider, axe, no fault."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.utils import timezone
from playwright.sync_api import Browser, Page

from starostwo.office import demonstration
from starostwo.office import testing as office
from starostwo.office.models import Account, Passkey, Right, SignIn
from starostwo.screens import testing
from tests.office.conftest import running_provider

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with testing.chromium() as browser:
        yield browser


@pytest.fixture
def site(
    committed_database: str, django_db_blocker: pytest.FixtureRequest, settings: LazySettings
) -> Iterator[str]:
    """The office with its cast, known log-ins, and a server on a free port."""
    with django_db_blocker.unblock(), testing.serving() as address:  # type: ignore[attr-defined]
        settings.PUBLIC_URL = address
        settings.CSRF_TRUSTED_ORIGINS = [address]
        office.make_office()
        office.starosta()
        cast = [office.anna(), office.ewa(), office.admin()]
        officer = office.make_staff("m.tarcza", "Monika Tarcza", unit="IOD", rights=[Right.PRIVACY])
        demonstration.let_everybody_in([*cast, officer], now=timezone.now())
        yield address


def _sign_in(page: Page, login: str) -> None:
    """By keyboard alone, as the demonstration's pages say."""
    page.goto("/urzad/logowanie/?next=/urzad/konto/")
    page.focus("#id_login")
    page.keyboard.type(login)
    page.keyboard.press("Tab")
    page.keyboard.type(demonstration.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/kod/")
    code = page.text_content(".st-note strong") or ""
    page.focus("#id_code")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/urzad/konto/")


def test_staff_sign_in_by_keyboard_and_every_page_is_accessible(site: str, browser: Browser) -> None:
    anna = Account.objects.get(login="a.nowak")
    with testing.page_of(browser, site) as (page, faults):
        for address in ("/urzad/logowanie/", "/logowanie/", "/wylogowano/"):
            page.goto(address)
            assert testing.axe(page) == []
            assert testing.sideways(page) == 0
        page.goto("/urzad/logowanie/")
        page.click("text=Dalej")
        page.wait_for_selector(".govuk-error-summary")
        assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
        assert testing.axe(page) == []

        _sign_in(page, "o.bak")
        admin = "/urzad/administracja"
        for address in (
            "/urzad/konto/",
            "/urzad/konto/haslo/",
            "/urzad/konto/kody-zapasowe/",
            "/urzad/konto/nowy-token/",
            "/urzad/zastepstwa/",
            f"{admin}/struktura/",
            f"{admin}/nowa-komorka/",
            f"{admin}/struktura/GN/",
            f"{admin}/struktura/GN/zmiana/",
            f"{admin}/struktura/GN/zamkniecie/",
            f"{admin}/struktura/GN/nowe-stanowisko/",
            f"{admin}/osoby/",
            f"{admin}/osoby/nowa/",
            f"{admin}/osoby/{anna.pk}/",
        ):
            page.goto(address)
            assert page.locator("h1").count() == 1, address
            assert testing.axe(page) == []
            assert testing.sideways(page) == 0, address
        page.goto(f"{admin}/osoby/nowa/")
        page.click("text=Załóż konto")
        page.wait_for_selector(".govuk-error-summary")
        assert testing.axe(page) == []
        assert faults.all() == []


def test_the_officers_log_is_accessible(site: str, browser: Browser) -> None:
    with testing.page_of(browser, site) as (page, faults):
        _sign_in(page, "m.tarcza")
        for address in (
            "/urzad/administracja/logowania/",
            "/urzad/administracja/logowania/?osoba=now",
            f"/urzad/administracja/logowania/{Account.objects.get(login='m.tarcza').pk}/",
        ):
            page.goto(address)
            assert testing.axe(page) == []
            assert testing.sideways(page) == 0, address
        assert faults.all() == []


def test_a_passkey_is_added_and_then_signs_in_alone(site: str, browser: Browser) -> None:
    with testing.page_of(browser, site) as (page, faults):
        devices = page.context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        device = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": device})
        _sign_in(page, "a.nowak")
        page.fill("#nazwa-klucza", "telefon")
        page.click("text=Dodaj klucz dostępu")
        page.wait_for_selector("text=Klucz dostępu został dodany.")
        page.click("text=Wyloguj")
        page.wait_for_url("**/wylogowano/")

        page.goto("/urzad/logowanie/?next=/urzad/konto/")
        page.click("text=Zaloguj się kluczem dostępu")
        page.wait_for_selector("h1:text('Moje konto')")

        assert faults.all() == []
    passkey = Passkey.objects.get()
    assert (passkey.account.login, passkey.name) == ("a.nowak", "telefon")
    assert SignIn.objects.order_by("-id")[0].way == "klucz dostępu"


def test_a_key_of_nobody_is_refused_with_a_way_on(site: str, browser: Browser) -> None:
    with testing.page_of(browser, site) as (page, _):
        devices = page.context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        device = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": device})
        _sign_in(page, "a.nowak")
        page.fill("#nazwa-klucza", "telefon")
        page.click("text=Dodaj klucz dostępu")
        page.wait_for_selector("text=Klucz dostępu został dodany.")
        Passkey.objects.all().delete()
        page.click("text=Wyloguj")
        page.wait_for_url("**/wylogowano/")

        page.goto("/urzad/logowanie/")
        page.click("text=Zaloguj się kluczem dostępu")

        page.wait_for_selector("text=Klucz dostępu nie pasuje")
    assert SignIn.objects.filter(way="klucz dostępu").count() == 0


@pytest.mark.parametrize("javascript", [True, False])
def test_a_resident_signs_in_at_the_provider(
    site: str, browser: Browser, settings: LazySettings, javascript: bool
) -> None:
    with (
        running_provider(public_url=site) as issuer,
        testing.page_of(browser, site, width=360, javascript=javascript) as (page, faults),
    ):
        settings.OIDC_ISSUER = issuer
        page.goto("/logowanie/")
        page.click("text=Zaloguj się przez")
        page.wait_for_selector("text=Kim jesteś?")
        if javascript:
            assert testing.axe(page) == []
        assert testing.sideways(page) == 0
        page.click("text=Maria Zych")
        page.wait_for_url(f"{site}/**")

        assert "Maria Zych" in page.content()
        page.click("text=Wyloguj")
        page.click("text=Wyloguj także tam")
        page.click("text=Wróć do urzędu")
        page.wait_for_url("**/wylogowano/")
        assert [*faults.console, *faults.broken] == []
    account = Account.objects.get(kind="RESIDENT")
    assert (account.name, account.external_subject) == ("Maria Zych", "maria-zych")
