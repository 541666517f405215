"""The bulletin in a real browser: accessible, at 320 px, without scripts, and on paper."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.timezone import now

from starostwo.bulletin.services import publishing, sections, withdrawal
from starostwo.office import testing as office
from starostwo.screens import testing as screens
from tests.bulletin.makers import editor, next_version, published
from tests.bulletin.test_declaration import FORM

PAGES = (
    *(
        "",
        "menu/",
        "rejestr-zmian/",
        "dzial/programy/",
        "szukaj/?q=raport",
        "szukaj/?q=qqqq",
        "otwarte-dane/",
    ),
    *("deklaracja-dostepnosci/", "rejestr/obwieszczenie/", "statystyka/", "instrukcja/"),
)


@pytest.fixture
def addresses(committed_database: str, settings: object, tmp_path: Path) -> list[str]:
    """Addresses of a bulletin with an information in two versions, a notice and a withdrawn one."""
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    settings.LOG_DIR = tmp_path / "log"  # type: ignore[attr-defined]
    settings.FILES_DIR = tmp_path / "files"  # type: ignore[attr-defined]
    office.make_office()
    moment = now()
    sections.plant_tree(actor=editor(), now=moment)
    item = published(now=moment - timedelta(days=2), text="## A\n\n| Rok | Km |\n|---|---|\n| 2026 | 12 |")
    next_version(item, now=moment, text="## A\n\nNowy **tekst**.", change_reason="Poprawka")
    published(now=moment, kind="obwieszczenie", fields={"mark": "GN.6821.3.2026", "organ": "Starosta"})
    gone = published(now=moment)
    withdrawal.withdraw(gone.pk, actor=editor(), reason="Pomyłka.", now=moment)
    publishing.publish(actor="system", now=moment, today=moment.date())
    client = office.client_of(office.Account.objects.get(pk=editor().account_id))
    client.post("/urzad/bip/deklaracja-dostepnosci/", FORM)
    here = f"informacja/{item.pk}/"
    return [*PAGES, here, f"{here}wersja/1/", f"{here}wersja/2/zmiany/", f"informacja/{gone.pk}/"]


def test_public_pages_are_accessible_without_scripts_and_on_a_phone(addresses: list[str]) -> None:
    found: list[str] = []
    with (
        screens.serving() as site,
        screens.chromium() as browser,
        screens.page_of(browser, site, width=1280) as (page, faults),
        screens.page_of(browser, site, width=360, javascript=False) as (bare, _),
    ):
        for address in addresses:
            page.goto(f"/bip/{address}")
            found += screens.axe(page)
            if excess := screens.sideways(page):
                found.append(f"{address} scrolls sideways by {excess}")
            bare.goto(f"/bip/{address}")
            assert bare.locator("h1").count() == 1, address
        found += [fault for fault in faults.all() if "410" not in fault]
    assert found == []


def test_on_paper_there_is_the_text_with_its_metadata_and_address(addresses: list[str]) -> None:
    address = next(one for one in addresses if one.startswith("informacja/"))
    with (
        screens.serving() as site,
        screens.chromium() as browser,
        screens.page_of(browser, site) as (page, _),
    ):
        page.goto(f"/bip/{address}")
        page.emulate_media(media="print")
        shown = page.locator("body").inner_text()

        assert "Raport o stanie powiatu" in shown
        assert "Metryczka" in shown
        assert f"/bip/{address}" in shown
        for part in (".st-front", ".st-aside", ".st-trail"):
            assert not page.locator(part).first.is_visible()
