"""Labels that scanners read again at 203 dpi, and lists of the register as PDF and XLSX."""

import json
from datetime import date
from io import BytesIO

import pytest
import typst
import zxingcpp
from django.test import Client
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from starostwo.assets import testing as assets
from starostwo.assets.labels import TEMPLATE, label_values
from starostwo.assets.models import Asset
from starostwo.assets.rules.kinds import WAYS_OUT
from starostwo.assets.services import depreciation
from starostwo.assets.services.documents import liquidate
from starostwo.assets.testing import NOW, TODAY, taken
from starostwo.office import testing as office
from starostwo.office.models import Account

pytestmark = pytest.mark.django_db
LIST = "/urzad/majatek/"
PRINTER = 203  # dots an inch


@pytest.fixture
def manager() -> Client:
    office.make_office()
    return office.client_of(Account.objects.get(pk=assets.manager().account_id))


@pytest.mark.parametrize(("single", "count"), [(True, 1), (False, 5)])
def test_both_codes_of_each_label_are_read_at_203_dpi(manager: Client, single: bool, count: int) -> None:
    for _ in range(count):
        taken(name="Urządzenie wielofunkcyjne Żółw", kind="LOW", value=500_00)
    things = list(Asset.objects.order_by("id"))
    values = json.dumps(label_values(things, single=single), ensure_ascii=False)
    png = typst.compile(
        str(TEMPLATE), root=str(TEMPLATE.parent), format="png", ppi=PRINTER, ignore_system_fonts=True,
        sys_inputs={"data": values},
    )  # fmt: skip
    assert isinstance(png, bytes)
    found = zxingcpp.read_barcodes(Image.open(BytesIO(png)).convert("L"))
    for code in (zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128):
        assert sorted(one.text for one in found if one.format == code) == [one.number for one in things], code


def test_labels_of_the_chosen_or_of_the_found_come_as_pdf(manager: Client) -> None:
    first = taken()
    for _ in range(25):
        taken(kind="LOW", value=500_00, name="Krzesło")
    pages = [
        (f"etykiety.pdf?s={first.pk}&uklad=pojedyncze", 1), ("etykiety.pdf?rodzaj=LOW", 2),
    ]  # fmt: skip
    for address, count in pages:
        assert len(PdfReader(BytesIO(manager.get(LIST + address).content)).pages) == count
    assert manager.get(f"{LIST}etykiety.pdf?q=qqqq").status_code == 404
    assert office.client_of(office.anna()).get(f"{LIST}etykiety.pdf").status_code == 404


def test_lists_name_what_stands_where_and_who_keeps_it(manager: Client) -> None:
    mine, other = taken(name="Serwer"), taken(name="Biurko", keeper=office.jan().pk, kind="LOW", value=900_00)
    far = taken(name="Szafa", place=office.make_place("DLUGA/0/001").pk, keeper=office.jan().pk)
    held = {
        "ksiega.pdf?stan=": {mine, other, far},
        "ksiega.pdf?rodzaj=LOW": {other},
        "pomieszczenie.pdf?miejsce=SADOWA/1/105": {mine, other},
        f"karta.pdf?osoba={office.jan().pk}": {other, far},
    }
    for address, expected in held.items():
        content = manager.get(f"{LIST}zestawienia/{address}").content
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
        assert {one for one in (mine, other, far) if one.name in text} == expected, address
    sheet = load_workbook(BytesIO(manager.get(f"{LIST}zestawienia/ksiega.xlsx").content)).active
    assert sheet is not None
    assert sum(1 for row in sheet.iter_rows(values_only=True) if str(row[1]).startswith(("ST/", "PST/"))) == 3


def test_everybody_prints_his_own_card_and_nothing_of_others(manager: Client) -> None:
    mine, other = taken(name="Serwer"), taken(name="Biurko", keeper=office.jan().pk)
    client = office.client_of(office.anna())
    for address in ("karta.pdf", f"karta.pdf?osoba={office.jan().pk}", "ksiega.pdf"):
        content = client.get(f"{LIST}zestawienia/{address}").content
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
        assert other.name not in text
        assert (mine.name in text) == ("osoba" not in address)


@pytest.mark.parametrize("group", ["kst", "miejsca", "osoby", "rodzaje"])
def test_sums_are_those_of_the_documents_up_to_the_day(manager: Client, group: str) -> None:
    taken(date(2026, 3, 10))
    depreciation.write_off(date(2026, 10, 1), actor=assets.manager(), today=TODAY, now=NOW)
    taken(date(2026, 11, 20))
    for day, value, off in (
        ("30.09.2026", 24_000, 0),
        ("31.10.2026", 24_000, 4_200),
        ("23.11.2026", 48_000, 4_200),
    ):
        answer = manager.get(f"{LIST}zestawienia/{group}.xlsx?dzien={day}")
        sheet = load_workbook(BytesIO(answer.content)).active
        assert sheet is not None
        *_, total = sheet.iter_rows(values_only=True)
        assert (total[0], total[2], total[3]) == ("Razem", value, off)


def test_sums_go_by_surname_and_count_what_is_still_in_use(manager: Client) -> None:
    gone, _, _, _ = (taken(keeper=who) for who in (office.jan().pk, office.anna().pk, office.jan().pk, None))
    liquidate(
        [gone.pk], assets.header(), way=next(iter(WAYS_OUT)), actor=assets.manager(), today=TODAY, now=NOW
    )
    answer = manager.get(f"{LIST}zestawienia/osoby.xlsx?dzien=23.11.2026")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    rows = [row[:2] for row in sheet.iter_rows(values_only=True) if isinstance(row[1], int)]
    assert rows == [("Jan Kos", 1), ("Anna Nowak", 1), ("nie podano", 1)]


def test_unknown_lists_are_not_there(manager: Client) -> None:
    for address in ("nic.pdf", "ksiega.doc", "karta.pdf?osoba=999999"):
        assert manager.get(f"{LIST}zestawienia/{address}").status_code == 404
    assert manager.get(f"{LIST}zestawienia/").status_code == 200
