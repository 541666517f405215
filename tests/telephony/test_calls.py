"""Call records are made of the rows of exchanges, priced, and forgotten after their time."""

import json
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from starostwo.audit import api as audit
from starostwo.office import testing as office
from starostwo.telephony import testing
from starostwo.telephony.models import Call, CallKeeping, CallLeg, Extension, Tariff, Trunk
from starostwo.telephony.rules.keeping import Keeping
from starostwo.telephony.services import forgetting
from starostwo.telephony.services.calls import collect
from starostwo.telephony.services.costs import price_again
from starostwo.telephony.services.lines import NewTariff, add_tariff
from starostwo.telephony.services.writing import MayNotManage
from starostwo.telephony.testing import NOW
from tests.harness import CLUSTER
from tests.telephony.call_rows import call, out, row, unanswered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county() -> Trunk:
    """Anna's phone 101, Jan's 201 in the other building, a shared one, a group, a line, a public number."""
    office.make_office()
    here, other = testing.make_node("A"), testing.make_node("B", port=5061)
    testing.load_numbers()
    anna, jan = office.anna(), office.jan()
    testing.make_phone("101", here, account=anna)
    shared = testing.make_phone("102", here, unit=office.make_unit("GN"))
    testing.make_phone("201", other, account=jan)
    testing.make_group("800", here, shared)
    testing.make_public(rings="800")
    return testing.make_trunk(here, port=5090)


def only() -> Call:
    return Call.objects.get()


@pytest.mark.parametrize("late", [0, 1, 2])
def test_who_was_sent_on_has_two_records_in_whatever_order_the_rows_come(county: Trunk, late: int) -> None:
    """The row of the other building may come before that of the exchange which sent the caller there."""
    who, then = "+48601234567", NOW + timedelta(seconds=20)
    rows = [
        lambda: row("story", who, "101", source="trunk", came_by="10.0.0.9:5060"),
        lambda: row("story", who, "201", at=then, source="sent", kind="peer", came_by="101"),
        lambda: row("story", who, "201", at=then, node="B", source="peer"),
    ]
    last = rows.pop(late)
    for write in rows:
        write()
    collect(now=NOW)
    last()
    collect(now=NOW)

    came, handed = Call.objects.order_by("begun_at")
    assert (came.answered_by, came.talked_seconds, came.legs.count()) == ("101", 20, 1)
    assert (handed.answered_by, handed.talked_seconds, handed.legs.count()) == ("201", 60, 2)


def test_one_call_over_both_exchanges_is_one_record(county: Trunk) -> None:
    row("one", "101", "201", kind="peer")
    row("one", "101", "201", node="B", source="peer")
    assert collect(now=NOW) == 2

    found = only()
    assert (found.direction, found.result, found.node.code) == ("BETWEEN", "ANSWERED", "A")
    assert (found.waited_seconds, found.talked_seconds) == (5, 60)
    assert (found.caller_account.login, found.caller_unit) == ("a.nowak", "GN")
    assert (found.callee_account.login, found.callee_unit) == ("j.kos", "AB")
    assert found.begun_at == NOW
    assert found.legs.count() == 2
    assert collect(now=NOW) == 0


def test_a_row_that_comes_later_joins_its_call(county: Trunk) -> None:
    row("late", "201", "800", node="B", kind="peer")
    collect(now=NOW)
    assert only().answered_by == "800"
    row("late", "201", "800", source="peer", target="102")
    collect(now=NOW)
    assert (only().answered_by, only().callee_unit) == ("102", "GN")


def test_the_row_of_the_neighbour_alone_is_a_call_until_the_other_comes(county: Trunk) -> None:
    row("far", "101", "201", node="B", source="peer")
    collect(now=NOW)
    row("far", "101", "201", kind="peer")
    collect(now=NOW)
    assert only().node.code == "A"


def test_the_same_row_twice_counts_once_and_strangers_not_at_all(county: Trunk) -> None:
    row("twin", "101", "102")
    row("twin", "101", "102")
    row("stranger", "101", "102", node="Z")
    collect(now=NOW)
    assert only().sip_id == "twin"
    assert CallLeg.objects.count() == 1


def test_a_call_from_outside_is_nobodys_whatever_number_it_shows(county: Trunk) -> None:
    row("in", "101", "+48422888100", source="trunk", came_by="127.0.0.1:5090", target="102")
    unanswered("lost", "+48601234567", "+48422888100", 487, source="trunk", came_by="127.0.0.1:5090")
    collect(now=NOW)
    came, lost = Call.objects.order_by("pk")
    assert (came.caller_account, came.caller_unit, came.trunk) == (None, "", county)
    assert (came.direction, came.callee_unit, came.cost) == ("IN", "GN", 0)
    assert (lost.result, lost.callee_unit) == ("CANCELLED", "GN")


def test_a_call_belongs_to_whose_phone_it_was(county: Trunk) -> None:
    call("before", "101", "102")
    Extension.objects.filter(pk="101").update(account=office.jan())
    call("after", "101", "102")
    logins = Call.objects.order_by("pk").values_list("caller_account__login", flat=True)
    assert list(logins) == ["a.nowak", "j.kos"]


def test_a_call_out_has_its_cost_and_its_tariff(county: Trunk) -> None:
    out("paid", "101", "+48601234567", "127.0.0.1:5090")
    unanswered("free", "101", "+48601234567", 486, kind="trunk", left_by="127.0.0.1:5090")
    out("alarm", "101", "112", "127.0.0.1:5090")
    collect(now=NOW)
    paid, free, alarm = Call.objects.order_by("pk")
    assert (paid.cost, paid.tariff.beginning, paid.trunk) == (900, "+4860", county)
    assert (free.cost, free.tariff, alarm.cost, alarm.tariff) == (0, None, 0, None)


def test_a_tariff_that_is_entered_later_prices_its_calls(county: Trunk) -> None:
    Tariff.objects.all().delete()
    out("dear", "101", "+48601234567", "127.0.0.1:5090")
    out("older", "101", "+48601234567", "127.0.0.1:5090", at=NOW - timedelta(days=10))
    row("between", "101", "201", kind="peer")
    collect(now=NOW)
    assert set(Call.objects.exclude(direction="BETWEEN").values_list("cost", flat=True)) == {None}

    said = NewTariff("+48", 120, 30, since=date(2026, 11, 20))
    add_tariff(county, said, actor=testing.admin(), now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'telephony.price_again'")
        assert [json.loads(args) for (args,) in cursor.fetchall()] == [{"since": "2026-11-20"}]
    assert price_again(date(2026, 11, 20)) == 2
    costs = dict(Call.objects.values_list("sip_id", "cost"))
    assert costs == {"dear": 150, "older": None, "between": 0}
    assert Call.objects.get(sip_id="between").saved == 150


def test_free_calls_between_buildings_and_to_the_own_numbers_are_saved(county: Trunk) -> None:
    dear = testing.make_trunk(Extension.objects.get(pk="101").number.node, "Drogie", port=5091, pl=700)
    row("between", "101", "201", kind="peer")
    row("public", "101", "+48422888100", target="102")
    row("inside", "101", "102")
    unanswered("missed", "101", "201", 486, kind="peer")
    collect(now=NOW)
    saved = {one.sip_id: (one.saved, one.cost) for one in Call.objects.all()}
    assert saved == {"between": (500, 0), "public": (500, 0), "inside": (0, 0), "missed": (0, 0)}
    used = Call.objects.get(sip_id="between").saved_tariff
    assert (used.trunk, used.trunk == dear) == (county, False)


@pytest.mark.law("RODO art. 5 ust. 1 lit. e")
def test_old_calls_lose_the_numbers_of_others_and_the_oldest_go(county: Trunk) -> None:
    today = date(2026, 11, 28)
    for days in (29, 30, 31, 60, 61):
        at = datetime(2026, 11, 28, 9, tzinfo=UTC) - timedelta(days=days)
        out(f"d{days}", "101", "+48601234567", "127.0.0.1:5090", at=at)
    row("own", "101", "+48422888100", target="102", at=datetime(2026, 10, 20, 9, tzinfo=UTC))
    collect(now=NOW)
    said = Keeping(date(2026, 1, 1), 30, 60, "zarządzenie 1/2026")
    forgetting.decide(said, actor=testing.admin(), now=NOW)

    assert forgetting.forget(today=today, now=NOW) == (1, 3)
    shown = {one.sip_id: one.dialled for one in Call.objects.all()}
    assert shown == {
        "d29": "+48601234567", "d30": "+48601234567", "d31": "+48601234***", "d60": "+48601234***",
        "own": "+48422888100",
    }  # fmt: skip
    assert set(CallLeg.objects.values_list("callid", flat=True)) == {"d29", "d30"}
    [line] = audit.history("telephony.calls:2026-11-28")
    assert (line.verb, line.payload) == ("forget", {"deleted": 1, "masked": 3})
    assert forgetting.forget(today=today, now=NOW) == (0, 0)
    assert Call.objects.get(sip_id="d31").cost == 900


def test_how_long_is_decided_by_who_runs_telephony_and_once_a_day(county: Trunk) -> None:
    said = Keeping(date(2026, 12, 1), 30, 60, "zarządzenie")
    with pytest.raises(MayNotManage):
        forgetting.decide(said, actor=office.actor(office.anna()), now=NOW)
    with pytest.raises(forgetting.MaskedTooLate):
        forgetting.decide(Keeping(said.since, 61, 60, "x"), actor=testing.admin(), now=NOW)
    forgetting.decide(said, actor=testing.admin(), now=NOW)
    with pytest.raises(forgetting.DecidedAlready):
        forgetting.decide(said, actor=testing.admin(), now=NOW)
    assert CallKeeping.objects.count() == 1


def test_the_exchange_writes_nothing_into_the_database() -> None:
    """The application may not look into the schema where views read what phones sign in with."""
    with psycopg.connect(CLUSTER.url(connection.settings_dict["NAME"], "postgres")) as server:
        rights = ["INSERT", "SELECT", "UPDATE", "DELETE"]
        may = server.execute(
            "SELECT has_table_privilege('starostwo_voip', 'sip.ha1cache', what), "
            "has_table_privilege('starostwo_voip', 'telephony_callleg', what) FROM unnest(%s::text[]) what",
            [rights],
        ).fetchall()
    assert may == [(False, False), (True, False), (False, False), (False, False)]
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sip.ha1cache")
