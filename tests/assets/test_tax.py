"""Other methods chosen with their ground, use read, tax kept beside the balance sheet: on the screen."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from starostwo.assets import testing as assets
from starostwo.assets.models import Asset, TaxTerms, UseReading
from starostwo.assets.rules.methods import Choice
from starostwo.assets.services import depreciation
from starostwo.assets.services.catalogue import load_classes
from starostwo.assets.services.writing import Refused
from starostwo.assets.testing import NOW, TODAY, taken
from starostwo.office import testing as office
from starostwo.office.api import Right
from starostwo.office.models import Account

pytestmark = pytest.mark.django_db
ROOT = "/urzad/majatek/"
D = date
GROUND = "polityka rachunkowości par. 12"


def keeper() -> Client:
    office.make_office()
    return office.client_of(Account.objects.get(pk=assets.manager().account_id))


def written_off(asset: Asset, month: date) -> int:
    depreciation.write_off(month, actor=assets.manager(), today=TODAY, now=NOW)
    asset.refresh_from_db()
    return asset.written_off


def test_a_method_is_chosen_with_its_ground_when_a_thing_is_taken() -> None:
    client = keeper()
    load_classes(now=NOW)
    told = {
        "kind": "FIXED", "name": "Koparka", "value": "120 000,00", "kst_code": "581", "origin": "PURCHASE",
        "happened_on": "10.01.2026", "text": "faktura FV 8/2026", "place": office.make_place().path,
        "keeper": "", "user": "", "count": "1", "quantity": "1", "method": "DECLINING", "factor": "200",
        "start": "NEXT_MONTH", "capacity": "", "unit": "", "ground": "",
    }  # fmt: skip
    refused = client.post(f"{ROOT}przyjecie/", told)
    assert refused.status_code == 422
    assert "Podaj podstawę wyboru" in refused.content.decode()
    assert client.post(f"{ROOT}przyjecie/", told | {"ground": GROUND}).status_code == 302
    asset = Asset.objects.get()
    assert (asset.method, asset.factor, asset.method_ground) == ("DECLINING", 200, GROUND)
    page = client.get(f"{ROOT}{asset.pk}/").content.decode()
    assert "degresywnie, współczynnik 2" in page
    assert GROUND in page
    assert written_off(asset, D(2026, 3, 1)) == 8_000_00
    with pytest.raises(DatabaseError, match="stay"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE assets_asset SET factor = 100 WHERE id = %s", [asset.pk])


def test_a_thing_from_the_exact_day_begins_in_its_month() -> None:
    office.make_office()
    choice = Choice(start="EXACT_DAY", ground=GROUND)
    exact = taken(D(2026, 4, 16), value=12_000_00, kst_code="803", choice=choice)
    usual = taken(D(2026, 4, 16), value=12_000_00, kst_code="803")
    assert written_off(exact, D(2026, 4, 1)) == 100_00
    usual.refresh_from_db()
    assert usual.written_off == 0


def test_a_thing_by_use_is_written_off_as_it_is_used() -> None:
    client = keeper()
    choice = Choice("BY_USE", capacity=1000, unit="godz.", ground=GROUND)
    asset = taken(D(2026, 1, 10), value=24_000_00, choice=choice)
    with pytest.raises(Refused, match="nie ma nic"):
        written_off(asset, D(2026, 2, 1))
    address = f"{ROOT}{asset.pk}/uzycie/"
    assert client.post(address, {"on": "31.01.2026", "units": "50"}).status_code == 302
    assert client.post(address, {"on": "31.01.2026", "units": "50"}).status_code == 422
    assert client.post(address, {"on": "01.01.2099", "units": "50"}).status_code == 422
    assert "50" in client.get(address).content.decode()
    assert written_off(asset, D(2026, 2, 1)) == 1_200_00
    assert client.get(f"{ROOT}{taken().pk}/uzycie/").status_code == 404
    assert UseReading.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "LOW", "value": 900_00, "choice": Choice(start="EXACT_DAY", ground=GROUND)}, "method"),
        ({"kst_code": "741", "choice": Choice("DECLINING", factor=200, ground=GROUND)}, "method"),
        ({"choice": Choice("BY_USE", ground=GROUND)}, "capacity"),
    ],
)
def test_a_choice_that_does_not_fit_is_refused(said: dict[str, Any], field: str) -> None:
    office.make_office()
    with pytest.raises(Refused) as refused:
        taken(**said)
    assert refused.value.field == field
    assert not Asset.objects.exists()


@pytest.mark.law("u.p.d.o.p. art. 16i ust. 5")
def test_tax_is_kept_beside_the_balance_sheet_with_dated_rates() -> None:
    client, asset = keeper(), taken(D(2025, 12, 10), value=10_000_00, kst_code="803")
    address = f"{ROOT}{asset.pk}/podatkowe/"
    told = {
        "since": "01.01.2026", "method": "DECLINING", "rate": "20", "factor": "200", "written_off": "",
        "ground": "wykaz stawek, KŚT 803",
    }  # fmt: skip
    assert client.post(address, told | {"since": "01.12.2025"}).status_code == 422
    assert client.post(address, told | {"ground": ""}).status_code == 422
    assert client.post(address, told).status_code == 302
    assert client.post(address, told | {"since": "01.06.2026"}).status_code == 422
    assert client.post(address, told | {"since": "01.01.2027", "rate": "10"}).status_code == 302
    page = client.get(address).content.decode().replace("\xa0", " ")
    assert "4 000,00 zł" in page
    assert "wykaz stawek, KŚT 803" in page
    listed = client.get(f"{ROOT}umorzenie/podatkowe/?rok=2026").content.decode().replace("\xa0", " ")
    assert "2 000,00 zł" in listed
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        TaxTerms.objects.update(rate=1)


def test_the_comparison_of_a_year_costs_the_same_however_long(django_assert_num_queries: Any) -> None:
    client = keeper()
    for _ in range(3):
        asset = taken(D(2025, 12, 10))
        TaxTerms.objects.create(
            asset=asset, since=D(2026, 1, 1), method="LINEAR", rate=2000, ground="wykaz", set_at=NOW,
            set_by_name="Irena Spis",
        )  # fmt: skip
    client.get(f"{ROOT}umorzenie/podatkowe/")
    with django_assert_num_queries(9):
        page = client.get(f"{ROOT}umorzenie/podatkowe/").content.decode()
    assert page.count("ST/2025/") == 3


def test_tax_is_seen_by_the_register_and_set_by_those_who_keep_it() -> None:
    office.make_office()
    asset = taken()
    address = f"{ROOT}{asset.pk}/podatkowe/"
    assert office.client_of(office.anna()).get(address).status_code == 404
    reader = office.client_of(office.make_staff("c.okiem", "Cezary Okiem", unit="FK", rights=[Right.INSPECT]))
    assert reader.get(address).status_code == 200
    assert reader.post(address, {"since": "01.01.2027"}).status_code == 404
