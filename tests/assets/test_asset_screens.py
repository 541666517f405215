"""The register on the screen: who sees what, numbers of queries, documents written and refused, papers."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from starostwo.assets import testing as assets
from starostwo.assets.models import Asset, Document, KstClass, Threshold
from starostwo.assets.services.catalogue import load_classes
from starostwo.assets.testing import NOW, taken
from starostwo.ledger import testing as ledger
from starostwo.ledger.models import Draft
from starostwo.office import testing as office
from starostwo.office.models import Account

pytestmark = pytest.mark.django_db
LIST = "/urzad/majatek/"


@pytest.fixture(autouse=True)
def the_office() -> None:
    office.make_office()
    load_classes(now=NOW)


def of_manager() -> Client:
    return office.client_of(Account.objects.get(pk=assets.manager().account_id))


def ot(**said: Any) -> dict[str, Any]:
    return {
        "kind": "LOW", "name": "Komputer", "value": "4 300,00", "kst_code": "487", "origin": "PURCHASE",
        "happened_on": "20.11.2026", "text": "faktura FV 8/2026", "place": office.make_place().path,
        "keeper": office.anna().name, "user": "", "count": "3", "quantity": "1",
    } | said  # fmt: skip


def test_an_ot_is_written_on_one_screen() -> None:
    answer = of_manager().post(f"{LIST}przyjecie/", ot())
    assert answer.status_code == 302
    assert list(Asset.objects.order_by("id").values_list("number", flat=True)) == [
        "PST/2026/0001", "PST/2026/0002", "PST/2026/0003",
    ]  # fmt: skip
    page = of_manager().get(answer["Location"]).content.decode()
    assert "OT/1/2026" in page
    assert "PST/2026/0003" in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"value": "10 000,01"}, "wyższa od progu"),
        ({"name": ""}, "Uzupełnij pole"),
        ({"happened_on": "20.11.2099"}, "późniejszy niż dzisiaj"),
        ({"happened_on": "20.11.1999"}, "nie ustawiono progu"),
    ],
)
def test_a_refused_ot_keeps_what_was_typed(said: dict[str, str], words: str) -> None:
    answer = of_manager().post(f"{LIST}przyjecie/", ot(**said))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "faktura FV 8/2026" in page
    assert not Document.objects.exists()


def test_the_list_is_found_by_words_place_and_state(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(60):
        taken(name=f"Regał {number:02d}", kind="LOW", value=500_00)
    taken(name="Żółw pancerny", place=office.make_place("DLUGA/0/001").pk)
    client = of_manager()
    client.get(LIST)
    with django_assert_num_queries(6):
        page = client.get(LIST).content.decode()
    assert page.count("data-row-open") == 50
    assert "Żółw" in client.get(LIST, {"q": "zolw"}).content.decode()
    assert client.get(LIST, {"q": "PST/2026/0007"}).content.decode().count("data-row-open") == 1
    assert client.get(LIST, {"miejsce": "dluga"}).content.decode().count("data-row-open") == 1
    assert client.get(LIST, {"rodzaj": "FIXED"}).content.decode().count("data-row-open") == 1
    assert client.get(LIST, {"stan": "LIQUIDATED"}).content.decode().count("data-row-open") == 0


def test_everybody_sees_what_he_keeps_and_no_more() -> None:
    mine, other = taken(), taken(keeper=office.jan().pk, name="Cudze")
    client = office.client_of(office.anna())
    page = client.get(LIST).content.decode()
    assert mine.number in page
    assert other.number not in page
    assert client.get(f"{LIST}{mine.pk}/").status_code == 200
    for address in (
        f"{other.pk}/",
        "dokumenty/",
        "przyjecie/",
        f"{mine.pk}/wartosc/",
        "stawki/",
        "umorzenie/",
    ):
        assert client.get(LIST + address).status_code == 404, address
    assert office.client_of(office.piotr()).get(LIST).status_code == 404


def test_an_asset_tells_its_worth_on_a_day_and_its_history(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    asset = taken(date(2026, 3, 10))
    client = of_manager()
    client.post(f"{LIST}umorzenie/", {"month": "2026-10"})
    client.post(
        f"{LIST}przeniesienie/",
        {"s": asset.pk, "place": office.make_place("SADOWA/2/201").path, "keeper": office.jan().name,
         "user": "",
         "happened_on": "20.11.2026", "text": "przeprowadzka"},
    )  # fmt: skip
    client.post(
        f"{LIST}{asset.pk}/wartosc/",
        {"direction": "1", "by": "6000", "happened_on": "20.11.2026", "text": "rozbudowa"},
    )
    with django_assert_num_queries(12):
        page = client.get(f"{LIST}{asset.pk}/").content.decode().replace("\xa0", " ")
    assert "30 000,00 zł" in page
    assert "SADOWA/1/105 → SADOWA/2/201, Jan Kos" in page
    assert "OT/1/2026" in page
    past = client.get(f"{LIST}{asset.pk}/", {"dzien": "31.10.2026"}).content.decode().replace("\xa0", " ")
    assert (
        "<dd>24 000,00 zł</dd><dt>Umorzenie</dt><dd>4 200,00 zł</dd><dt>Netto</dt><dd>19 800,00 zł</dd>"
        in past
    )


def test_each_document_has_its_paper() -> None:
    first, second, third = taken(date(2026, 3, 10)), taken(), taken(kind="QUANTITY", kst_code="", quantity=4)
    client, head = of_manager(), {"happened_on": "21.11.2026", "text": "protokół"}
    client.post(f"{LIST}umorzenie/", {"month": "2026-10"})
    client.post(f"{LIST}{first.pk}/wartosc/", head | {"direction": "1", "by": "100"})
    client.post(f"{LIST}przeniesienie/", head | {"s": first.pk, "place": office.make_place("SADOWA/3").path})
    client.post(f"{LIST}{third.pk}/czesc/", head | {"quantity": "1", "way": "SCRAP"})
    client.post(f"{LIST}likwidacja/", head | {"s": first.pk, "way": "SCRAP", "happened_on": "22.11.2026"})
    client.post(
        f"{LIST}przekazanie/", head | {"s": second.pk, "other_side": "Szkoła", "happened_on": "23.11.2026"}
    )
    opening = ot(kind="FIXED", taken_on="01.02.2024", written_off="100,00", happened_on="01.11.2026")
    client.post(f"{LIST}bilans-otwarcia/", opening)
    kinds = Document.objects.order_by("id").values_list("kind", flat=True)
    assert set(kinds) == {"OT", "AM", "ZW", "MT", "LT", "PT", "BO"}
    for document in Document.objects.all():
        answer = client.get(f"{LIST}dokumenty/{document.pk}/dokument.pdf")
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
        assert str(document) in text
        assert document.lines.get(position=1).asset.number in text


def test_rates_rest_on_memory_until_the_accountant_checks() -> None:
    chief = Account.objects.get(pk=ledger.chief().account_id)
    client, first = office.client_of(chief), KstClass.objects.order_by("code")[0]
    assert "z pamięci" in client.get(f"{LIST}stawki/").content.decode()
    client.post(f"{LIST}stawki/{first.pk}/sprawdzenie/")
    first.refresh_from_db()
    assert first.checked_by == "Halina Bilans"
    told = {"valid_from": "01.01.2026", "amount": "3500", "source": "zarządzenie 5/2026"}
    assert client.post(f"{LIST}stawki/", told).status_code == 302
    assert client.post(f"{LIST}stawki/", told).status_code == 422
    assert Threshold.objects.count() == 2
    assert of_manager().post(f"{LIST}stawki/", told).status_code == 404


def test_classes_come_from_the_file_of_the_program() -> None:
    chief = office.client_of(Account.objects.get(pk=ledger.chief().account_id))
    page = chief.post(f"{LIST}stawki/wczytanie/", follow=True).content.decode()
    assert "Dopisane klasy: 0." in page  # they were loaded before this test
    assert KstClass.objects.count() > 40
    assert office.client_of(office.anna()).post(f"{LIST}stawki/wczytanie/").status_code == 404


def test_a_description_changes_without_a_document_and_is_kept() -> None:
    asset = taken()
    of_manager().post(f"{LIST}{asset.pk}/opis/", {"serial_number": "SN-7", "warranty_until": "01.12.2029"})
    asset.refresh_from_db()
    assert (asset.serial_number, asset.warranty_until) == ("SN-7", date(2029, 12, 1))


def test_the_accountant_opens_the_proposal_from_the_document() -> None:
    ledger.make_year()
    asset = taken()
    document, draft = Document.objects.get(), Draft.objects.get()
    accountant = office.client_of(Account.objects.get(pk=ledger.accountant().account_id))
    page = accountant.get(f"{LIST}dokumenty/{document.pk}/").content.decode()
    assert f"/urzad/ksiegi/dowody-robocze/{draft.pk}/" in page
    assert (
        f"/urzad/ksiegi/dowody-robocze/{draft.pk}/"
        not in of_manager().get(f"{LIST}dokumenty/{document.pk}/").content.decode()
    )
    assert asset.number in page
