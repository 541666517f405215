"""The screens of the quarantine in Chromium: axe, faults, sideways scroll, by keyboard, no JavaScript."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page

from starostwo.files.testing import EICAR, locked_zip, scanner
from starostwo.intake.models import Submission
from starostwo.intake.testing import open_the_box, send
from starostwo.office import testing as office
from starostwo.screens import testing as screens

pytestmark = pytest.mark.journey
SHOTS = Path(settings.ROOT) / "var" / "shots" / "intake"


@pytest.fixture
def address(committed_database: str) -> Iterator[str]:
    open_the_box()
    with screens.serving() as found:
        yield found


@pytest.fixture
def pages(address: str) -> dict[str, str]:
    """Addresses by name: made before the browser starts."""
    empty_list = reverse("intake:quarantine")
    with scanner() as clamd:
        settings.CLAMD = clamd
        virus = send(EICAR, "faktura.txt").submission
        locked = send(attachments=[(locked_zip(), "skany.zip")]).submission
        settings.CLAMD = ""
    good = send().submission
    return {
        "list": empty_list,
        "virus": reverse("intake:details", args=[virus.pk]),
        "locked": reverse("intake:details", args=[locked.pk]),
        "good": reverse("intake:details", args=[good.pk]),
    }


@pytest.fixture
def browser() -> Iterator[Browser]:
    with screens.chromium() as found:
        yield found


def sign_in(page: Page, address: str) -> None:
    client = office.client_of(office.clerk())
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])


def test_every_screen_is_accessible_quiet_and_narrow(
    pages: dict[str, str], address: str, browser: Browser
) -> None:
    with screens.page_of(browser, address) as (page, faults):
        sign_in(page, address)
        for name, path in pages.items():
            page.goto(path)
            assert screens.axe(page) == [], name
            assert screens.sideways(page) == 0, name
            screens.shots(page, SHOTS, name)
        page.goto(pages["virus"])
        page.get_by_role("button", name="Odrzuć").click()
        assert page.get_by_text("Napisz, dlaczego odrzucasz").first.is_visible()
        assert screens.axe(page) == []
        screens.shots(page, SHOTS, "error")
        assert [fault for fault in faults.all() if "422" not in fault] == []


def test_the_mail_desk_refuses_without_javascript_and_by_keyboard(
    pages: dict[str, str], address: str, browser: Browser
) -> None:
    with screens.page_of(browser, address, javascript=False) as (page, _):
        sign_in(page, address)
        page.goto(pages["list"])
        page.get_by_role("link", name="faktura.txt").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/zlozenia/**")
        page.get_by_label("Powód").focus()
        page.keyboard.type("plik z wirusem")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.get_by_text("Odrzucono. Pliki zostają").wait_for()
        assert page.get_by_text("plik z wirusem").first.is_visible()

    assert Submission.objects.get(title="Pismo: faktura.txt").state == Submission.State.REFUSED


def test_the_empty_quarantine_is_accessible(address: str, browser: Browser) -> None:
    with screens.page_of(browser, address) as (page, faults):
        sign_in(page, address)
        page.goto(reverse("intake:quarantine"))
        assert screens.axe(page) == []
        assert faults.all() == []
