"""Lines, hours, public numbers and days off on the screen."""

import re
from datetime import date, time

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.telephony import testing
from starostwo.telephony.models import (
    DayOff,
    EmergencyNumber,
    Node,
    OpeningHours,
    PublicNumber,
    Tariff,
    Trunk,
)
from starostwo.telephony.services.lines import NewNode, open_node

pytestmark = pytest.mark.django_db
LIST = "/urzad/telefony/lacza/"


@pytest.fixture(autouse=True)
def here() -> Node:
    office.make_office()
    testing.load_numbers()
    node = testing.make_node("A")
    testing.make_phone("101", node)
    return node


@pytest.fixture
def client() -> Client:
    return office.client_of(Account.objects.get(pk=testing.admin().account_id))


def test_the_administrator_sees_what_phones_stand_on(
    client: Client, here: Node, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    testing.make_trunk(here)
    testing.make_group("800", here, has_voicemail=True)
    testing.make_group("801", here, name="Dyżur")
    with django_assert_num_queries(12):
        shown = client.get(LIST).content.decode()

    assert "Dzwonią w nocy jak w dzień" in shown
    assert "/grupa/801/" in shown
    assert "/grupa/800/" not in shown
    assert "poniedziałek 8.00–16.00" in shown
    assert "Operator" in shown
    assert "z pamięci" in shown
    assert office.client_of(office.anna()).get(LIST).status_code == 404


def test_a_line_is_entered_priced_and_switched_off(client: Client, here: Node) -> None:
    told = {"name": "Nowy", "node": here.pk, "host": "sip.operator.pl", "port": "5060", "order": "1"}
    assert client.post(f"{LIST}nowe/", told).status_code == 302
    trunk = Trunk.objects.get(name="Nowy")
    assert "służy tylko numerom alarmowym" in client.get(f"{LIST}{trunk.pk}/").content.decode()
    assert "Wpisz inną" in client.post(f"{LIST}nowe/", told).content.decode()
    assert client.post(f"{LIST}nowe/", told | {"name": "Zły", "host": "a b"}).status_code == 422

    price = {"beginning": "+48", "minute": "0,09", "setup": "", "since": "01.11.2026", "until": ""}
    assert client.post(f"{LIST}{trunk.pk}/stawka/", price).status_code == 302
    assert Tariff.objects.get().minute == 900
    assert '<td class="st-num">0,09</td>' in client.get(f"{LIST}{trunk.pk}/").content.decode()
    for wrong in ({}, {"minute": "tanio"}, {"beginning": "48"}, {"until": "01.10.2026"}):
        assert client.post(f"{LIST}{trunk.pk}/stawka/", price | wrong).status_code == 422

    client.post(f"{LIST}{trunk.pk}/przelacznik/", {"wylacz": ""})
    assert not Trunk.objects.get(name="Nowy").is_on
    client.post(f"{LIST}{trunk.pk}/przelacznik/", {"wlacz": ""})
    assert Trunk.objects.get(name="Nowy").is_on


def test_with_a_building_come_emergency_numbers_and_days_off() -> None:
    EmergencyNumber.objects.all().delete()
    DayOff.objects.all().delete()
    said = NewNode("C", "Oddział", office.make_seat("C").pk, "127.0.0.1", 5070)
    open_node(said, [], actor=testing.admin(), now=testing.NOW)

    assert EmergencyNumber.objects.filter(pk="112").exists()
    assert DayOff.objects.filter(day=date(2026, 12, 25), is_statutory=True).exists()


def test_hours_are_typed_as_they_are_said(client: Client, here: Node) -> None:
    address = f"/urzad/telefony/wezly/{here.pk}/godziny/"
    assert 'value="8.00-16.00"' in client.get(address).content.decode()
    assert client.post(address, {"day0": "7.30-12.00, 13:00–17.00"}).status_code == 302
    assert list(OpeningHours.objects.order_by("opens").values_list("weekday", "opens", "closes")) == [
        (0, time(7, 30), time(12)), (0, time(13), time(17))
    ]  # fmt: skip
    for wrong in ("rano", "16.00-8.00", "25.00-26.00", "8.00-12.00, 11.00-13.00"):
        answer = client.post(address, {"day0": wrong})
        assert (answer.status_code, "Wpisz godziny jak" in answer.content.decode()) == (422, True)
    assert OpeningHours.objects.count() == 2


def test_a_week_without_hours_is_entered_only_by_saying_so(client: Client, here: Node) -> None:
    address = f"/urzad/telefony/wezly/{here.pk}/godziny/"
    before = OpeningHours.objects.count()
    refused = client.post(address, {"day0": " "})
    assert refused.status_code == 422
    assert "zawsze w trybie nocnym" in refused.content.decode()
    both = client.post(address, {"day0": "7.30-15.30", "closed": "on"})
    assert (both.status_code, 'value="7.30-15.30"' in both.content.decode()) == (422, True)
    assert OpeningHours.objects.count() == before
    assert client.post(address, {"closed": "on"}).status_code == 302
    assert not OpeningHours.objects.exists()
    page = client.get(address).content.decode()
    assert re.search(r'<input[^>]*name="closed"[^>]*checked', page)


def test_a_building_is_switched_to_night(client: Client, here: Node) -> None:
    address = f"/urzad/telefony/wezly/{here.pk}/tryb/"
    client.post(address, {"tryb": "NIGHT"})
    assert Node.objects.get(pk=here.pk).mode == "NIGHT"
    assert client.post(address, {"tryb": "KIEDYS"}).status_code == 404
    assert Node.objects.get(pk=here.pk).mode == "NIGHT"


def test_public_numbers_and_days_off_are_entered_once(client: Client) -> None:
    number = {"number": "42 288 81 00", "rings": "101", "description": ""}
    address = "/urzad/telefony/numer-zewnetrzny/"
    assert client.post(address, number).status_code == 302
    assert PublicNumber.objects.get().rings_id == "101"
    assert client.post(address, number).status_code == 422
    assert "Nie ma numeru wewnętrznego 199" in client.post(
        address, number | {"number": "42 288 81 01", "rings": "199"}
    ).content.decode()  # fmt: skip
    day = {"day": "24.12.2026", "name": "zarządzenie starosty"}
    assert client.post("/urzad/telefony/dzien-wolny/", day).status_code == 302
    assert client.post("/urzad/telefony/dzien-wolny/", day).status_code == 422
    assert DayOff.objects.get().day == date(2026, 12, 24)
