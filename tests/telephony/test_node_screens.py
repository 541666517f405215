"""Exchanges on the screen, and days off of years to come."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from starostwo.audit.models import Entry
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.telephony import tasks, testing
from starostwo.telephony.models import DayOff, EmergencyNumber, ExchangeState, Node, OpeningHours
from starostwo.telephony.services import lines
from starostwo.telephony.services.plan import load_days_off
from starostwo.telephony.services.writing import MayNotManage

pytestmark = pytest.mark.django_db
LIST = "/urzad/telefony/wezly/"


@pytest.fixture(autouse=True)
def an_office() -> None:
    office.make_office()


@pytest.fixture
def client() -> Client:
    return office.client_of(Account.objects.get(pk=testing.admin().account_id))


def _said(**more: object) -> dict[str, object]:
    seat = office.make_seat("A").pk
    usual = {"code": "a", "name": "Budynek A", "seat": seat, "host": "10.1.0.5", "port": "5060"}
    return usual | {"mode": "BY_HOURS"} | more


def test_telephony_begins_on_the_screen(client: Client) -> None:
    assert "Nie ma jeszcze żadnego węzła" in client.get(LIST).content.decode()
    answer = client.post(f"{LIST}nowy/", _said())
    node = Node.objects.get()

    assert answer["Location"] == f"{LIST}{node.pk}/godziny/"
    assert (node.code, node.host, node.port, node.mode) == ("A", "10.1.0.5", 5060, "BY_HOURS")
    assert OpeningHours.objects.filter(node=node).count() == 5
    assert EmergencyNumber.objects.filter(pk="112").exists()
    assert Entry.objects.filter(thing=f"telephony.node:{node.pk}", verb="add").exists()


def test_what_cannot_be_a_node_is_refused_and_what_was_typed_stays(client: Client) -> None:
    client.post(f"{LIST}nowy/", _said())
    for wrong, words in (
        ({}, "Jest już węzeł o tym kodzie"),
        ({"code": "B"}, "jest już inny węzeł"),
        ({"code": "Ą", "host": "10.1.0.6"}, "bez polskich znaków"),
        ({"code": "B", "host": "centrala"}, "Wpisz adres IPv4"),
        ({"code": "B", "host": "10.1.0.6", "port": "70000"}, "65535"),
        ({"code": "B", "host": "10.1.0.6", "seat": "0"}, "Wybierz"),
    ):
        answer = client.post(f"{LIST}nowy/", _said(**wrong, name="Nazwa wpisana"))
        shown = answer.content.decode()
        assert (answer.status_code, words in shown, "Nazwa wpisana" in shown) == (422, True, True), words
    assert Node.objects.count() == 1


def test_a_node_is_changed(client: Client) -> None:
    node = testing.make_node("A")
    testing.make_node("B", port=5061)
    address = f"{LIST}{node.pk}/"
    assert 'value="127.0.0.1"' in client.get(address).content.decode()

    assert client.post(address, _said(host="10.2.0.5", mode="NIGHT")).status_code == 302
    node.refresh_from_db()
    assert (node.host, node.mode) == ("10.2.0.5", "NIGHT")
    assert client.post(address, _said(host="127.0.0.1", port="5061")).status_code == 422
    assert client.post(address, _said(code="B")).status_code == 422
    node.refresh_from_db()
    assert (node.code, node.host) == ("A", "10.2.0.5")


def test_only_an_empty_node_is_removed(client: Client) -> None:
    node = testing.make_node("A")
    testing.make_phone("101", node)
    answer = client.post(f"{LIST}{node.pk}/usuniecie/", follow=True)
    assert "albo zapisane rozmowy" in answer.content.decode()
    assert Node.objects.filter(pk=node.pk).exists()

    other = testing.make_node("B", port=5061)
    testing.make_trunk(other)
    client.post(f"{LIST}{other.pk}/usuniecie/")
    assert Node.objects.filter(pk=other.pk).exists()

    empty = testing.make_node("C", port=5062)
    assert "Usunięto węzeł" in client.post(f"{LIST}{empty.pk}/usuniecie/", follow=True).content.decode()
    assert not Node.objects.filter(pk=empty.pk).exists()
    assert client.post(f"{LIST}{empty.pk}/usuniecie/").status_code == 404


def test_nobody_else_changes_nodes() -> None:
    node = testing.make_node("A")
    clerk = office.anna()
    other = office.client_of(clerk)
    for address in (LIST, f"{LIST}nowy/", f"{LIST}{node.pk}/"):
        assert other.get(address).status_code == 404
    assert other.post(f"{LIST}{node.pk}/usuniecie/").status_code == 404
    with pytest.raises(MayNotManage):
        lines.remove_node(node.pk, actor=office.actor(clerk), now=testing.NOW)


def test_the_administrator_sees_whether_exchanges_run(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    told = {"A": ("RUNS", 0), "B": ("TAKEN", 0), "C": ("RUNS", 5), "D": (None, 0)}
    for nth, (code, (state, minutes)) in enumerate(told.items()):
        node = testing.make_node(code, port=5060 + nth)
        if state:
            at = now() - timedelta(minutes=minutes)
            ExchangeState.objects.create(
                node=node, state=state, said_at=at, started_at=at if state == "RUNS" else None, waiting=nth
            )
    client.get(LIST)
    with django_assert_num_queries(6):
        shown = client.get(LIST).content.decode()

    for words in (
        "działa",
        "port zajęty",
        "nie daje znaku",
        "nie uruchomiona",
        "wiadomości do przekazania: 2",
    ):
        assert words in shown


def test_days_off_of_the_next_year_come_by_themselves() -> None:
    DayOff.objects.create(day=date(2027, 12, 24), name="zarządzenie starosty")
    assert load_days_off(date(2026, 11, 28)) > 20
    assert load_days_off(date(2026, 11, 29)) == 0
    assert not DayOff.objects.filter(day__year=2028).exists()

    assert load_days_off(date(2027, 1, 1)) == 14
    assert DayOff.objects.filter(day=date(2028, 4, 16), is_statutory=True).exists()  # Easter
    assert DayOff.objects.get(day=date(2027, 12, 24)).name == "zarządzenie starosty"


def test_the_worker_enters_them_daily() -> None:
    tasks.enter_days_off(0)
    assert DayOff.objects.filter(day__year=now().year + 1).exists()
