"""Files of an asset, hints while typing, the search over everything, places that hold things."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from starostwo.assets import testing as assets
from starostwo.assets.models import Asset, Attachment, Document
from starostwo.assets.services.describing import describe
from starostwo.assets.services.indexing import index_document
from starostwo.assets.testing import NOW, TODAY, taken
from starostwo.office import testing as office
from starostwo.office.api import Actor, Right, actor_for
from starostwo.office.models import Account, Place
from starostwo.office.services.refusal import Refusal
from starostwo.office.services.rooms import close_place
from starostwo.search import api as search

pytestmark = pytest.mark.django_db
LIST, HINTS = "/urzad/majatek/", "/urzad/majatek/podpowiedzi/"


def manager() -> Client:
    office.make_office()
    return office.client_of(Account.objects.get(pk=assets.manager().account_id))


def photo() -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "PNG")
    return SimpleUploadedFile("Zdjęcie serwera.png", drawn.getvalue())


def test_a_file_is_kept_with_the_asset_for_those_who_see_it() -> None:
    asset, client = taken(), manager()
    client.post(f"{LIST}{asset.pk}/plik/", {"kind": "PHOTO", "file": photo()})
    kept = Attachment.objects.get()
    address = f"{LIST}pliki/{kept.pk}/"
    assert kept.name in client.get(f"{LIST}{asset.pk}/").content.decode()
    assert office.client_of(office.anna()).get(address)["Content-Type"] == "image/png"
    assert (
        office.client_of(office.make_staff("o.obca", "Olga Obca", unit="OR")).get(address).status_code == 404
    )
    again = client.post(f"{LIST}{asset.pk}/plik/", {"kind": "PHOTO", "file": photo()})
    assert again.status_code == 422
    client.post(f"{address}usuniecie/")
    assert client.get(address).status_code == 404
    assert Attachment.objects.get().removed_at is not None


def test_a_file_that_cannot_be_opened_is_refused_with_the_reason() -> None:
    asset, client = taken(), manager()
    broken = SimpleUploadedFile("faktura.pdf", b"%PDF-1.7 and nothing more")
    answer = client.post(f"{LIST}{asset.pk}/plik/", {"kind": "INVOICE", "file": broken})
    assert answer.status_code == 422
    assert Attachment.objects.count() == 0


def test_places_people_and_things_are_offered_while_typing() -> None:
    asset, client = taken(), manager()
    place = client.get(f"{HINTS}miejsca/", {"q": "sadowa/1/1"}).json()["hits"]
    assert [one["label"].partition(" · ")[0] for one in place] == ["SADOWA/1/105"]
    person = client.get(f"{HINTS}osoby/", {"q": office.anna().family_name[:4]}).json()["hits"]
    assert person[0]["label"].startswith(office.anna().name)
    thing = client.get(f"{HINTS}skladniki/", {"q": asset.number[:7]}).json()["hits"]
    assert thing[0]["label"] == asset.number
    assert client.get(f"{HINTS}miejsca/", {"q": "sa"}).json() == {"hits": []}
    assert office.client_of(office.jan()).get(f"{HINTS}miejsca/", {"q": "sadowa"}).status_code == 404


def test_a_wrong_place_or_person_is_named_and_what_was_typed_stays() -> None:
    asset, client = taken(), manager()
    told = {
        "s": asset.pk,
        "place": "NIGDZIE/9",
        "keeper": "Nikt Taki",
        "happened_on": "23.11.2026",
        "text": "x",
    }
    page = client.post(f"{LIST}przeniesienie/", told)
    assert page.status_code == 422
    for words in ("Nie ma takiego otwartego miejsca", "Nie ma jednej takiej osoby", "NIGDZIE/9", "Nikt Taki"):
        assert words in page.content.decode()
    assert Document.objects.filter(kind="MT").count() == 0


def found_by(words: str, account: Account) -> list[str]:
    return [hit.url for hit in search.find(words, tokens=actor_for(account, today=TODAY).tokens).hits]


def test_an_asset_is_found_by_those_who_may_see_it() -> None:
    office.make_office()
    asset = taken(name="Projektor laserowy")
    index_document(Document.objects.get().pk)
    address = f"{LIST}{asset.pk}/"
    assert found_by("projektora", office.anna()) == [address]
    assert found_by(asset.number, Account.objects.get(pk=assets.manager().account_id)) == [address]
    assert found_by("projektor", office.jan()) == []
    describe(asset.pk, {"serial_number": "XK900100"}, actor=assets.manager(), now=NOW)
    assert found_by("XK900100", office.anna()) == [address]


def administrator() -> Actor:
    account = office.make_staff("a.admin", "Adam Admin", unit="OR", rights=[Right.ADMIN])
    return actor_for(account, today=TODAY)


def test_a_place_with_things_in_it_is_not_closed() -> None:
    asset = taken()
    place = Asset.objects.get(pk=asset.pk).place
    assert place is not None
    with pytest.raises(Refusal, match="coś jeszcze stoi"):
        close_place(administrator(), place_id=place.pk, on=TODAY)
    assert Place.objects.get(pk=place.pk).closed_on is None
