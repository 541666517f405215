"""What people have: they confirm it, borrow it with a term, keep rooms, declare; terms are told."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from starostwo.assets import testing as assets
from starostwo.assets.models import Announcement, Asset, Confirmation, Declaration, Loan, RoomKeeper
from starostwo.assets.queries.terms import terms
from starostwo.assets.services import counting, possession
from starostwo.assets.services.announcing import announce
from starostwo.assets.services.describing import describe
from starostwo.assets.testing import NOW, TODAY, taken
from starostwo.channels.models import Mail
from starostwo.office import testing as office
from starostwo.office.models import Account
from tests.assets.test_stocktaking import begun, counting_person, sheet_of

pytestmark = pytest.mark.django_db
ROOT = "/urzad/majatek/"


def keeper() -> Client:
    office.make_office()
    return office.client_of(Account.objects.get(pk=assets.manager().account_id))


def test_an_employee_confirms_what_he_has_or_says_what_happened() -> None:
    office.make_office()
    asset, client = taken(), office.client_of(office.anna())
    address = f"{ROOT}moje/{asset.pk}/potwierdzenie/"
    client.post(address, {"answer": "HAVE"})
    client.post(address, {"answer": "HAVE_NOT"})
    client.post(address, {"answer": "HAVE_NOT", "note": "oddany do naprawy"})
    said = Confirmation.objects.order_by("id").values_list("answer", "note")
    assert list(said) == [("HAVE", ""), ("HAVE_NOT", "oddany do naprawy")]
    assert "nie mam" in client.get(f"{ROOT}moje/").content.decode()
    assert office.client_of(office.jan()).post(address, {"answer": "HAVE"}).status_code == 404


def test_ones_own_page_costs_the_same_however_many_things(django_assert_num_queries: Any) -> None:
    office.make_office()
    for _ in range(4):
        taken(kind="LOW", value=500_00)
    client = office.client_of(office.anna())
    client.get(f"{ROOT}moje/")
    with django_assert_num_queries(15):
        assert client.get(f"{ROOT}moje/").content.decode().count("potwierdzenie") == 4


def test_a_keeper_of_a_place_sees_all_in_his_rooms() -> None:
    client, inside, outside = keeper(), taken(), taken(place=office.make_place("DLUGA/1/105").pk)
    jan = office.client_of(office.jan())
    assert jan.get(f"{ROOT}{inside.pk}/").status_code == 404
    client.post(f"{ROOT}opiekunowie/", {"place": "SADOWA/1", "account": office.jan().name})
    assert inside.number in jan.get(ROOT).content.decode()
    assert jan.get(f"{ROOT}{outside.pk}/").status_code == 404
    assert (
        client.post(f"{ROOT}opiekunowie/", {"place": "SADOWA/1", "account": office.jan().name}).status_code
        == 422
    )
    client.post(f"{ROOT}opiekunowie/{RoomKeeper.objects.get().pk}/koniec/")
    assert jan.get(f"{ROOT}{inside.pk}/").status_code == 404


def lent(asset: Asset, due_on: date) -> Loan:
    return possession.lend(
        asset.pk, office.jan().pk, due_on, "", actor=assets.manager(), today=min(TODAY, due_on), now=NOW
    )


def test_a_thing_is_lent_once_until_it_comes_back() -> None:
    client, asset = keeper(), taken()
    told = {"borrower": office.jan().name, "due_on": "31.12.2099", "note": "prezentacja"}
    client.post(f"{ROOT}{asset.pk}/wypozyczenie/", told)
    assert client.post(f"{ROOT}{asset.pk}/wypozyczenie/", told).status_code == 422
    assert asset.number in office.client_of(office.jan()).get(f"{ROOT}moje/").content.decode()
    client.post(f"{ROOT}wypozyczenia/{Loan.objects.get().pk}/zwrot/")
    assert Loan.objects.get().returned_on is not None
    assert client.post(f"{ROOT}{asset.pk}/wypozyczenie/", told).status_code == 302


def test_a_borrower_is_reminded_once_after_his_term() -> None:
    office.make_office()
    Account.objects.filter(pk=office.jan().pk).update(email="jan@starostwo.example")
    loan = lent(taken(), TODAY - timedelta(days=1))
    for day in (0, 1, 2):
        announce(today=TODAY + timedelta(days=day))
    assert Mail.objects.filter(to="jan@starostwo.example").count() == 1
    loan.refresh_from_db()
    assert loan.reminded_on == TODAY


@pytest.mark.law("u.o.r. art. 26 ust. 3 pkt 3")
def test_what_ends_is_announced_once_to_those_who_keep_the_register() -> None:
    office.make_office()
    Account.objects.filter(pk=assets.manager().account_id).update(email="spis@starostwo.example")
    asset = taken()
    describe(asset.pk, {"warranty_until": TODAY + timedelta(days=30)}, actor=assets.manager(), now=NOW)
    assert [one.kind for one in terms(today=TODAY)] == ["koniec gwarancji", "pełny spis z natury"]
    assert announce(today=TODAY) == 2
    assert announce(today=TODAY + timedelta(days=1)) == 0
    assert Mail.objects.filter(to="spis@starostwo.example").count() == 1
    assert Announcement.objects.count() == 2
    page = keeper().get(f"{ROOT}terminy/").content.decode()
    assert "koniec gwarancji" in page or "pełny spis" in page


def test_whoever_answers_declares_before_and_after_counting() -> None:
    client, asset = keeper(), taken()
    anna = office.client_of(office.anna())
    take = begun("SADOWA/1/105")
    sheet = sheet_of("SADOWA/1/105")
    address = f"{ROOT}moje/oswiadczenia/{sheet.field_id}/"
    assert office.client_of(office.jan()).post(address, {"moment": "BEFORE"}).status_code == 404
    assert anna.post(address, {"moment": "AFTER"}).status_code == 404
    anna.post(address, {"moment": "BEFORE"})
    assert anna.post(address, {"moment": "BEFORE"}).status_code == 404
    assert asset.pk
    counting.close_sheet(sheet.pk, actor=counting_person(), now=NOW)
    anna.post(address, {"moment": "AFTER", "objections": "nie policzono laptopa w naprawie"})
    assert sorted(Declaration.objects.values_list("moment", flat=True)) == ["AFTER", "BEFORE"]
    assert "nie policzono laptopa" in client.get(f"/urzad/spisy/{take.pk}/").content.decode()
