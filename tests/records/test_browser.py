"""The mail desk, assignment and cases in a real browser: by keyboard alone, accessible, quiet, narrow."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.conf import settings as plain_settings
from django.utils.timezone import localdate, now
from playwright.sync_api import Browser, Page

from starostwo.office import testing as office
from starostwo.office.api import Right
from starostwo.office.models import Account
from starostwo.records.models import Case, Letter
from starostwo.records.rules.clock import Basis
from starostwo.records.services import clock
from starostwo.records.testing import make_assigned, make_case, make_letter, make_plan
from starostwo.screens import testing

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with testing.chromium() as browser:
        yield browser


@pytest.fixture
def site(
    committed_database: str, django_db_blocker: pytest.FixtureRequest, settings: LazySettings
) -> Iterator[str]:
    """The office with its cast and a small plan, and a server on a free port."""
    with django_db_blocker.unblock(), testing.serving() as address:  # type: ignore[attr-defined]
        settings.CSRF_TRUSTED_ORIGINS = [address]
        office.make_office()
        for person in (office.starosta, office.anna, office.ewa, office.clerk, office.jan):
            person()
        make_plan()
        yield address


def enter(page: Page, address: str, account: Account) -> None:
    """Come in as the account, past the log-in that other tests play."""
    name = plain_settings.SESSION_COOKIE_NAME
    value = office.client_of(account).cookies[name].value
    page.context.add_cookies([{"name": name, "value": value, "url": address}])


def test_paper_is_registered_without_touching_the_mouse(site: str, browser: Browser) -> None:
    make_letter(unit="ST")
    with testing.page_of(browser, site) as (page, faults):
        enter(page, site, office.clerk())
        page.goto("/urzad/kancelaria/")
        page.keyboard.press("n")
        page.wait_for_url("**/nowe/")
        page.wait_for_function("document.activeElement.id === 'id_sender'")
        page.keyboard.type("wro", delay=30)
        page.wait_for_selector("text=Wrona Piotr")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.type("Skarga na hałas")
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**ostatnie=**")
        assert "RPW/2/" in (page.text_content(".st-note--good") or "")
        assert page.evaluate("document.activeElement.id") == "id_sender"
        letter = Letter.objects.get(number=2)
        assert (letter.sender_name, letter.title) == ("Wrona Piotr", "Skarga na hałas")
        assert faults.all() == []


def test_the_head_assigns_letter_after_letter_by_one_key(site: str, browser: Browser) -> None:
    for place in range(3):
        make_letter(f"Pismo {place}")
    with testing.page_of(browser, site) as (page, faults):
        enter(page, site, office.ewa())
        page.goto("/urzad/dekretacja/")
        for _ in range(3):
            page.keyboard.press("j")
            with page.expect_navigation(wait_until="load"):
                page.keyboard.press("1")
        assert set(Letter.objects.values_list("holder_id", flat=True)) == {office.anna().pk}
        assert faults.all() == []


def test_a_case_is_opened_with_two_keys(site: str, browser: Browser) -> None:
    make_case(on=localdate())
    letter = make_assigned(on=localdate())
    with testing.page_of(browser, site) as (page, faults):
        enter(page, site, office.anna())
        page.goto(f"/urzad/pisma/{letter.pk}/")
        page.keyboard.press("s")
        page.wait_for_url("**/sprawa/")
        page.keyboard.press("z")
        page.wait_for_url(f"**/urzad/sprawy/GN.6621.2.{localdate().year}/")
        assert Case.objects.count() == 2
        assert faults.all() == []


def test_every_screen_is_accessible_and_narrow_full_empty_and_with_errors(
    site: str, browser: Browser
) -> None:
    empty = ["/urzad/kancelaria/", "/urzad/rejestry/przychodzace/"]
    with testing.page_of(browser, site) as (page, faults):
        enter(page, site, office.clerk())
        check(page, empty)
        keeper = office.make_staff("k.k", "Kamil Kot", unit="OR", rights=(Right.EDIT_PLAN, Right.COORDINATE))
        letter, case = make_assigned(on=localdate()), make_case(on=localdate() - timedelta(days=20))
        clock.exclude(
            case.pk,
            actor=office.actor(office.anna()),
            basis=Basis.PARTY,
            from_on=localdate(),
            reason="brak",
            now=now(),
        )
        waiting = make_letter(on=localdate())
        pismo = f"/urzad/pisma/{waiting.pk}/"
        check(page, [*empty, pismo, f"{pismo}metadane/", f"{pismo}nadawcy/"])
        page.goto("/urzad/kancelaria/nowe/")
        page.click("text=Zarejestruj")
        page.wait_for_selector(".govuk-error-summary")
        assert testing.axe(page) == []
        enter(page, site, office.ewa())
        check(page, ["/urzad/dekretacja/", "/urzad/sprawy/terminy/", "/urzad/sprawy/przekazanie/"])
        check(page, [f"/urzad/pisma/{waiting.pk}/dekretacja/"])
        enter(page, site, office.anna())
        sprawa = f"/urzad/sprawy/{case.mark}/"
        check(
            page,
            ["/urzad/pisma/", "/urzad/sprawy/", "/urzad/sprawy/wszystkie/", f"/urzad/pisma/{letter.pk}/"],
        )
        check(
            page, [sprawa, f"{sprawa}?dzien={localdate():%d.%m.%Y}", f"{sprawa}?dzien=x", f"{sprawa}metryka/"]
        )
        check(
            page, [f"/urzad/pisma/{letter.pk}/sprawa/", "/urzad/sprawy/nowa/", "/urzad/sprawy/nowa/podgrupa/"]
        )
        check(
            page,
            [f"/urzad/rejestry/spis-spraw/?klasa=66&rok={localdate().year}&komorka=", "/urzad/wykaz-akt/"],
        )
        enter(page, site, keeper)
        check(page, ["/urzad/wykaz-akt/wczytanie/"])
        assert faults.outside == faults.broken == []


def check(page: Page, addresses: list[str]) -> None:
    """No violation that axe finds, and no sideways scroll at 320 pixels."""
    for address in addresses:
        page.goto(address)
        assert testing.axe(page) == [], address
        assert testing.sideways(page) == 0, address
