"""Screens of invoices in a browser, with the invoices of the demonstration: axe, narrow windows, pictures."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.conf import settings as plain_settings
from django.utils.timezone import localdate, now
from playwright.sync_api import Browser

from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.screens import testing
from starostwo.site.demo.finance import fill_books
from starostwo.site.demo.invoices import fill_invoices
from starostwo.site.demo.people import set_up
from starostwo.treasury.models import Invoice, SaleInvoice
from starostwo.treasury.services.ksef_inbox import take_in
from tests.treasury.fa3_made import made

pytestmark = pytest.mark.journey
SHOTS = Path(plain_settings.ROOT) / "var" / "shots" / "treasury"


@pytest.fixture
def site(committed_database: str, settings: LazySettings) -> Iterator[str]:
    with testing.serving() as address:
        settings.PUBLIC_URL, settings.CSRF_TRUSTED_ORIGINS = address, [address]
        moment = now()
        cast = set_up(now=moment, today=localdate(moment))
        fill_books(cast, now=moment, seed=7)
        fill_invoices(cast, now=moment, seed=7)
        take_in(made("VAT", full=True), ksef_number="5260250274-20261103-0A1B2C3D4E5F-01", now=moment)
        yield address


@pytest.fixture
def browser() -> Iterator[Browser]:
    with testing.chromium() as found:
        yield found


def addresses() -> list[tuple[str, str, str]]:
    """Whose page, its name for the picture, its address."""
    one = {state: Invoice.objects.filter(state=state).order_by("id")[0].pk for state in
           ("NEW", "SUBSTANCE", "APPROVED", "POSTED", "BROKEN", "QUEUE")}  # fmt: skip
    checks = Invoice.objects.select_related("checker").get(pk=one["SUBSTANCE"]).checker
    full = Invoice.objects.get(ksef_number="5260250274-20261103-0A1B2C3D4E5F-01").pk
    sale = SaleInvoice.objects.order_by("id")[0].pk
    base = "/urzad/faktury/"
    assert checks is not None
    return [
        ("k.saldo", "list", base),
        ("k.saldo", "new", f"{base}{one['NEW']}/"),
        (checks.login or "", "substance", f"{base}{one['SUBSTANCE']}/"),
        ("k.saldo", "posted", f"{base}{one['POSTED']}/"),
        ("k.saldo", "broken", f"{base}{one['BROKEN']}/"),
        ("k.saldo", "queue", f"{base}{one['QUEUE']}/"),
        ("k.saldo", "full", f"{base}{full}/"),
        ("k.saldo", "posting", f"{base}{one['APPROVED']}/dekretacja/"),
        ("k.saldo", "by-hand", f"{base}nowa/"),
        ("k.saldo", "ksef", f"{base}ksef/"),
        ("k.saldo", "sales", f"{base}sprzedaz/"),
        ("k.saldo", "new-sale", f"{base}sprzedaz/nowa/"),
        ("k.saldo", "sale", f"{base}sprzedaz/{sale}/"),
        ("k.saldo", "correction", f"{base}sprzedaz/{sale}/korekta/"),
        ("m.zareba", "vat", f"{base}vat/"),
        ("m.zareba", "share", f"{base}vat/wspolczynnik/"),
    ]


def test_the_screens_are_accessible_and_fit_a_phone(site: str, browser: Browser) -> None:
    name = plain_settings.SESSION_COOKIE_NAME
    wrong: list[str] = []
    for login, picture, address in addresses():
        session = office.client_of(Account.objects.get(login=login)).cookies[name].value
        with testing.page_of(browser, site) as (page, faults):
            page.context.add_cookies([{"name": name, "value": session, "url": site}])
            answer = page.goto(address)
            if answer is None or answer.status != 200:
                wrong.append(f"{address}: {answer and answer.status}")
                continue
            wrong += testing.axe(page) + faults.all()
            if excess := testing.sideways(page):
                wrong.append(f"{address}: {excess} px sideways")
            testing.shots(page, SHOTS, picture)
    assert wrong == []
