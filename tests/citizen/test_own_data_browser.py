"""Own data and leaving in a real browser: readable on a phone, accessible, and the file really comes."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser

from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.screens import testing
from tests.records.document_makers import make_online_case

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with testing.chromium() as browser:
        yield browser


@pytest.fixture
def site(
    committed_database: str, django_db_blocker: pytest.FixtureRequest, settings: LazySettings
) -> Iterator[str]:
    with django_db_blocker.unblock(), testing.serving() as address:  # type: ignore[attr-defined]
        settings.CSRF_TRUSTED_ORIGINS = [address]
        office.make_office()
        office.piotr()
        make_online_case(resident=office.maria())
        yield address


@pytest.mark.parametrize("width", [1920, 360])
def test_a_resident_takes_his_data_and_leaves(site: str, browser: Browser, width: int) -> None:
    with testing.page_of(browser, site, width=width) as (page, faults):
        for who in (office.maria(), office.piotr()):
            key = office.client_of(who).cookies["sessionid"].value
            page.context.add_cookies([{"name": "sessionid", "value": key, "url": site}])
            for address in ("/eboi/konto/", "/eboi/konto/usuniecie/"):
                page.goto(address)
                assert testing.axe(page) == []
                assert testing.sideways(page) == 0
        page.goto("/eboi/konto/")
        with page.expect_download() as file:
            page.click("text=Pobierz moje dane")
        assert file.value.suggested_filename == "moje-dane.zip"
        page.click("text=Co zostanie usunięte")
        page.click("text=Usuń konto na zawsze")
        page.wait_for_selector("text=Konto zostało usunięte")
        assert faults.all() == []
    assert not Account.objects.get(family_name="Wrona").is_active
