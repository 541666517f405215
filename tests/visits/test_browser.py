"""Visits in Chromium: a resident without JavaScript, a clerk by keyboard, a board that renews itself."""

from collections.abc import Iterator
from datetime import time

import pytest
from django.conf import LazySettings
from django.conf import settings as plain_settings
from django.utils.timezone import localdate, now
from playwright.sync_api import Browser, Page, expect

from starostwo.office import testing as office
from starostwo.screens import testing
from starostwo.visits.models import Place, Visit
from starostwo.visits.services.places import Limits, set_special_day
from starostwo.visits.services.queue import give_ticket
from starostwo.visits.testing import a_place, counter_of, head, worker
from tests.keyboard import choose, press, tick, write

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with testing.chromium() as browser:
        yield browser


@pytest.fixture
def site(
    committed_database: str, django_db_blocker: pytest.FixtureRequest, settings: LazySettings
) -> Iterator[str]:
    """A place that is open all of today, two people without a booking, and a server on a free port."""
    with django_db_blocker.unblock(), testing.serving() as address:  # type: ignore[attr-defined]
        settings.CSRF_TRUSTED_ORIGINS, settings.PUBLIC_URL = [address], address
        place = a_place(limits=Limits(lead_minutes=0))
        set_special_day(
            counter_of(place), actor=office.actor(head()), day=localdate(), opens=time(0),
            closes=time(23, 59), reason="dzień otwarty", now=now(),
        )  # fmt: skip
        for code in ("dowod", "pytanie"):
            give_ticket(place, code, actor=None, now=now())
        office.client_of(worker())
        yield address


def quiet(page: Page) -> None:
    assert testing.axe(page) == []
    assert testing.sideways(page) == 0


def test_a_visit_is_booked_confirmed_and_called_off_without_javascript(site: str, browser: Browser) -> None:
    with testing.page_of(browser, site, width=360, javascript=False) as (page, faults):
        page.goto("/wizyty/")
        page.get_by_label("Rejestracja pojazdu").check()
        page.get_by_label("Odbiór dowodu").check()
        page.get_by_role("button", name="Dalej").click()
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Dalej").click()
        page.locator(".st-days a").nth(1).click()
        page.get_by_role("radio").nth(1).check()
        page.get_by_role("button", name="Dalej").click()
        page.get_by_label("Imię").fill("Ewa")
        page.get_by_label("Adres e-mail").fill("ewa@example.pl")
        page.get_by_role("button", name="Umów wizytę").click()
        expect(page.locator(".govuk-error-summary")).to_contain_text("Nazwisko")
        assert testing.sideways(page) == 0
        page.get_by_label("Nazwisko").fill("Bąk")
        page.get_by_role("button", name="Umów wizytę").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Teraz potwierdź wizytę")
        assert testing.sideways(page) == 0
        page.get_by_role("link", name="potwierdź wizytę").click()
        page.get_by_role("button", name="Potwierdzam wizytę").click()
        expect(page.locator(".st-code")).to_have_text(Visit.objects.get().code)
        page.get_by_role("link", name="Odwołaj wizytę").click()
        page.get_by_role("button", name="Odwołaj wizytę").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Wizyta jest odwołana")
    assert Visit.objects.get().state == "CANCELLED"
    assert faults.all() == []


def test_the_registration_of_a_vehicle_is_booked_by_keyboard_alone_without_javascript(
    site: str, browser: Browser
) -> None:
    """From the start page to the code of a visit on the second day; then it is called off."""
    with testing.page_of(browser, site, width=360, javascript=False) as (page, faults):
        page.goto("/wizyty/")
        press(page, "Dalej")
        press(page, page.locator(".govuk-error-summary a").inner_text())
        tick(page, "Rejestracja pojazdu")
        press(page, "Dalej")
        choose(page, "Wydział Komunikacji", "Wydział Komunikacji")
        press(page, "Dalej")
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_have_text("Kiedy chcesz przyjść?")
        press(page, page.locator(".st-days a").nth(1).inner_text())
        first, second = (page.get_by_role("radio").nth(place) for place in (0, 1))
        label = "element => element.labels[0].innerText.trim()"
        choose(page, first.evaluate(label), second.evaluate(label))
        press(page, "Dalej")
        write(page, "Imię", "Ewa")
        write(page, "Nazwisko", "Bąk")
        write(page, "Adres e-mail", "ewa@example.pl")
        press(page, "Umów wizytę")
        expect(heading).to_have_text("Teraz potwierdź wizytę")
        assert testing.sideways(page) == 0
        press(page, "potwierdź wizytę")
        press(page, "Potwierdzam wizytę")
        expect(page.locator(".st-code")).to_have_text(Visit.objects.get().code)
        assert Visit.objects.get().state == "CONFIRMED"
        press(page, "Odwołaj wizytę")
        press(page, "Odwołaj wizytę")
        expect(heading).to_have_text("Wizyta jest odwołana")
        assert faults.all() == []
    assert Visit.objects.get().state == "CANCELLED"


def test_going_back_keeps_what_was_chosen_and_typed(site: str, browser: Browser) -> None:
    with testing.page_of(browser, site, width=360) as (page, faults):
        page.goto("/wizyty/?sprawa=dowod")
        quiet(page)
        for question in ("Gdzie chcesz przyjść?", "Kiedy chcesz przyjść?"):
            page.get_by_role("button", name="Dalej").click()
            expect(page.get_by_role("heading", level=1)).to_have_text(question)
            quiet(page)
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Dalej").click()
        page.get_by_label("Imię").fill("Ewa")
        quiet(page)
        page.locator("button[value=time]").click()
        expect(page.get_by_role("radio").first).to_be_checked()
        page.get_by_role("radio").nth(1).check()
        page.get_by_role("button", name="Dalej").click()
        expect(page.get_by_label("Imię")).to_have_value("Ewa")
        page.go_back()
        page.get_by_role("link", name="Wstecz").click()
        expect(page.get_by_role("radio").first).to_be_checked()
        page.get_by_role("link", name="Wstecz").click()
        expect(page.get_by_label("Odbiór dowodu")).to_be_checked()
    assert faults.all() == []


def test_the_next_person_is_called_by_one_key_and_the_board_shows_it_by_itself(
    site: str, browser: Browser
) -> None:
    name = plain_settings.SESSION_COOKIE_NAME
    session = office.client_of(worker()).cookies[name].value
    counter = counter_of(Place.objects.get())
    with (
        testing.page_of(browser, site, width=1920) as (board, board_faults),
        testing.page_of(browser, site, width=1920) as (page, faults),
    ):
        board.goto("/wizyty/tablica/dluga/")
        expect(board.locator("#numery")).to_contain_text("Teraz nikt nie jest wzywany")
        quiet(board)
        page.context.add_cookies([{"name": name, "value": session, "url": site}])
        page.goto(f"/urzad/wizyty/okienka/{counter.pk}/")
        for label in ("B01", "B02"):
            page.keyboard.press("n")
            expect(page.locator(".st-call")).to_have_text(label)
            expect(board.locator("#numery tbody tr").first).to_contain_text(label)
        quiet(page)
        page.keyboard.press("o")
        expect(page.locator("#teraz + p")).to_contain_text("Nikogo nie ma")
    assert [*faults.all(), *board_faults.all()] == []


def test_the_pages_of_the_staff_are_accessible_and_narrow(site: str, browser: Browser) -> None:
    name, counter = plain_settings.SESSION_COOKIE_NAME, counter_of(Place.objects.get())
    session = office.client_of(head()).cookies[name].value
    here = "/urzad/wizyty/miejsca/dluga"
    with testing.page_of(browser, site, width=1280) as (page, faults):
        page.context.add_cookies([{"name": name, "value": session, "url": site}])
        for address in (
            "/urzad/wizyty/",
            f"/urzad/wizyty/okienka/{counter.pk}/",
            f"{here}/ustawienia/",
            f"{here}/okienka/1/",
            f"{here}/nowa/?sprawa=dowod",
            f"{here}/dzien/",
            "/urzad/wizyty/sprawy/dowod/",
        ):
            page.goto(address)
            quiet(page)
    assert faults.all() == []
