"""Lines, prices, public numbers, days off and inner numbers are put right; what nothing rests on goes."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.utils.timezone import get_current_timezone
from pytest_django import DjangoAssertNumQueries

from starostwo.audit.models import Entry
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.telephony import testing
from starostwo.telephony.models import (
    Call,
    DayOff,
    Extension,
    HuntGroup,
    Node,
    Number,
    PublicNumber,
    Tariff,
    Trunk,
)
from starostwo.telephony.services import costs, line_changes, removal
from starostwo.telephony.services.writing import MayNotManage

pytestmark = pytest.mark.django_db
TELEPHONY = "/urzad/telefony"


@pytest.fixture(autouse=True)
def here() -> Node:
    office.make_office()
    testing.load_numbers()
    node = testing.make_node("A")
    testing.make_phone("101", node)
    testing.make_phone("102", node)
    return node


@pytest.fixture
def client() -> Client:
    return office.client_of(Account.objects.get(pk=testing.admin().account_id))


def _called(trunk: Trunk, day: int) -> Call:
    """A call of a minute over the line, to a mobile, priced."""
    begun = datetime(2026, 11, day, 10, tzinfo=get_current_timezone())
    made = Call.objects.create(
        sip_id=f"call-{day}", direction="OUT", result="ANSWERED", code=200, caller="101",
        dialled="+48601234567", answered_by="+48601234567", node=trunk.node, trunk=trunk, begun_at=begun,
        answered_at=begun, ended_at=begun.replace(minute=1), waited_seconds=0, talked_seconds=60,
    )  # fmt: skip
    costs.price_again(date(2026, 11, 1))
    made.refresh_from_db()
    return made


def test_a_line_moves_to_another_server_and_keeps_its_prices(client: Client, here: Node) -> None:
    trunk = testing.make_trunk(here)
    testing.make_trunk(here, "Drugi", port=5091)
    address = f"{TELEPHONY}/lacza/{trunk.pk}/zmiana/"
    assert 'value="127.0.0.1"' in client.get(address).content.decode()
    said = {"name": "Operator", "node": here.pk, "host": "sip.nowy.pl", "port": "5080", "order": "2"}
    assert client.post(address, said).status_code == 302
    trunk.refresh_from_db()
    assert (trunk.host, trunk.port, trunk.order, trunk.tariffs.count()) == ("sip.nowy.pl", 5080, 2, 3)
    refused = client.post(address, said | {"name": "Drugi", "host": "sip.inny.pl"})
    assert (refused.status_code, "sip.inny.pl" in refused.content.decode()) == (422, True)
    assert Trunk.objects.get(pk=trunk.pk).host == "sip.nowy.pl"


def test_a_line_is_removed_before_anybody_called_over_it_else_it_stays(client: Client, here: Node) -> None:
    unused, used = testing.make_trunk(here, "Nieużyte", port=5091), testing.make_trunk(here)
    _called(used, 2)
    answer = client.post(f"{TELEPHONY}/lacza/{used.pk}/usuniecie/", follow=True).content.decode()
    assert "zostaje w spisie rozmów" in answer
    answer = client.post(f"{TELEPHONY}/lacza/{unused.pk}/usuniecie/", follow=True).content.decode()
    assert "Usunięto łącze Nieużyte" in answer
    assert list(Trunk.objects.all()) == [used]
    assert client.post(f"{TELEPHONY}/lacza/{unused.pk}/usuniecie/").status_code == 404


def test_a_price_is_put_right_and_its_calls_are_counted_again(client: Client, here: Node) -> None:
    trunk = testing.make_trunk(here, mobile=900)
    call = _called(trunk, 2)
    assert call.cost == 900
    tariff = trunk.tariffs.get(beginning="+4860")
    address = f"{TELEPHONY}/stawki/{tariff.pk}/"
    assert 'value="0,09"' in client.get(address).content.decode()
    said = {"beginning": "+4860", "minute": "0,19", "setup": "", "since": "01.01.2026", "until": ""}
    assert "przeliczone" in client.post(address, said, follow=True).content.decode()
    costs.price_again(date(2026, 1, 1))
    call.refresh_from_db()
    assert call.cost == 1900

    assert client.post(address, said | {"until": "31.12.2025"}).status_code == 422
    Tariff.objects.create(trunk=trunk, beginning="+4860", minute=1, since=date(2027, 1, 1))
    refused = client.post(address, said | {"since": "01.01.2027", "minute": "0,77"})
    assert (refused.status_code, "0,77" in refused.content.decode()) == (422, True)
    assert client.post(address, said | {"until": "01.11.2026"}).status_code == 302
    costs.price_again(date(2026, 1, 1))
    call.refresh_from_db()
    assert call.cost == 500  # from the second of November the price of the whole country holds


def test_a_price_by_which_calls_were_counted_stays(client: Client, here: Node) -> None:
    trunk = testing.make_trunk(here)
    _called(trunk, 2)
    used, unused = trunk.tariffs.get(beginning="+4860"), trunk.tariffs.get(beginning="+")
    answer = client.post(f"{TELEPHONY}/stawki/{used.pk}/usuniecie/", follow=True).content.decode()
    assert "policzono już rozmowy" in answer
    client.post(f"{TELEPHONY}/stawki/{unused.pk}/usuniecie/")
    assert set(trunk.tariffs.values_list("beginning", flat=True)) == {"+48", "+4860"}


def test_a_number_of_the_county_rings_something_else(client: Client, here: Node) -> None:
    number = testing.make_public(rings="101")
    address = f"{TELEPHONY}/numer-zewnetrzny/{number.pk}/"
    assert 'value="101"' in client.get(address).content.decode()
    assert client.post(address, {"rings": "102", "description": "sekretariat"}).status_code == 302
    number.refresh_from_db()
    assert (number.rings_id, number.description) == ("102", "sekretariat")
    refused = client.post(address, {"rings": "199", "description": "moje słowa"})
    assert (refused.status_code, "moje słowa" in refused.content.decode()) == (422, True)
    client.post(address, {"rings": "", "description": ""})
    number.refresh_from_db()
    assert number.rings_id is None


def test_a_number_by_which_phones_are_shown_stays(client: Client, here: Node) -> None:
    number = testing.make_public()
    Extension.objects.filter(pk="101").update(shows=number)
    address = f"{TELEPHONY}/numer-zewnetrzny/{number.pk}/usuniecie/"
    assert "Zmień to najpierw" in client.post(address, follow=True).content.decode()
    Extension.objects.update(shows=None)
    assert "Usunięto numer" in client.post(address, follow=True).content.decode()
    assert not PublicNumber.objects.exists()


def test_a_day_off_of_the_office_is_taken_back_one_of_the_act_is_not(client: Client) -> None:
    ours = DayOff.objects.create(day=date(2026, 12, 24), name="zarządzenie starosty")
    theirs = DayOff.objects.create(day=date(2030, 12, 25), name="Boże Narodzenie", is_statutory=True)
    shown = client.get(f"{TELEPHONY}/lacza/").content.decode()
    assert f"/dzien-wolny/{ours.pk}/usuniecie/" in shown
    assert f"/dzien-wolny/{theirs.pk}/usuniecie/" not in shown
    client.post(f"{TELEPHONY}/dzien-wolny/{ours.pk}/usuniecie/")
    assert client.post(f"{TELEPHONY}/dzien-wolny/{theirs.pk}/usuniecie/").status_code == 404
    assert [one.pk for one in DayOff.objects.filter(pk__in=[ours.pk, theirs.pk])] == [theirs.pk]


def test_a_number_to_which_something_leads_names_it_and_stays(
    client: Client, here: Node, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    group = testing.make_group("800", here, Extension.objects.get(pk="101"), then="101")
    testing.make_public(rings="101")
    Extension.objects.filter(pk="102").update(forward_busy="101")
    testing.make_device("00:15:65:00:00:01", number="101")
    client.get(f"{TELEPHONY}/101/")
    with django_assert_num_queries(15):
        shown = client.get(f"{TELEPHONY}/101/").content.decode()
    for lead in ("numer zewnętrzny 42 288 81 00", "grupa 800", "przekierowanie grupy 800",
                 "przekierowanie telefonu 102", "aparat 00:15:65:00:00:01"):  # fmt: skip
        assert lead in shown, lead
    assert "Usuń numer 101" not in shown
    assert "nie usunięto" in client.post(f"{TELEPHONY}/101/usuniecie/", follow=True).content.decode()
    assert Number.objects.filter(pk="101").exists()

    HuntGroup.objects.filter(pk="800").update(at_night="800")  # it rings at night too
    assert "Usuń numer 800" in client.get(f"{TELEPHONY}/grupa/800/").content.decode()
    client.post(f"{TELEPHONY}/800/usuniecie/")
    assert not HuntGroup.objects.filter(pk=group.pk).exists()


def test_a_removed_number_is_free_for_another(client: Client, here: Node) -> None:
    answer = client.post(f"{TELEPHONY}/102/usuniecie/", follow=True).content.decode()
    assert "Usunięto numer 102" in answer
    assert not Extension.objects.filter(pk="102").exists()
    assert client.post(f"{TELEPHONY}/102/usuniecie/").status_code == 404
    testing.make_group("102", here)
    last = Entry.objects.order_by("-pk").first()
    assert last is not None
    assert (last.verb, last.thing) == ("remove", "telephony.phone:102")


def test_nobody_else_changes_anything(here: Node) -> None:
    trunk, number = testing.make_trunk(here), testing.make_public()
    clerk = office.anna()
    other = office.client_of(clerk)
    for address in (
        f"lacza/{trunk.pk}/zmiana",
        f"numer-zewnetrzny/{number.pk}",
        f"stawki/{trunk.tariffs.all()[0].pk}",
    ):
        assert other.get(f"{TELEPHONY}/{address}/").status_code == 404
    for act in (f"lacza/{trunk.pk}", f"numer-zewnetrzny/{number.pk}", "102"):
        assert other.post(f"{TELEPHONY}/{act}/usuniecie/").status_code == 404
    with pytest.raises(MayNotManage):
        line_changes.remove_trunk(trunk.pk, actor=office.actor(clerk), now=testing.NOW)
    with pytest.raises(MayNotManage):
        removal.remove_number("102", actor=office.actor(clerk), now=testing.NOW)
