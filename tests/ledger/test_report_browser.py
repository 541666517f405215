"""Reports in a real browser: accessible, without sideways scroll at 320 px, a cell opened by the keyboard."""

import pytest
from django.conf import settings as plain_settings

from starostwo.ledger import testing as ledger
from starostwo.ledger.models import Report
from starostwo.ledger.queries.reports import form_for
from starostwo.ledger.rules.vouchers import Entry
from starostwo.ledger.services import reports
from starostwo.office import testing as office
from starostwo.screens import testing as screens

pytestmark = pytest.mark.journey
AT = "/urzad/sprawozdania/"


@pytest.fixture
def addresses(committed_database: str) -> list[str]:
    office.make_office()
    year = ledger.make_year()
    ledger.plan(year, amount=1000_00)
    place = ledger.spending().pk
    paid = [
        Entry(ledger.account(year, "402"), debit=400_00),
        Entry(ledger.account(year, "130-2"), credit=400_00, classification=place),
    ]
    ledger.posted(year, ledger.voucher(paid))
    form = form_for("rb-28s", 2026, 11)
    boss = ledger.treasurer()
    reports.add_unit("Zarząd Dróg Powiatowych", "100000001", actor=boss, now=ledger.NOW)
    made = reports.approve(form, year, 11, remark="Bez umów.", actor=boss, now=ledger.NOW)
    assert Report.objects.count() == 1
    return [
        f"{AT}?rok=2026&miesiac=11", f"{AT}{year.pk}/rb-28s/11/", f"{AT}{year.pk}/bilans/12/",
        f"{AT}{year.pk}/rb-28s/11/750.75020.4300/WW/", f"{AT}zatwierdzone/", f"{AT}zatwierdzone/{made.pk}/",
        f"{AT}przyslane/", f"{AT}jednostki/", f"{AT}laczne/rb-28s/2026/11/",
    ]  # fmt: skip


def test_reports_are_accessible_and_fit_a_phone(addresses: list[str]) -> None:
    name = plain_settings.SESSION_COOKIE_NAME
    value = office.client_of(office.Account.objects.get(login="w.skarb")).cookies[name].value
    found: list[object] = []
    with (
        screens.serving() as site,
        screens.chromium() as browser,
        screens.page_of(browser, site, width=1280) as (page, faults),
        screens.page_of(browser, site, width=320) as (phone, _),
    ):
        for one in (page, phone):
            one.context.add_cookies([{"name": name, "value": value, "url": site}])
        for address in addresses:
            page.goto(address)
            found += screens.axe(page)
            phone.goto(address)
            found += [address] * bool(screens.sideways(phone))
        page.goto(addresses[3])
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url("**/urzad/ksiegi/dowody/**")
        found += faults.all()
    assert found == []
