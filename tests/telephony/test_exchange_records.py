"""Calls over really started exchanges of two buildings leave their records, and are seen while they last."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import Settings
from django.utils.timezone import now

from starostwo.site import kept_phones
from starostwo.site.kept_phones import Phone
from starostwo.telephony.agent.call import State, replacing
from starostwo.telephony.agent.incoming import IncomingCall, answering, busy, ringing_on
from starostwo.telephony.agent.user_agent import UserAgent
from starostwo.telephony.exchange.rows import waiting
from starostwo.telephony.exchange.rpc import ask
from starostwo.telephony.models import Call, CallLeg, Extension, HuntGroup, Number
from starostwo.telephony.queries.live import now_at
from starostwo.telephony.rules.classes import INTERNAL
from starostwo.telephony.services.calls import collect, take_written
from starostwo.telephony.services.phones import DOMAIN
from tests.telephony.agents import phone, run, until
from tests.telephony.buildings import FREE, Buildings, change, group, refused, two_buildings
from tests.telephony.exchange import exchange


@dataclass
class County:
    """Both buildings, and the folder of the exchange of the first."""

    buildings: Buildings
    folder: Path
    other: Path


@pytest.fixture(scope="module")
def started(committed_database_of_module: str) -> Iterator[County]:
    buildings, nodes = two_buildings()
    place: dict[str, Any] = {"box": f"127.0.0.1:{buildings.box}", "reload_seconds": 1}
    with exchange(nodes["A"], **place) as folder, exchange(nodes["B"], **place) as other:
        yield County(buildings, folder, other)


@pytest.fixture
def county(started: County, monkeypatch: pytest.MonkeyPatch) -> Iterator[County]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # a test changes a row between two calls
    for folder in (started.folder, started.other):
        for file in waiting(folder, 1000):
            file.unlink()  # calls of the test before that ended after it
    yield started
    CallLeg.objects.all().delete()
    Call.objects.all().delete()
    Extension.objects.update(**FREE, may_call=3)
    Number.objects.filter(kind=Number.Kind.GROUP).delete()


@pytest.fixture
def buildings(county: County) -> Buildings:
    return county.buildings


async def talks(agent: UserAgent, dialled: str, seconds: float = 0.0) -> None:
    call = await (await agent.call(f"sip:{dialled}@{DOMAIN}")).wait_until_up()
    await asyncio.sleep(seconds)
    await call.hang_up()


async def recorded(county: County, rows: int) -> list[Call]:
    """The calls, once the exchanges have written so many rows."""

    def taken() -> bool:
        for folder in (county.folder, county.other):
            take_written(folder, now=now())
        return CallLeg.objects.count() >= rows

    await until(taken, 15)
    collect(now=now())
    return list(Call.objects.order_by("begun_at"))


def test_each_call_leaves_one_record_over_both_buildings(county: County) -> None:
    buildings = county.buildings

    async def work() -> None:
        async with (
            buildings.phone("101", answering(hz=600)) as first,
            buildings.phone("102", answering(0.5, hz=700)),
            buildings.phone("201", answering(hz=800)) as other,
        ):
            await talks(first, "102", 1.1)
            await talks(first, "201")
            await talks(other, "101")
            inside, there, back = await recorded(county, 5)
        assert (inside.direction, inside.result, inside.caller, inside.answered_by) == (
            "INSIDE", "ANSWERED", "101", "102"
        )  # fmt: skip
        assert inside.talked_seconds == 2
        assert (inside.answered_at - inside.begun_at).total_seconds() > 0.4  # type: ignore[operator]
        assert abs((now() - inside.begun_at).total_seconds()) < 30  # no zone slipped in
        assert (there.direction, there.answered_by, there.node.code, there.legs.count()) == (
            "BETWEEN", "201", "A", 2
        )  # fmt: skip
        assert (back.direction, back.caller, back.answered_by, back.node.code) == (
            "BETWEEN",
            "201",
            "101",
            "B",
        )
        assert there.saved > 0

    run(work())


def test_calls_that_nobody_answers_leave_records_too(county: County) -> None:
    buildings = county.buildings

    async def work() -> None:
        async with buildings.phone("101") as first, buildings.phone("102", busy()) as second:
            await refused(first, "102")
            second.behaviour = ringing_on()
            await refused(first, "102")
            await refused(first, "103")
            await refused(first, "199")
            call = await first.call(f"sip:102@{DOMAIN}")
            await call.ringing.wait()
            await call.give_up()
            change("101", may_call=INTERNAL)
            await refused(first, "601234567")
            calls = await recorded(county, 6)
        assert [(one.result, one.direction, one.code) for one in calls] == [
            ("BUSY", "INSIDE", 486), ("MISSED", "INSIDE", 408), ("MISSED", "INSIDE", 480),
            ("REFUSED", "INSIDE", 404), ("CANCELLED", "INSIDE", 487), ("REFUSED", "OUT", 403),
        ]  # fmt: skip
        assert (calls[1].ended_at - calls[1].begun_at).total_seconds() > 0.8
        assert {one.talked_seconds for one in calls} == {0}

    run(work())


def test_who_answered_of_those_that_rang(county: County) -> None:
    buildings = county.buildings

    async def work() -> None:
        async with (
            buildings.phone("101") as first,
            buildings.phone("102", ringing_on()),
            buildings.phone("103", answering(0.2, hz=900)),
            buildings.phone("201", ringing_on()),
            phone("box", answering(hz=1000), port=buildings.box),
        ):
            group("800", "102", "201", "103", ring_seconds=2, strategy="PARALLEL")
            await talks(first, "800")
            HuntGroup.objects.update(strategy="SEQUENTIAL", ring_seconds=1)
            await talks(first, "800")
            change("102", has_voicemail=True)
            await talks(first, "102")
            calls = await recorded(county, 5)
        assert [(one.result, one.dialled, one.answered_by, one.is_voicemail) for one in calls] == [
            ("ANSWERED", "800", "103", False), ("ANSWERED", "800", "103", False), ("MISSED", "102", "", True),
        ]  # fmt: skip

    run(work())


def test_who_picked_a_call_up_and_who_took_another_over(county: County) -> None:
    buildings = county.buildings

    async def work() -> None:
        async with (
            buildings.phone("101", accepts_transfers=True) as first,
            buildings.phone("102", ringing_on()) as second,
            buildings.phone("103", answering(hz=900)) as third,
        ):
            group("800", "102", "103")
            change("102", ring_seconds=10)
            call = await first.call(f"sip:102@{DOMAIN}")
            await call.ringing.wait()
            await refused(third, "*8102")
            await (await call.wait_until_up()).hang_up()
            second.behaviour = answering(hz=700)
            call = await (await first.call(f"sip:102@{DOMAIN}")).wait_until_up()
            asked = await (await second.call(f"sip:103@{DOMAIN}")).wait_until_up()
            other = next(known for known in second.calls if isinstance(known, IncomingCall))
            assert await other.transfer(f"sip:103@{DOMAIN}", replacing(asked)) == 200
            await asked.over.wait()
            assert call.transferred is not None
            await call.transferred.hang_up()
            if call.state is State.UP:
                await call.hang_up()
            calls = await recorded(county, 4)
        assert [(one.caller, one.dialled, one.answered_by) for one in calls] == [
            ("101", "102", "103"), ("101", "102", "102"), ("102", "103", "103"), ("101", "103", "103"),
        ]  # fmt: skip

    run(work())


def test_out_and_in_over_the_operators_line_with_cost(county: County) -> None:
    buildings = county.buildings

    async def work() -> None:
        async with (
            buildings.phone("101", answering(hz=600)) as first,
            buildings.phone("201") as other,
            phone("operator", answering(hz=1500), port=buildings.trunk) as operator,
        ):
            await talks(first, "601234567")
            await talks(other, "601234567")
            operator.client.proxy = ("127.0.0.1", buildings.ports["A"])
            await talks(operator, "+48422888100")
            near, far, came = await recorded(county, 4)
        assert (near.direction, near.answered_by, near.cost, near.trunk.name) == (
            "OUT", "+48601234567", 15, "Operator"
        )  # fmt: skip
        assert (far.direction, far.cost, far.node.code, far.trunk.name) == ("OUT", 15, "B", "Operator")
        assert (came.direction, came.dialled, came.answered_by, came.cost) == ("IN", "+48422888100", "101", 0)
        assert came.trunk.name == "Operator"

    run(work())


def test_who_is_signed_in_and_who_talks_is_seen_at_once(county: County, settings: Settings) -> None:
    async def work() -> None:
        settings.VOIP_DIR = county.folder.parent
        node = Extension.objects.get(pk="101").number.node
        node.code = county.folder.name
        async with county.buildings.phone("101") as first, county.buildings.phone("102", answering(hz=700)):
            call = await (await first.call(f"sip:102@{DOMAIN}")).wait_until_up()
            await asyncio.sleep(0.2)
            live = now_at(node)
            await call.hang_up()
        assert [one.number for one in live.phones] == ["101", "102"]
        assert [(one.caller, one.called, one.rings) for one in live.talks] == [
            ("101 Telefon 101", "102 Telefon 102", False)
        ]
        assert not live.is_cut

    run(work())


def test_four_hundred_phones_are_seen_and_kept(county: County, settings: Settings) -> None:
    """The list of a hundred is longer already than one answer of Kamailio's socket may be."""
    settings.VOIP_DIR = county.folder.parent
    node = Extension.objects.get(pk="101").number.node
    node.code = county.folder.name
    many = [str(number) for number in range(3000, 3400)]
    phones = [Phone(number, f"sip:{number}@127.0.0.1:9", time.time() + 600) for number in many]
    kept_phones.tell(county.folder, phones)
    live = now_at(node)
    found = kept_phones.signed_in(county.folder)
    for number in many:
        ask(county.folder, "ul.rm", "location", number)
    assert (live.runs, live.fault, live.is_cut, len(live.phones)) == (True, "", True, 200)
    assert sorted(one.number for one in found) == many
    assert now_at(node).phones == []
