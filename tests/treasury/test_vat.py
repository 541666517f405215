"""VAT: shares with dates, registers by unit and merged, marks, the file."""

from datetime import date

import pytest
from lxml import etree
from pytest_django.fixtures import Settings

from starostwo.ledger import testing as ledger
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.treasury import testing as treasury
from starostwo.treasury.models import Invoice, VatShare
from starostwo.treasury.queries.vat import month_of
from starostwo.treasury.rules import jpk_v7, vat
from starostwo.treasury.rules.vat import deducted, mark
from starostwo.treasury.services import invoice_path as path
from starostwo.treasury.services import invoice_units, sales
from tests.treasury.test_sales import HALL

NOW, TODAY, NOVEMBER = treasury.NOW, treasury.TODAY, date(2026, 11, 1)


@pytest.mark.law("ustawa o VAT art. 86 ust. 2a")
@pytest.mark.law("ustawa o VAT art. 90 ust. 3")
@pytest.mark.parametrize(
    ("tax", "pre", "proportion", "left", "why"),
    [
        (230_00, None, None, 230_00, "no share: all"),
        (230_00, 10, None, 23_00, "the pre-proportion alone"),
        (230_00, 10, 50, 11_50, "one after the other"),
        (1_01, 50, None, 51, "half a grosz goes up"),
        (230_00, 0, 90, 0, "nothing is taxed"),
        (-23_00, 10, 50, -1_15, "a correction takes back"),
    ],
)
def test_what_is_deducted(tax: int, pre: int | None, proportion: int | None, left: int, why: str) -> None:
    assert deducted(tax, pre=pre, proportion=proportion) == left, why


def test_marks() -> None:
    assert mark(ksef_number="1-2") == "NrKSeF"
    assert mark(ksef_number="", is_offline=True) == "OFF"
    assert mark(ksef_number="") == "BFK"
    assert mark(ksef_number="", is_invoice=False) == "DI"


def approved(invoice: Invoice) -> None:
    path.send(invoice.pk, treasury.checker().account_id, remark="", actor=ledger.accountant(), now=NOW)
    for actor in (treasury.checker(), ledger.accountant(), ledger.chief()):
        path.accept(invoice.pk, remark="", actor=actor, now=NOW)


def share(unit_id: int, kind: str, percent: int, since: date = date(2026, 1, 1)) -> VatShare:
    return invoice_units.set_share(
        unit_id, kind=kind, percent=percent, valid_from=since, source="zarządzenie", now=NOW,
        actor=ledger.treasurer(),
    )  # fmt: skip


@pytest.fixture
def month(db: None, settings: Settings) -> None:
    settings.KSEF_NIP, settings.KSEF_NAME = treasury.NIP, "Powiat Zgierski"
    settings.KSEF_ADDRESS, settings.KSEF_URL = "ul. Sadowa 6a", ""
    office.make_office()
    unit, school = treasury.make_unit(), treasury.make_unit("ZS1", idwew=treasury.SCHOOL)
    approved(treasury.received())
    approved(treasury.received(treasury.for_school(), ksef_number="5260250274-20261116-1A1B2C3D4E5F-00"))
    waiting = treasury.invoice_xml("FV 3")
    treasury.received(waiting, ksef_number="5260250274-20261116-2A1B2C3D4E5F-00")
    share(unit.pk, "PRE", 10)
    share(school.pk, "PRE", 40)
    share(school.pk, "PROP", 50)
    said = sales.NewSale(unit_id=unit.pk, buyer=treasury.SUPPLIER, lines=[HALL], sold_on=TODAY)
    sales.issue(said, actor=ledger.accountant(), today=TODAY, now=NOW)


@pytest.mark.law("ustawa o VAT art. 109 ust. 3")
def test_registers_of_units_and_of_the_county(month: None) -> None:
    found = month_of(NOVEMBER, actor=ledger.treasurer())

    assert [
        (u.unit.code, u.due, u.tax, u.deducted) for u in sorted(found.units, key=lambda u: u.unit.code)
    ] == [
        ("URZAD", 69_00, 230_00, 23_00),
        ("ZS1", 0, 230_00, 46_00),
    ]
    assert (found.due, found.deducted) == (69_00, 69_00)
    assert [row.mark for row in found.sales] == ["OFF"]
    assert month_of(date(2026, 10, 1), actor=ledger.treasurer()).purchases == []


def test_a_share_ends_when_the_next_begins(month: None) -> None:
    unit = treasury.make_unit()
    share(unit.pk, "PRE", 20, since=date(2026, 12, 1))

    assert month_of(NOVEMBER, actor=ledger.treasurer(), unit=unit.pk).deducted == 23_00
    with pytest.raises(invoice_units.ShareIsThere):
        share(unit.pk, "PRE", 30, since=date(2026, 11, 1))
    with pytest.raises(invoice_units.MayNotSetUp):
        invoice_units.set_share(
            unit.pk, kind="PRE", percent=1, valid_from=date(2027, 1, 1), source="x", now=NOW,
            actor=ledger.accountant(),
        )  # fmt: skip


def test_the_file_has_rows_controls_and_marks(month: None) -> None:
    client = office.client_of(Account.objects.get(login="w.skarb"))
    tree = etree.fromstring(client.get("/urzad/faktury/vat/jpk/?miesiac=2026-11").content)

    assert tree.findtext("Ewidencja/SprzedazCtrl/PodatekNalezny") == "69.00"
    assert tree.findtext("Ewidencja/ZakupCtrl/LiczbaWierszyZakupow") == "2"
    assert tree.findtext("Ewidencja/ZakupCtrl/PodatekNaliczony") == "69.00"
    assert tree.findtext("Deklaracja/PozycjeSzczegolowe/P_38") == "69"
    assert client.get("/urzad/faktury/vat/jpk/?miesiac=2026-11&przeniesienie=x").status_code == 404
    assert tree.findtext("Ewidencja/SprzedazWiersz/OFF") == "1"
    assert tree.findtext("Ewidencja/SprzedazWiersz/K_19") == "300.00"
    assert tree.findtext("Ewidencja/ZakupWiersz/NrKSeF", default="").startswith("5260250274-")


@pytest.mark.law("ustawa o VAT art. 99 ust. 1")
@pytest.mark.parametrize(
    ("tax", "deducted", "carried", "fields", "why"),
    [
        (69_49, 20_00, 0, {"P_38": 69, "P_43": 20, "P_48": 20, "P_51": 49}, "the rest is paid"),
        (69_50, 20_00, 60_00, {"P_38": 70, "P_39": 60, "P_48": 80, "P_51": 0, "P_53": 10, "P_62": 10},
         "what is more than the output tax is carried on"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_the_declaration(tax: int, deducted: int, carried: int, fields: dict[str, int], why: str) -> None:
    day = date(2026, 11, 5)
    sale = vat.Row(1, "", "Nabywca", "FS/1", day, day, {"23": (300_00, tax), "zw": (50_00, 0)}, "BFK")
    bought = vat.Row(1, "", "Sprzedawca", "FV/1", day, day, {"23": (100_00, 23_00)}, "BFK")
    found = jpk_v7.declared([sale], [(bought, deducted)], carried)
    assert fields.items() <= found.items(), why
    assert (found["P_10"], found["P_19"], found["P_37"]) == (50, 300, 350)


def test_registers_and_set_up_on_the_screen(month: None) -> None:
    client = office.client_of(Account.objects.get(login="w.skarb"))
    page = client.get("/urzad/faktury/vat/?miesiac=2026-11").content.decode()
    assert "Rejestr zakupów" in page
    assert "z pamięci" in page
    assert client.get("/urzad/faktury/vat/?miesiac=listopad").status_code == 404
    unit = treasury.make_unit()
    said = {
        "unit": unit.pk,
        "kind": "PRE",
        "percent": "12",
        "valid_from": "01.01.2027",
        "source": "zarządzenie 5",
    }
    assert (
        "Podaj datę"
        in client.post("/urzad/faktury/vat/wspolczynnik/", said | {"valid_from": "kiedyś"}).content.decode()
    )
    assert client.post("/urzad/faktury/vat/wspolczynnik/", said).status_code == 302
    assert VatShare.objects.get(percent=12).valid_from == date(2027, 1, 1)
    new = {"code": "PUP", "name": "Urząd Pracy", "book": unit.book_id, "idwew": "7321987657-00013"}
    assert client.post("/urzad/faktury/ksef/jednostka/", new).status_code == 302
    assert "ma już ten kod" in client.post("/urzad/faktury/ksef/jednostka/", new).content.decode()
    office.jan()
    stranger = office.client_of(Account.objects.get(login="j.kos"))
    for address in (
        "vat/",
        "vat/jpk/",
        "vat/wspolczynnik/",
        "ksef/jednostka/",
        "sprzedaz/",
        "sprzedaz/nowa/",
    ):
        assert stranger.get(f"/urzad/faktury/{address}").status_code == 404
