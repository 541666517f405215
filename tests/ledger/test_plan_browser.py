"""Screens of plan, contracts, bridge and purity over the books of the demonstration, in a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.conf import settings as plain_settings
from django.utils.timezone import localdate, now
from playwright.sync_api import Browser

from starostwo.ledger.models import Contract, ContractDraft, PlanDraft, Voucher
from starostwo.ledger.queries import bridge, purity
from starostwo.office import testing as office
from starostwo.office.api import Right
from starostwo.screens import testing
from starostwo.site.demo.finance import ACCOUNTANT, CHIEF, TREASURER, fill_books
from starostwo.site.demo.people import Cast

pytestmark = pytest.mark.journey
SHOTS = Path(plain_settings.ROOT) / "var" / "shots" / "plan"
PEOPLE = (
    (TREASURER, "Marek Zaręba", (Right.TREASURER, Right.READ_BOOKS)),
    (CHIEF, "Grażyna Księga", (Right.CHIEF_ACCOUNTANT, Right.KEEP_BOOKS)),
    (ACCOUNTANT, "Krystyna Saldo", (Right.KEEP_BOOKS,)),
)


@pytest.fixture
def site(committed_database: str, settings: LazySettings) -> Iterator[str]:
    with testing.serving() as address:
        settings.PUBLIC_URL, settings.CSRF_TRUSTED_ORIGINS = address, [address]
        office.make_office()
        staff = {
            login: office.make_staff(login, name, unit="FN", rights=list(rights))
            for login, name, rights in PEOPLE
        }
        fill_books(Cast(staff=staff, residents={}), now=now(), seed=7)
        yield address


@pytest.fixture
def browser() -> Iterator[Browser]:
    with testing.chromium() as found:
        yield found


def addresses() -> dict[str, str]:
    """Each page that is looked at."""
    year = localdate().year
    act = PlanDraft.objects.filter(fiscal_year__book__code="URZAD")[0]
    unit, budget = f"/urzad/plan/URZAD/{year}/", f"/urzad/plan/POWIAT/{year}/"
    return {
        "lata": "/urzad/plan/", "plan": unit, "akty": f"{unit}akty/", "akt": f"{unit}akty/1/",
        "nowy-akt": f"{unit}akty/nowy/", "roboczy": f"{unit}akty/robocze/{act.pk}/",
        "plik": f"{unit}akty/plik/", "wykonanie": f"{unit}wykonanie/",
        "dochody": f"{unit}wykonanie/?rodzaj=dochody", "wykonanie-budzetu": f"{budget}wykonanie/",
        "zaangazowanie": f"{unit}umowy/", "zgody": f"{unit}zgody/", "czystosc": f"{unit}czystosc/",
        "koniec-roku": f"{unit}jednostki/", "jednostki": f"{budget}jednostki/?do=12",
        "umowy": "/urzad/umowy/", "umowa": f"/urzad/umowy/{Contract.objects.order_by('id')[0].pk}/",
        "aneks": f"/urzad/umowy/{Contract.objects.order_by('id')[0].pk}/aneks/",
        "umowa-robocza": f"/urzad/umowy/robocze/{ContractDraft.objects.all()[0].pk}/",
    }  # fmt: skip


def test_the_screens_are_full_accessible_and_narrow(site: str, browser: Browser) -> None:
    unit = Voucher.objects.filter(journal__fiscal_year__book__code="URZAD")[0].fiscal_year
    assert purity.breaking(unit).count() == 1
    assert bridge.executed(unit)[0] > 0
    found: list[str] = []
    with testing.page_of(browser, site) as (page, faults):
        name = plain_settings.SESSION_COOKIE_NAME
        treasurer = office.Account.objects.get(login=TREASURER)
        cookie = office.client_of(treasurer).cookies[name].value
        page.context.add_cookies([{"name": name, "value": cookie, "url": site}])
        for name, address in addresses().items():
            answer = page.goto(address)
            assert answer is not None
            if answer.status != 200:
                found.append(f"{address}: {answer.status}")
            found += testing.axe(page)
            if excess := testing.sideways(page):
                found.append(f"{address} scrolls sideways by {excess}")
            testing.shots(page, SHOTS, name)
    assert found + faults.all() == []
