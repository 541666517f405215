"""The screens of bank, cash and claims in a browser: accessible, and no wider than a narrow window."""

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
from starostwo.site.demo.bank import fill_bank
from starostwo.site.demo.finance import fill_books
from starostwo.site.demo.people import set_up
from tests.journeys.finance_pages import of_the_bank

pytestmark = pytest.mark.journey
SHOTS = Path(plain_settings.ROOT) / "var" / "shots" / "treasury"
FIXED = {
    "payments": "/urzad/bank/przelewy/?stan=", "files": "/urzad/bank/paczki/",
    "statements": "/urzad/bank/wyciagi/",
    "desks": "/urzad/kasa/", "claims": "/urzad/naleznosci/", "new-claim": "/urzad/naleznosci/nowa/",
    "interest": "/urzad/naleznosci/odsetki/?kind=COMMERCE&principal=900&due_on=1.06.2025&paid_on=1.02.2026",
}  # fmt: skip


@pytest.fixture
def site(committed_database: str, settings: LazySettings) -> Iterator[str]:
    with testing.serving() as address:
        settings.PUBLIC_URL, settings.CSRF_TRUSTED_ORIGINS = address, [address]
        cast = set_up(now=now(), today=localdate())
        fill_books(cast, now=now(), seed=7)
        fill_bank(cast, now=now())
        yield address


@pytest.fixture
def browser() -> Iterator[Browser]:
    with testing.chromium() as found:
        yield found


def addresses() -> dict[str, str]:
    """The screens of the accountant, with what the demonstration holds."""
    given = of_the_bank()
    order, account = given["treasury:payment"], given["treasury:owed"]
    statement, operation = given["treasury:statement"], given["treasury:operation"]
    desk, report, claim = given["treasury:cash_desk"], given["treasury:cash_report"], given["treasury:claim"]
    return FIXED | {
        "payment": f"/urzad/bank/przelewy/{order['order_id']}/",
        "owed": f"/urzad/bank/rachunki/{account['account_id']}/zobowiazania/",
        "virtual": f"/urzad/bank/rachunki/{account['account_id']}/wirtualne/",
        "statement": f"/urzad/bank/wyciagi/{statement['statement_id']}/",
        "operation": f"/urzad/bank/operacje/{operation['operation_id']}/",
        "desk": f"/urzad/kasa/{desk['desk_id']}/",
        "forms": f"/urzad/kasa/{desk['desk_id']}/druki/",
        "report": f"/urzad/kasa/raporty/{report['report_id']}/",
        "claim": f"/urzad/naleznosci/{claim['book_id']}/{claim['claim_id']}/",
    }


def test_each_screen_is_accessible_and_narrow(site: str, browser: Browser) -> None:
    session = plain_settings.SESSION_COOKIE_NAME
    value = office.client_of(Account.objects.get(login="k.saldo")).cookies[session].value
    found = {}
    with testing.page_of(browser, site, width=1280) as (page, faults):
        page.set_default_timeout(60_000)
        page.context.add_cookies([{"name": session, "value": value, "url": site}])
        for name, address in addresses().items():
            page.goto(address)
            testing.shots(page, SHOTS, name)
            found[name] = (testing.axe(page), testing.sideways(page))
        assert {name: said for name, said in found.items() if said != ([], 0)} == {}
        assert faults.all() == []
