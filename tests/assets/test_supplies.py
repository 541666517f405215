"""Consumables by quantity, what employees ask for, licences with seats, labels of both."""

from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from pypdf import PdfReader

from starostwo.assets import testing as assets
from starostwo.assets.models import Licence, Seat, Supply, SupplyMove, Wish
from starostwo.assets.services import licences, supplies
from starostwo.assets.services.licences import NewLicence
from starostwo.assets.services.supplies import Moved, NewSupply
from starostwo.assets.services.writing import MayNotManage, Refused
from starostwo.assets.testing import NOW, TODAY, taken
from starostwo.office import testing as office
from starostwo.office.models import Account

pytestmark = pytest.mark.django_db
ROOT = "/urzad/majatek/"


def keeper() -> Client:
    office.make_office()
    return office.client_of(Account.objects.get(pk=assets.manager().account_id))


def toner(bought: int = 10, least: int = 4) -> Supply:
    new = NewSupply("Toner czarny", "szt.", office.make_place().pk, least, "drukarki z II piętra")
    made = supplies.keep(new, actor=assets.manager(), today=TODAY, now=NOW)
    if bought:
        moved(made, Moved("BOUGHT", bought, TODAY))
    return made


def moved(supply: Supply, told: Moved) -> int:
    supplies.move(supply.pk, told, actor=assets.manager(), today=TODAY, now=NOW)
    supply.refresh_from_db()
    return supply.quantity


def test_several_pieces_are_issued_come_back_and_are_counted() -> None:
    supply, anna = toner(), office.anna().pk
    assert moved(supply, Moved("ISSUED", 7, TODAY, anna)) == 3
    assert moved(supply, Moved("RETURNED", 1, TODAY, anna)) == 4
    assert moved(supply, Moved("COUNTED", 2, TODAY, note="spis magazynu")) == 2
    for told in (Moved("ISSUED", 3, TODAY, anna), Moved("ISSUED", 1, TODAY), Moved("COUNTED", 2, TODAY)):
        with pytest.raises(Refused):
            moved(supply, told)
    assert list(SupplyMove.objects.order_by("id").values_list("quantity", flat=True)) == [10, -7, 1, -2]


def test_only_moves_change_a_store_also_by_sql() -> None:
    supply = toner()
    with pytest.raises(DatabaseError), transaction.atomic():
        Supply.objects.filter(pk=supply.pk).update(quantity=99)
    with pytest.raises(DatabaseError), transaction.atomic():
        SupplyMove.objects.all().delete()
    with pytest.raises(MayNotManage):
        supplies.move(
            supply.pk, Moved("BOUGHT", 1, TODAY), actor=office.actor(office.anna()), today=TODAY, now=NOW
        )


def test_what_runs_out_is_seen_at_once() -> None:
    client, _, short = keeper(), toner(), toner(bought=4)
    page = client.get(f"{ROOT}materialy/?stan=konczy-sie").content.decode()
    assert page.count("zamów") == 1
    assert short.number in page
    page = client.post(
        f"{ROOT}materialy/{short.pk}/", {"kind": "ISSUED", "quantity": "9", "account": "", "on": "1.1.2026"}
    )
    assert page.status_code == 422
    client.post(
        f"{ROOT}materialy/{short.pk}/",
        {"kind": "ISSUED", "quantity": "2", "account": office.anna().name, "on": "23.11.2026"},
    )
    short.refresh_from_db()
    assert short.quantity == 2


def test_labels_of_consumables_come_as_pdf() -> None:
    client = keeper()
    first, _ = toner(), toner()
    assert len(PdfReader(BytesIO(client.get(f"{ROOT}materialy/etykiety.pdf").content)).pages) == 1
    one = PdfReader(BytesIO(client.get(f"{ROOT}materialy/etykiety.pdf?s={first.pk}").content))
    assert first.number in one.pages[0].extract_text()


def test_an_employee_asks_and_what_is_granted_is_issued() -> None:
    client, supply, anna = keeper(), toner(), office.client_of(office.anna())
    anna.post(f"{ROOT}moje/", {"supply": supply.pk, "quantity": "2", "text": "do sekretariatu"})
    anna.post(f"{ROOT}moje/", {"supply": "", "quantity": "1", "text": "drugi monitor"})
    assert anna.post(f"{ROOT}moje/", {"supply": "", "quantity": "1", "text": ""}).status_code == 422
    first, second = Wish.objects.order_by("id")
    assert anna.post(f"{ROOT}zapotrzebowania/{first.pk}/odpowiedz/", {"answer": "GRANT"}).status_code == 404
    client.post(f"{ROOT}zapotrzebowania/{first.pk}/odpowiedz/", {"answer": "GRANT"})
    client.post(
        f"{ROOT}zapotrzebowania/{second.pk}/odpowiedz/", {"answer": "REFUSE", "words": "brak środków"}
    )
    supply.refresh_from_db()
    assert supply.quantity == 8
    assert SupplyMove.objects.get(kind="ISSUED").wish == first
    page = anna.get(f"{ROOT}moje/").content.decode()
    assert "brak środków" in page
    assert "Wydane materiały" in page


def test_a_request_is_taken_back_by_its_own_person_alone() -> None:
    keeper()
    wish = supplies.ask("krzesło", supply_id=None, quantity=1, actor=office.actor(office.anna()), now=NOW)
    office.client_of(office.jan()).post(f"{ROOT}moje/zapotrzebowania/{wish.pk}/wycofanie/")
    wish.refresh_from_db()
    assert wish.state == "WAITING"
    office.client_of(office.anna()).post(f"{ROOT}moje/zapotrzebowania/{wish.pk}/wycofanie/")
    wish.refresh_from_db()
    assert wish.state == "WITHDRAWN"


def test_a_licence_has_no_more_seats_than_were_bought() -> None:
    client, asset = keeper(), taken()
    told = {"name": "Pakiet biurowy", "seats": "2", "valid_from": "1.1.2026", "valid_until": "31.12.2026"}
    client.post(f"{ROOT}licencje/", told)
    licence = Licence.objects.get()
    address = f"{ROOT}licencje/{licence.pk}/"
    client.post(address, {"account": office.anna().name, "asset": ""})
    client.post(address, {"account": "", "asset": asset.number})
    full = client.post(address, {"account": office.ewa().name, "asset": ""})
    assert "są zajęte" in full.content.decode()
    both = client.post(address, {"account": office.ewa().name, "asset": asset.number})
    assert both.status_code == 422
    seat = Seat.objects.order_by("id")[0]
    client.post(f"{ROOT}licencje/stanowiska/{seat.pk}/zwolnienie/")
    client.post(address, {"account": office.ewa().name, "asset": ""})
    assert Seat.objects.filter(until_on=None).count() == 2
    assert "2 z 2" in client.get(address).content.decode()


def test_an_expired_licence_gives_no_seat() -> None:
    new = NewLicence("Stary program", "", 5, TODAY.replace(year=2024), TODAY.replace(year=2025))
    made = licences.enter(new, actor=assets.manager(), now=NOW)
    with pytest.raises(Refused, match="wygasła"):
        licences.give_seat(
            made.pk, account=office.anna().pk, asset=None, actor=assets.manager(), today=TODAY, now=NOW
        )
