"""Liquidation led by steps, export of everything, classes from a file, sums by account."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from starostwo.assets import testing as assets
from starostwo.assets.models import Asset, Disposal, Document, KstClass
from starostwo.assets.queries.export import TABLES
from starostwo.assets.testing import taken
from starostwo.office import testing as office
from starostwo.office.api import Right
from starostwo.office.models import Account

pytestmark = pytest.mark.django_db
ROOT = "/urzad/majatek/"


def keeper() -> Client:
    office.make_office()
    return office.client_of(Account.objects.get(pk=assets.manager().account_id))


def applied(client: Client, asset: Asset) -> Disposal:
    told = {
        "s": asset.pk, "reason": "nie nadaje się do naprawy", "first": office.anna().name,
        "second": office.jan().name, "third": office.ewa().name,
    }  # fmt: skip
    client.post(f"{ROOT}wnioski/nowy/", told)
    return Disposal.objects.get()


def treasurer() -> Client:
    account = office.make_staff("s.skarb", "Stefan Skarb", unit="FK", rights=[Right.TREASURER])
    return office.client_of(account)


def test_an_application_is_examined_approved_and_becomes_an_lt() -> None:
    client, asset = keeper(), taken()
    made = applied(client, asset)
    address = f"{ROOT}wnioski/{made.pk}/"
    member, boss = office.client_of(office.anna()), treasurer()
    assert boss.post(address, {"approves": "1"}).status_code == 404
    member.post(address, {"finding": "pęknięta płyta, naprawa droższa od zakupu", "way": "SCRAP"})
    assert client.post(address, {"approves": "1"}).status_code == 404
    boss.post(address, {"approves": "1", "decision": ""})
    client.post(address)
    made.refresh_from_db()
    asset.refresh_from_db()
    assert (made.state, asset.state) == ("DONE", "LIQUIDATED")
    document = Document.objects.get(kind="LT")
    assert document == made.document
    assert str(made) in document.text
    assert (
        office.client_of(office.make_staff("o.obca", "Olga Obca", unit="OR")).get(address).status_code == 404
    )


def test_a_commission_of_two_is_refused_and_a_refusal_says_why() -> None:
    client, asset = keeper(), taken()
    told = {"s": asset.pk, "reason": "x", "first": office.anna().name, "second": office.anna().name}
    twice = client.post(f"{ROOT}wnioski/nowy/", told | {"third": office.jan().name})
    assert twice.status_code == 422
    assert Disposal.objects.count() == 0
    made = applied(client, asset)
    address = f"{ROOT}wnioski/{made.pk}/"
    client.post(address, {"finding": "sprawny", "way": "SALE"})
    boss = treasurer()
    assert boss.post(address, {"approves": "0", "decision": ""}).status_code == 422
    boss.post(address, {"approves": "0", "decision": "nadal potrzebny"})
    made.refresh_from_db()
    asset.refresh_from_db()
    assert (made.state, asset.state) == ("REFUSED", "IN_USE")


def test_everything_is_exported_and_nothing_in_it_is_a_formula() -> None:
    client = keeper()
    taken(name="=HYPERLINK(1)")
    answer = client.get(f"{ROOT}calosc.zip")
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:  # type: ignore[attr-defined]
        assert len(archive.namelist()) == len(TABLES)
        rows = archive.read("skladnik-majatku.csv").decode("utf-8-sig").splitlines()
    assert "numer inwentarzowy" in rows[0]
    assert "'=HYPERLINK(1)" in rows[1]
    assert "SADOWA/1/105" in rows[1]
    assert office.client_of(office.anna()).get(f"{ROOT}calosc.zip").status_code == 404


def test_sums_go_by_account() -> None:
    client = keeper()
    taken(value=24_000_00)
    taken(kind="LOW", value=500_00)
    book = load_workbook(BytesIO(client.get(f"{ROOT}zestawienia/konta.xlsx").content)).active
    found = {str(row[0]).split(" ")[0]: float(row[2]) for row in book.values if isinstance(row[1], int)}
    assert found["011"] == 24_000
    assert found["013"] == 500


def upload(text: str) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("kst.csv", text.encode())}


def test_classes_come_from_a_file_of_the_office_with_faults_named() -> None:
    office.make_office()
    boss = treasurer()
    bad = "symbol;nazwa;stawka;od dnia\n487;Komputery;30;01.01.2027\nX;;;\n"
    answer = boss.post(f"{ROOT}stawki/plik/", upload(bad))
    assert answer.status_code == 422
    assert "wiersz 3" in answer.content.decode()
    assert KstClass.objects.count() == 0
    good = "symbol;nazwa;stawka;od dnia\n487;Komputery;30;01.01.2027\n487;Komputery;32,5 %;2028-01-01\n"
    boss.post(f"{ROOT}stawki/plik/", upload(good))
    boss.post(f"{ROOT}stawki/plik/", upload(good))
    assert list(KstClass.objects.order_by("valid_from").values_list("rate", "source")) == [
        (3000, "U"),
        (3250, "U"),
    ]
    assert office.client_of(office.anna()).get(f"{ROOT}stawki/plik/").status_code == 404
