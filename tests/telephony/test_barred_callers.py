"""Callers from outside who are barred for a while, and phones that want no calls for now."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.telephony import testing
from starostwo.telephony.models import BarredCaller, Extension, Node
from starostwo.telephony.queries.routing import TRUNK, route
from starostwo.telephony.services import barring
from starostwo.telephony.services.writing import MayNotManage
from starostwo.telephony.testing import NOW, TODAY

pytestmark = pytest.mark.django_db
LIST = "/urzad/telefony/blokady/"
BAD = "+48601234567"


@pytest.fixture(autouse=True)
def here() -> Node:
    office.make_office()
    testing.load_numbers()
    node = testing.make_node("A")
    testing.make_phone("101", node)
    testing.make_phone("102", node)
    testing.make_public(rings="102")
    return node


@pytest.fixture
def client() -> Client:
    return office.client_of(Account.objects.get(pk=testing.admin().account_id))


def ways(caller: str, dialled: str, **said: object) -> list[str]:
    steps = route(caller, dialled, node="A", **({"at": NOW} | said))  # type: ignore[arg-type]
    return [f"{one.step} {one.when} {one.kind} {one.target}" for one in steps]


@pytest.mark.parametrize("caller", [BAD, "48601234567", "0048601234567", "601234567"])
def test_a_barred_number_is_refused_however_the_operator_writes_it(caller: str) -> None:
    ours = "+48422888100"
    assert ways(caller, ours, source=TRUNK) == ["1 START user 102"]
    barring.bar(BAD, "groźby", TODAY, actor=testing.admin(), now=NOW)
    assert ways(caller, ours, source=TRUNK) == ["1 START deny 403"]
    assert ways("+48601234568", ours, source=TRUNK) == ["1 START user 102"]
    assert ways("anonymous", ours, source=TRUNK) == ["1 START user 102"]
    assert ways(caller, ours, source=TRUNK, at=NOW + timedelta(days=1)) == ["1 START user 102"]


def test_whom_we_call_ourselves_is_not_barred(here: Node) -> None:
    testing.make_trunk(here)
    barring.bar(BAD, "groźby", TODAY, actor=testing.admin(), now=NOW)
    assert ways("101", BAD) == [f"1 START trunk {BAD}"]


def test_a_caller_is_barred_and_answered_again_on_the_screen(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert "Żaden numer nie jest zablokowany" in client.get(LIST).content.decode()
    assert 'value="601 234 567"' in client.get(f"{LIST}?numer=601+234+567").content.decode()
    until = localdate() + timedelta(days=14)
    said = {"number": "601 234 567", "why": "groźby", "until": f"{until:%d.%m.%Y}"}
    assert "Zablokowano 601 234 567" in client.post(LIST, said, follow=True).content.decode()
    row = BarredCaller.objects.get()
    assert (row.number, row.why, row.until, row.set_by) == (BAD, "groźby", until, "Olaf Bak")
    with django_assert_num_queries(6):
        assert "groźby" in client.get(LIST).content.decode()

    client.post(f"{LIST}{row.pk}/zdjecie/")
    assert not BarredCaller.objects.exists()
    assert client.post(f"{LIST}{row.pk}/zdjecie/").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"number": "105"}, "Wpisz numer zewnętrzny"),
        ({"number": "42 288 81 00"}, "numer starostwa"),
        ({"why": ""}, "why-error"),
        ({"until": "01.01.2020"}, "od dziś do roku"),
        ({"until": "01.01.2090"}, "od dziś do roku"),
    ],
)
def test_what_is_wrong_is_said_and_stays(client: Client, wrong: dict[str, str], words: str) -> None:
    until = localdate() + timedelta(days=14)
    said = {"number": "601 234 567", "why": "moje słowa", "until": f"{until:%d.%m.%Y}"} | wrong
    answer = client.post(LIST, said)
    shown = answer.content.decode()
    assert (answer.status_code, words in shown) == (422, True)
    assert all(value in shown for value in said.values())
    assert not BarredCaller.objects.exists()


def test_nobody_is_barred_twice_or_longer_than_told(client: Client) -> None:
    until = localdate() + timedelta(days=14)
    said = {"number": BAD, "why": "groźby", "until": f"{until:%d.%m.%Y}"}
    client.post(LIST, said)
    assert "już zablokowany" in client.post(LIST, said).content.decode()
    assert barring.forget(today=until) == 0
    assert barring.forget(today=until + timedelta(days=1)) == 1


def test_nobody_else_bars() -> None:
    clerk = office.anna()
    assert office.client_of(clerk).get(LIST).status_code == 404
    with pytest.raises(MayNotManage):
        barring.bar(BAD, "groźby", date(2026, 11, 30), actor=office.actor(clerk), now=NOW)


def test_a_quiet_phone_is_as_one_that_is_busy(here: Node) -> None:
    Extension.objects.filter(pk="102").update(is_quiet=True)
    assert ways("101", "102") == ["1 START deny 486"]
    Extension.objects.filter(pk="102").update(has_voicemail=True)
    assert ways("101", "102") == ["1 START voicemail 102"]
    Extension.objects.filter(pk="102").update(forward_busy="101")
    assert ways("101", "102") == ["1 START redirect 101"]
    assert ways("101", "102", alone=True) == ["1 START deny 486"]
    other = testing.make_node("B", port=5061)
    testing.make_phone("201", other, is_quiet=True)
    assert ways("101", "201") == ["1 START peer 201"]  # its own building knows


def test_a_quiet_phone_rings_no_more_in_its_groups(here: Node) -> None:
    testing.make_group("800", here, *Extension.objects.order_by("pk"))
    Extension.objects.filter(pk="101").update(is_quiet=True)
    assert ways("102", "800") == ["1 START user 102"]
    Extension.objects.update(is_quiet=True)
    assert ways("102", "800") == ["1 START deny 480"]


def test_one_says_on_the_screen_that_one_wants_quiet(client: Client) -> None:
    anna = office.anna()
    Extension.objects.filter(pk="101").update(account=anna)
    hers = office.client_of(anna)
    said = {"ring_seconds": "20", "forward_always": "", "forward_busy": "", "forward_no_answer": ""}
    assert hers.post("/urzad/telefony/moj/", said | {"is_quiet": "on"}).status_code == 302
    assert Extension.objects.get(pk="101").is_quiet
    assert "nie przeszkadzać" in client.get("/urzad/telefony/").content.decode()
    hers.post("/urzad/telefony/moj/", said)
    assert not Extension.objects.get(pk="101").is_quiet
