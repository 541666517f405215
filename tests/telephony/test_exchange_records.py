"""Calls over really started exchanges of two buildings leave their records, and are seen while they last."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import Settings
from django.utils.timezone import now

from starostwo.telephony import testing
from starostwo.telephony.agent.call import Refused
from starostwo.telephony.agent.digest import Credentials
from starostwo.telephony.agent.incoming import Behaviour, answering, busy, ringing_on
from starostwo.telephony.agent.user_agent import UserAgent
from starostwo.telephony.models import Call, CallLeg, Extension, Number
from starostwo.telephony.queries.live import now_at
from starostwo.telephony.rules.classes import INTERNAL
from starostwo.telephony.services import phones
from starostwo.telephony.services.calls import collect
from starostwo.telephony.services.phones import DOMAIN
from tests.telephony.agents import phone, run, until
from tests.telephony.exchange import exchange
from tests.telephony.registrar import free_port

HOMES = {"101": "A", "102": "A", "103": "A", "201": "B"}


@dataclass
class County:
    """Both exchanges, the folder of the first, passwords of phones, ports of the box and of the operator."""

    ports: dict[str, int]
    folder: Path
    box: int
    trunk: int
    passwords: dict[str, str] = field(default_factory=dict)

    @asynccontextmanager
    async def phone(self, number: str, behaviour: Behaviour | None = None) -> AsyncIterator[UserAgent]:
        """A phone that is signed in where it is at home."""
        told: dict[str, Any] = {
            "credentials": Credentials.from_password(number, DOMAIN, self.passwords[number])
        }
        async with phone(number, behaviour, proxy=("127.0.0.1", self.ports[HOMES[number]]), **told) as agent:
            await agent.register(60)
            try:
                yield agent
            finally:
                await agent.unregister()


@pytest.fixture(scope="module")
def started(committed_database_of_module: str) -> Iterator[County]:
    ports, box, trunk = {code: free_port() for code in "AB"}, free_port(), free_port()
    testing.load_numbers()
    nodes = {code: testing.make_node(code, port=port) for code, port in ports.items()}
    admin, passwords = testing.admin(), {}
    for number, code in HOMES.items():
        testing.make_phone(number, nodes[code], ring_seconds=1)
        passwords[number] = phones.new_password(number, actor=admin, now=testing.NOW)
    testing.make_trunk(nodes["A"], port=trunk)
    testing.make_public(rings="101")
    place = {"box": f"127.0.0.1:{box}", "reload_seconds": 1}
    with exchange(nodes["A"], **place) as folder, exchange(nodes["B"], **place):
        yield County(ports, folder, box, trunk, passwords)


@pytest.fixture
def county(started: County, monkeypatch: pytest.MonkeyPatch) -> Iterator[County]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # a test changes a row between two calls
    yield started
    CallLeg.objects.all().delete()
    Call.objects.all().delete()
    Extension.objects.update(has_voicemail=False, may_call=3)
    Number.objects.filter(kind=Number.Kind.GROUP).delete()


async def talks(agent: UserAgent, dialled: str, seconds: float = 0.0) -> None:
    call = await (await agent.call(f"sip:{dialled}@{DOMAIN}")).wait_until_up()
    await asyncio.sleep(seconds)
    await call.hang_up()


async def refused(agent: UserAgent, dialled: str) -> None:
    with pytest.raises(Refused):
        await (await agent.call(f"sip:{dialled}@{DOMAIN}")).wait_until_up()


async def recorded(rows: int) -> list[Call]:
    """The calls, once the exchanges have written so many rows."""
    await until(lambda: CallLeg.objects.count() >= rows, 5)
    collect(now=now())
    return list(Call.objects.order_by("begun_at"))


def test_each_call_leaves_one_record_over_both_buildings(county: County) -> None:
    async def work() -> None:
        async with (
            county.phone("101", answering(hz=600)) as first,
            county.phone("102", answering(0.5, hz=700)),
            county.phone("201", answering(hz=800)) as other,
        ):
            await talks(first, "102", 1.1)
            await talks(first, "201")
            await talks(other, "101")
            inside, there, back = await recorded(5)
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
    async def work() -> None:
        async with county.phone("101") as first, county.phone("102", busy()) as second:
            await refused(first, "102")
            second.behaviour = ringing_on()
            await refused(first, "102")
            await refused(first, "103")
            await refused(first, "199")
            call = await first.call(f"sip:102@{DOMAIN}")
            await call.ringing.wait()
            await call.give_up()
            Extension.objects.filter(pk="101").update(may_call=INTERNAL)
            await refused(first, "601234567")
            calls = await recorded(6)
        assert [(one.result, one.direction, one.code) for one in calls] == [
            ("BUSY", "INSIDE", 486), ("MISSED", "INSIDE", 408), ("MISSED", "INSIDE", 480),
            ("REFUSED", "INSIDE", 404), ("CANCELLED", "INSIDE", 487), ("REFUSED", "OUT", 403),
        ]  # fmt: skip
        assert (calls[1].ended_at - calls[1].begun_at).total_seconds() > 0.8
        assert {one.talked_seconds for one in calls} == {0}

    run(work())


def test_who_answered_of_those_that_rang(county: County) -> None:
    async def work() -> None:
        async with (
            county.phone("101") as first,
            county.phone("102", ringing_on()),
            county.phone("103", answering(0.2, hz=900)),
            county.phone("201", ringing_on()),
            phone("box", answering(hz=1000), port=county.box),
        ):
            here = Extension.objects.get(pk="101").number.node
            members = [Extension.objects.get(pk=one) for one in ("102", "201", "103")]
            group = testing.make_group("800", here, *members, ring_seconds=2, strategy="PARALLEL")
            await talks(first, "800")
            group.strategy = "SEQUENTIAL"
            group.ring_seconds = 1
            group.save()
            await talks(first, "800")
            Extension.objects.filter(pk="102").update(has_voicemail=True)
            await talks(first, "102")
            calls = await recorded(5)
        assert [(one.result, one.dialled, one.answered_by, one.is_voicemail) for one in calls] == [
            ("ANSWERED", "800", "103", False), ("ANSWERED", "800", "103", False), ("MISSED", "102", "", True),
        ]  # fmt: skip

    run(work())


def test_out_and_in_over_the_operators_line_with_cost(county: County) -> None:
    async def work() -> None:
        async with (
            county.phone("101", answering(hz=600)) as first,
            county.phone("201") as other,
            phone("operator", answering(hz=1500), port=county.trunk) as operator,
        ):
            await talks(first, "601234567")
            await talks(other, "601234567")
            operator.client.proxy = ("127.0.0.1", county.ports["A"])
            await talks(operator, "+48422888100")
            near, far, came = await recorded(4)
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
        async with county.phone("101") as first, county.phone("102", answering(hz=700)):
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
