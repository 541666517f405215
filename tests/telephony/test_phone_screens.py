"""Phones on the screen: who sees the book, who changes it, what is refused and why."""

import hashlib
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.telephony import testing
from starostwo.telephony.models import Credential, Extension, HuntGroup, Node

pytestmark = pytest.mark.django_db
LIST = "/urzad/telefony/"


@pytest.fixture(autouse=True)
def here() -> Node:
    office.make_office()
    testing.load_numbers()
    node = testing.make_node("A")
    testing.make_node("B", port=5061)
    testing.make_phone("101", node, account=office.anna(), label="p. 101")
    testing.make_phone("102", node, label="Sekretariat")
    return node


def of_admin() -> Client:
    return office.client_of(Account.objects.get(pk=testing.admin().account_id))


def said(**more: Any) -> dict[str, Any]:
    return {
        "number": "105", "label": "p. 105", "node": Node.objects.get(code="A").pk, "account": "",
        "may_call": "2", "shows": "", "forward_always": "", "forward_busy": "",
        "forward_no_answer": "601 234 567", "has_voicemail": "on", "ring_seconds": "25",
    } | more  # fmt: skip


def test_everybody_on_the_staff_finds_whom_to_call(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = office.client_of(office.anna())
    with django_assert_num_queries(8):
        shown = client.get(LIST).content.decode()

    assert "Sekretariat" in shown
    assert "Nowy telefon" not in shown
    assert "Sekretariat" not in client.get(LIST, {"q": "anna"}).content.decode()
    assert "p. 101" in client.get(LIST, {"q": "anna"}).content.decode()
    assert "Spróbuj krótszego słowa" in client.get(LIST, {"q": "nikt taki"}).content.decode()


def test_the_book_goes_on_over_pages(here: Node) -> None:
    for number in range(300, 360):
        testing.make_phone(str(number), here)
    testing.make_group("800", here, name="Informacja")
    client, seen = office.client_of(office.anna()), set[str]()
    address = LIST
    while address:
        shown = client.get(address).content.decode()
        seen |= set(re.findall(r"Telefon (3\d\d)<", shown))
        found = re.search(r'href="(\?cursor=%3E[^"]+)"', shown)
        address = LIST + found[1].replace("&amp;", "&") if found else ""
    assert len(seen) == 60
    assert "Informacja" in shown


@pytest.mark.parametrize("path", ["nowy/", "102/", "grupa/", "proba/"])
def test_only_the_administrator_changes_numbers(path: str) -> None:
    assert office.client_of(office.anna()).get(LIST + path).status_code == 404
    assert of_admin().get(LIST + path).status_code == 200


def test_a_phone_is_added_changed_and_blocked() -> None:
    client = of_admin()
    assert client.post(f"{LIST}nowy/", said()).status_code == 302

    added = Extension.objects.get(pk="105")
    assert (added.forward_no_answer, added.ring_seconds, added.may_call) == ("+48601234567", 25, 2)
    assert 'value="601 234 567"' in client.get(f"{LIST}105/").content.decode()
    other = Node.objects.get(code="B")
    client.post(f"{LIST}105/", said(is_blocked="on", node=other.pk, forward_no_answer=""))
    changed = Extension.objects.select_related("number").get(pk="105")
    assert (changed.is_blocked, changed.number.node_id, changed.forward_no_answer) == (True, other.pk, "")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"number": "102"}, "Numer 102 jest już zajęty"),
        ({"number": "0102"}, "nie zaczyna się od zera"),
        ({"forward_busy": "105"}, "nie może przekierować na własny numer"),
        ({"forward_always": "kot"}, "albo zewnętrzny, na przykład 601 234 567"),
        ({"ring_seconds": "0"}, "ring_seconds-error"),
    ],
)
def test_a_wrong_phone_is_refused_and_what_was_typed_stays(wrong: dict[str, str], says: str) -> None:
    answer = of_admin().post(f"{LIST}nowy/", said(**wrong))

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert 'value="p. 105"' in answer.content.decode()
    assert not Extension.objects.filter(pk="105").exists()


def test_one_sets_where_calls_to_his_own_phone_go() -> None:
    client = office.client_of(office.anna())
    forwards = {"forward_always": "", "forward_busy": "102", "forward_no_answer": "", "ring_seconds": "10"}

    assert client.post(f"{LIST}moj/", forwards).status_code == 302
    mine = Extension.objects.get(pk="101")
    assert (mine.forward_busy, mine.has_voicemail, mine.ring_seconds) == ("102", False, 10)
    assert client.post(f"{LIST}moj/", forwards | {"forward_busy": "101"}).status_code == 422
    assert office.client_of(office.make_staff("b.bez", "Beata Bez")).get(f"{LIST}moj/").status_code == 404


def test_a_password_is_shown_once_and_kept_as_ha1_alone() -> None:
    client = of_admin()
    answer = client.post(f"{LIST}102/haslo/")

    assert "no-store" in answer["Cache-Control"]
    password = answer.content.decode().split("<code>")[1].split("</code>")[0]
    assert len(password) == 24
    digest = hashlib.md5(f"102:starostwo:{password}".encode()).hexdigest()
    assert Credential.objects.values_list("extension_id", "set_by").get()[0] == "102"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry WHERE payload::text LIKE %s", [f"%{digest}%"])
        assert cursor.fetchone() == (0,)
    assert client.post(f"{LIST}102/haslo/").status_code == 200


def test_a_group_has_its_phones_in_their_turn() -> None:
    client = of_admin()
    told = {
        "number": "800", "name": "Informacja", "node": Node.objects.get(code="A").pk,
        "strategy": "SEQUENTIAL", "members": "102 101", "ring_seconds": "15", "then": "",
        "at_night": "601234567",
    }  # fmt: skip
    assert client.post(f"{LIST}grupa/", told).status_code == 302
    group = HuntGroup.objects.get(pk="800")
    assert list(group.members.order_by("position").values_list("extension_id", flat=True)) == ["102", "101"]
    refused = client.post(f"{LIST}grupa/800/", told | {"members": "102 199"})
    assert (refused.status_code, "Nie ma telefonu 199" in refused.content.decode()) == (422, True)
    assert client.post(f"{LIST}grupa/", told).status_code == 422
    assert (
        client.post(f"{LIST}grupa/800/", told | {"strategy": "PARALLEL", "members": "101"}).status_code == 302
    )
    assert group.members.count() == 1
    assert client.get(f"{LIST}grupa/801/").status_code == 404


def test_the_way_of_a_call_is_told_without_calling(here: Node) -> None:
    testing.make_trunk(here)
    Extension.objects.filter(pk="102").update(forward_always="101", has_voicemail=False)
    Extension.objects.filter(pk="101").update(forward_no_answer="102")
    client = of_admin()

    def told(**asked: str) -> str:
        answer = client.get(f"{LIST}proba/", {"dzwoni": "101", "wezel": "A"} | asked)
        return answer.content.decode()

    assert "dzwoni telefon 101" in told(wybiera="102")
    assert "tworzą pętlę" in told(wybiera="102")
    assert "wychodzi łączem na 601 234 567" in told(wybiera="601 234 567")
    assert "nie ma takiego numeru" in told(wybiera="199")
    assert "nie może tam dzwonić" in told(wybiera="0049301234567")
    assert "nie ma takiego numeru" in told(wybiera="422888199", z_zewnatrz="on", dzwoni="601234567")
    assert client.get(f"{LIST}proba/", {"dzwoni": "x", "wybiera": "1"}).status_code == 422
