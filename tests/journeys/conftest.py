"""What the journeys share: a county of their own for each module, Chromium, pages signed in by role."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import override_settings
from playwright.sync_api import Browser, Page
from psycopg.conninfo import conninfo_to_dict

from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.screens import testing as screens
from starostwo.screens.testing import Faults
from tests.journeys import county as counties
from tests.journeys.county import County

SLOWEST = 30_000  # two cores may be busy with other tests
Visit = Callable[..., AbstractContextManager[tuple[Page, Faults]]]


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: Any) -> Iterator[County]:
    """A running county that this module may change as it likes; our own connection and folder are its too."""
    usual = dict(connection.settings_dict)
    with counties.running() as found, django_db_blocker.unblock(), in_folder(found.data):
        parts = conninfo_to_dict(found.cluster.url())
        connection.close()
        connection.settings_dict.update(NAME=parts["dbname"], USER=parts["user"], HOST=parts["host"])
        try:
            yield found
        finally:
            connections.close_all()
            connection.settings_dict.update(usual)


def in_folder(data: Path) -> override_settings:
    """Our own process works in this data folder."""
    return override_settings(DATA_DIR=data, FILES_DIR=data / "files", KEYS_DIR=data / "keys")


@pytest.fixture(scope="module")
def browser(county: County) -> Iterator[Browser]:
    with screens.chromium() as found:
        yield found


@pytest.fixture(scope="module")
def visit(county: County, browser: Browser) -> Visit:
    """`with visit("e.lis") as (page, faults)`: a fresh browser in which this person is signed in."""

    @contextmanager
    def visiting(login: str | None = None, **options: Any) -> Iterator[tuple[Page, Faults]]:
        with screens.page_of(browser, county.address, **options) as (page, faults):
            page.set_default_timeout(SLOWEST)
            if login:
                page.context.add_cookies([{"url": county.address, **cookie_of(login)}])
            yield page, faults

    return visiting


def cookie_of(login: str) -> Any:
    """The cookie of a session of this person: a login of the staff or a resident's name at the provider."""
    cookie = office.client_of(account_of(login)).cookies[settings.SESSION_COOKIE_NAME]
    return {"name": cookie.key, "value": cookie.value}


def account_of(login: str) -> Account:
    """Whoever signs in so."""
    return Account.objects.filter(login=login).first() or Account.objects.get(external_subject=login)
