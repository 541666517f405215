"""The screens of assets in a browser: accessible, and no wider than a narrow window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.conf import settings as plain_settings
from django.utils.timezone import localdate, now
from playwright.sync_api import Browser

from starostwo.assets.models import Asset, Attachment, Disposal, Document, Licence, Sheet, StockTake, Supply
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.screens import testing
from starostwo.site.demo.assets import fill_assets
from starostwo.site.demo.assets_in_use import live_with_assets
from starostwo.site.demo.people import set_up
from starostwo.site.demo.places import furnish
from starostwo.site.demo.stocktaking import count_assets

pytestmark = pytest.mark.journey
SHOTS = Path(plain_settings.ROOT) / "var" / "shots" / "assets"
FIXED = {
    "assets": "/urzad/majatek/", "taking": "/urzad/majatek/przyjecie/", "import": "/urzad/majatek/import/",
    "lists": "/urzad/majatek/zestawienia/", "rates": "/urzad/majatek/stawki/", "takes": "/urzad/spisy/",
    "mine": "/urzad/majatek/moje/", "supplies": "/urzad/majatek/materialy/",
    "wishes": "/urzad/majatek/zapotrzebowania/", "licences": "/urzad/majatek/licencje/",
    "disposals": "/urzad/majatek/wnioski/", "loans": "/urzad/majatek/wypozyczenia/",
    "keepers": "/urzad/majatek/opiekunowie/", "terms": "/urzad/majatek/terminy/",
}  # fmt: skip
STACKED = {"mine", "wishes", "loans", "keepers", "licence"}
WHO = {"sheet": "m.licznik", "mine": "a.nowak"}

CUT = """() => Math.max(0, ...[...document.querySelectorAll('.st-scroll')].map(
  one => one.scrollWidth - one.clientWidth))"""


@pytest.fixture
def site(committed_database: str, settings: LazySettings) -> Iterator[str]:
    with testing.serving() as address:
        settings.PUBLIC_URL, settings.CSRF_TRUSTED_ORIGINS = address, [address]
        cast = set_up(now=now(), today=localdate())
        furnish()
        fill_assets(cast, now=now(), seed=7)
        count_assets(cast, now=now())
        live_with_assets(cast, now=now())
        yield address


@pytest.fixture
def browser() -> Iterator[Browser]:
    with testing.chromium() as found:
        yield found


def addresses() -> dict[str, str]:
    """The screens of the keeper of the register, with what the demonstration holds."""
    server = Asset.objects.filter(name="Serwer").order_by("id")[0]
    with_file = Attachment.objects.order_by("id")[0].asset_id
    return FIXED | {
        "with-file": f"/urzad/majatek/{with_file}/",
        "attaching": f"/urzad/majatek/{with_file}/plik/",
        "supply": f"/urzad/majatek/materialy/{Supply.objects.order_by('id')[0].pk}/",
        "licence": f"/urzad/majatek/licencje/{Licence.objects.order_by('id')[0].pk}/",
        "disposal": f"/urzad/majatek/wnioski/{Disposal.objects.order_by('id')[0].pk}/",
        "applying": f"/urzad/majatek/wnioski/nowy/?s={server.pk}",
        "sheet-closed": f"/urzad/spisy/arkusze/{Sheet.objects.exclude(closed_at=None).order_by('id')[0].pk}/",
        "asset": f"/urzad/majatek/{server.pk}/",
        "move": f"/urzad/majatek/przeniesienie/?s={server.pk}",
        "document": f"/urzad/majatek/dokumenty/{Document.objects.filter(kind='MT')[0].pk}/",
        "take": f"/urzad/spisy/{StockTake.objects.order_by('id')[0].pk}/",
        "sheet": f"/urzad/spisy/arkusze/{Sheet.objects.filter(closed_at=None).order_by('id')[0].pk}/",
    }


def test_each_screen_is_accessible_and_narrow(site: str, browser: Browser) -> None:
    session = plain_settings.SESSION_COOKIE_NAME
    found = {}
    with testing.page_of(browser, site, width=1280) as (page, faults):
        page.set_default_timeout(60_000)
        for name, address in addresses().items():
            login = WHO.get(name, "r.regal")
            value = office.client_of(Account.objects.get(login=login)).cookies[session].value
            page.context.add_cookies([{"name": session, "value": value, "url": site}])
            page.goto(address)
            testing.shots(page, SHOTS, name)
            found[name] = (testing.axe(page), testing.sideways(page))
            if name in STACKED:
                page.set_viewport_size({"width": 360, "height": 740})
                assert page.evaluate(CUT) == 0, name
                page.set_viewport_size({"width": 1280, "height": 800})
        assert {name: said for name, said in found.items() if said != ([], 0)} == {}
        assert faults.all() == []
