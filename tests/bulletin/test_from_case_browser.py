"""The redaction map in a browser: by keyboard alone, on the narrowest screen, without anything axe minds."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.conf import settings as plain_settings
from django.db import connection
from playwright.sync_api import Browser, expect

from starostwo.bulletin.models import Redaction, Version
from starostwo.office import testing as office
from starostwo.screens import testing
from tests.bulletin.test_from_case import a_decision, a_rule

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with testing.chromium() as browser:
        yield browser


@pytest.fixture
def address(
    committed_database: str,
    django_db_blocker: pytest.FixtureRequest,
    settings: LazySettings,
    tmp_path: Path,
) -> Iterator[str]:
    """Where Anna proposes her decision; the server stands beside."""
    with django_db_blocker.unblock(), testing.serving() as site:  # type: ignore[attr-defined]
        settings.CSRF_TRUSTED_ORIGINS = [site]
        settings.DATA_DIR = tmp_path
        office.make_office()
        office.make_unit("ST", name="Starosta")
        a_rule()
        with ThreadPoolExecutor(1) as beside:  # the browser keeps an event loop in this thread
            mark, document_id = beside.submit(_signed).result()
        yield f"{site}/urzad/sprawy/{mark}/bip/dokument-{document_id}/"


def _signed() -> tuple[str, int]:
    document = a_decision()
    connection.close()
    return document.case.mark, document.pk


def test_a_decision_is_redacted_and_proposed_by_keyboard(address: str, browser: Browser) -> None:
    site, name = address.partition("/urzad")[0], plain_settings.SESSION_COOKIE_NAME
    session = office.client_of(office.anna()).cookies[name].value
    with testing.page_of(browser, site, width=1920) as (page, faults):
        page.context.add_cookies([{"name": name, "value": session, "url": site}])
        page.goto(address)
        assert testing.axe(page) == []
        assert testing.sideways(page) == 0
        keep = page.get_by_label("Zostaw: Piotra", exact=True)
        keep.focus()
        page.keyboard.press("Space")
        expect(keep).to_be_checked()
        page.get_by_role("button", name="Przekaż do BIP").press("Enter")
        expect(page.locator(".govuk-error-summary")).to_contain_text("dlaczego wolno ujawnić: Piotra")
        assert testing.axe(page) == []
        reason = page.get_by_label("Dlaczego wolno ujawnić: Piotra", exact=True)
        reason.focus()
        page.keyboard.type("pełni funkcję publiczną")
        page.get_by_role("button", name="Sprawdź i pokaż podgląd").press("Enter")
        expect(page.locator("#podglad")).to_contain_text("Decyzja dla Piotra [wyłączono: dane osoby]")
        page.set_viewport_size({"width": 360, "height": 740})
        page.get_by_role("button", name="Przekaż do BIP").press("Enter")
        expect(page.locator("main")).to_contain_text("czeka na zatwierdzenie")
        assert faults.all() == []
    assert Version.objects.get().title == "Decyzja dla Piotra [wyłączono: dane osoby]"
    assert Redaction.objects.get(is_kept=True).reason == "pełni funkcję publiczną"
