"""From a purchase to the end of a stock-taking that a phone counts with its camera, offline in between."""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import typst
from django.conf import LazySettings
from django.conf import settings as plain_settings
from django.test import Client
from django.utils.timezone import localdate, now
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import BrowserContext, Page

from starostwo.assets import testing as assets
from starostwo.assets.labels import TEMPLATE, label_values
from starostwo.assets.models import Asset, CountLine, Difference, Document, Sheet, StockTake
from starostwo.assets.services.catalogue import load_classes
from starostwo.ledger import testing as ledger
from starostwo.office import testing as office
from starostwo.office.api import Right
from starostwo.office.models import Account
from starostwo.screens import testing

pytestmark = pytest.mark.journey
REGISTER, TAKES = "/urzad/majatek/", "/urzad/spisy/"
WIDTH, HEIGHT, A_SECOND, SHOWN, BLANK = 640, 480, 4, 6, 2
SHOTS = Path(plain_settings.ROOT) / "var" / "shots" / "assets"


@pytest.fixture
def site(committed_database: str, settings: LazySettings) -> Iterator[str]:
    with testing.serving() as address:
        settings.PUBLIC_URL, settings.CSRF_TRUSTED_ORIGINS = address, [address]
        office.make_office()
        ledger.make_year()
        load_classes(now=now())
        for room in ("SADOWA/1/105", "SADOWA/1/106"):
            office.make_place(room)
        yield address


def counter(login: str, name: str) -> Account:
    return office.make_staff(login, name, unit="IF", rights=[Right.COUNT_ASSETS])


def bought(keeper: Client) -> list[Asset]:
    """Four monitors of one invoice, by one OT on the screen."""
    told = {
        "kind": "LOW", "name": "Monitor", "value": "900,00", "kst_code": "", "origin": "PURCHASE",
        "happened_on": f"{localdate():%d.%m.%Y}", "text": "faktura FV 7/2026",
        "place": office.make_place("SADOWA/1/105").path, "keeper": office.anna().name, "user": "",
        "count": "4", "quantity": "1",
    }  # fmt: skip
    assert keeper.post(f"{REGISTER}przyjecie/", told).status_code == 302
    return list(Asset.objects.order_by("position"))


def moved(keeper: Client, asset: Asset) -> None:
    told = {
        "s": asset.pk, "place": office.make_place("SADOWA/1/106").path, "keeper": office.anna().name,
        "user": "", "happened_on": f"{localdate():%d.%m.%Y}", "text": "przeprowadzka",
    }  # fmt: skip
    assert keeper.post(f"{REGISTER}przeniesienie/", told).status_code == 302


def ordered(keeper: Client, team: list[Account]) -> Sheet:
    said = {"kind": "FULL", "order": "zarządzenie 9/2026", "ordered_on": f"{localdate():%d.%m.%Y}"}
    keeper.post(TAKES, said)
    take = StockTake.objects.get()
    field = {"place": office.make_place("SADOWA/1").path, "team": [one.pk for one in team]}
    assert keeper.post(f"{TAKES}{take.pk}/", field).status_code == 302
    keeper.post(f"{TAKES}{take.pk}/poczatek/")
    return Sheet.objects.get()


def film(things: list[Asset], file: Path) -> Path:
    """What a phone sees: the printed label of each thing for a while, then nothing, over and over."""
    grey = bytes([128]) * (WIDTH * HEIGHT // 2)
    frames = []
    for thing in things:
        values = json.dumps(label_values([thing], single=True), ensure_ascii=False)
        png = typst.compile(
            str(TEMPLATE), root=str(TEMPLATE.parent), format="png", ppi=203, ignore_system_fonts=True,
            sys_inputs={"data": values},
        )  # fmt: skip
        assert isinstance(png, bytes)
        label, wall = Image.open(BytesIO(png)).convert("L"), Image.new("L", (WIDTH, HEIGHT), 200)
        empty = wall.tobytes()
        wall.paste(label, ((WIDTH - label.width) // 2, (HEIGHT - label.height) // 2))
        frames += [wall.tobytes()] * SHOWN + [empty] * BLANK
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{A_SECOND}:1 Ip A1:1 C420jpeg\n".encode()
    file.write_bytes(head + b"".join(b"FRAME\n" + frame + grey for frame in frames))
    return file


def sign_in(context: BrowserContext, account: Account, site: str) -> None:
    session = plain_settings.SESSION_COOKIE_NAME
    value = office.client_of(account).cookies[session].value
    context.add_cookies([{"name": session, "value": value, "url": site}])


def count_offline(page: Page, seen: int) -> None:
    """The first label with a network, the others without one; a reload meanwhile loses nothing."""
    page.get_by_text("Strona działa też bez sieci.").wait_for()
    testing.shots(page, SHOTS, "counter")
    assert testing.axe(page) == []
    assert testing.sideways(page) == 0
    page.get_by_label("Gdzie teraz liczysz").select_option(str(office.make_place("SADOWA/1/105").pk))
    page.get_by_role("button", name="Włącz aparat").click()
    page.locator("#odczyty li", has_text="zapisano").first.wait_for(timeout=20_000)
    page.context.set_offline(True)
    page.get_by_text(f"W kolejce: {seen - 1}.").wait_for(timeout=20_000)
    page.get_by_text("już policzono").wait_for(timeout=20_000)
    testing.shots(page, SHOTS, "counter-offline")
    page.reload()
    page.get_by_text("Brak sieci: odczyty czekają w urządzeniu.").wait_for()
    page.get_by_text(f"W kolejce: {seen - 1}.").wait_for()
    assert CountLine.objects.count() == 1
    page.context.set_offline(False)
    page.get_by_text("W kolejce: 0.").wait_for(timeout=20_000)


def decided(keeper: Client, take: StockTake) -> None:
    """A shortage leaves by LT; what stood elsewhere is moved by MT to where it was found."""
    for one in Difference.objects.filter(stock_take=take):
        decision = {"SHORTAGE": "LIQUIDATE", "MISPLACED": "MOVE"}[one.kind]
        told = {"decision": decision, "explanation": "ustaliła komisja"}
        assert keeper.post(f"{TAKES}roznice/{one.pk}/", told).status_code == 302
    keeper.post(f"{TAKES}{take.pk}/zakonczenie/")


@pytest.mark.law("u.o.r. art. 26 ust. 1 pkt 1")
def test_from_purchase_to_the_book_through_a_count_by_camera(site: str, tmp_path: Path) -> None:
    keeper = office.client_of(Account.objects.get(pk=assets.manager().account_id))
    team = [counter("m.licznik", "Maria Licznik"), counter("j.karta", "Jacek Karta")]
    here, there, lost, strayed = bought(keeper)
    labels = keeper.get(f"{REGISTER}etykiety.pdf", {"s": [one.pk for one in (here, there, strayed)]})
    assert labels["Content-Type"] == "application/pdf"
    moved(keeper, strayed)
    sheet = ordered(keeper, team)
    seen = [here, there, strayed]
    camera = film(seen, tmp_path / "labels.y4m")
    flags = [
        "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={camera}",
    ]  # fmt: skip
    with testing.chromium(*flags) as browser, testing.page_of(browser, site, width=360) as (page, faults):
        sign_in(page.context, team[0], site)
        page.goto(f"{TAKES}arkusze/{sheet.pk}/licznik/")
        count_offline(page, len(seen))
        assert faults.outside == []
    lines = CountLine.objects.order_by("asset__position").values_list(
        "asset__number", "outcome", "place__path"
    )
    room = "SADOWA/1/105"
    assert list(lines) == [
        (here.number, "AGREED", room), (there.number, "AGREED", room), (strayed.number, "ELSEWHERE", room),
    ]  # fmt: skip
    person = office.client_of(team[0])
    person.post(f"{TAKES}arkusze/{sheet.pk}/zamkniecie/")
    take = StockTake.objects.get()
    keeper.post(f"{TAKES}{take.pk}/rozliczenie/")
    decided(keeper, take)
    take.refresh_from_db()
    assert take.state == "CLOSED"
    assert list(Document.objects.order_by("id").values_list("kind", flat=True))[:2] == ["OT", "MT"]
    assert sorted(Document.objects.values_list("kind", flat=True)) == ["LT", "MT", "MT", "OT"]
    agree(keeper, lost, strayed)


def agree(keeper: Client, lost: Asset, strayed: Asset) -> None:
    """The register, the papers and the inventory book say the same."""
    lost.refresh_from_db()
    strayed.refresh_from_db()
    assert (lost.state, strayed.place.path if strayed.place else "") == ("LIQUIDATED", "SADOWA/1/105")
    answer = keeper.get(f"{REGISTER}zestawienia/ksiega.xlsx", {"stan": "IN_USE"})
    rows = [row for row in load_workbook(BytesIO(answer.content)).active.values if row[1]]
    kept = Asset.objects.filter(state="IN_USE").order_by("position").values_list("number", flat=True)
    assert [row[1] for row in rows if str(row[1]).startswith("PST/")] == list(kept)
    for document in Document.objects.all():
        paper = keeper.get(f"{REGISTER}dokumenty/{document.pk}/dokument.pdf")
        assert paper.content.startswith(b"%PDF")
        (SHOTS / f"paper-{document.kind}-{document.pk}.pdf").write_bytes(paper.content)
