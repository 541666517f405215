"""The call matrix over really started exchanges of two buildings: our configuration, tables, real sound."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from starostwo.telephony import testing
from starostwo.telephony.agent.call import Refused
from starostwo.telephony.agent.digest import Credentials
from starostwo.telephony.agent.incoming import Behaviour, IncomingCall, answering, busy, ringing_on
from starostwo.telephony.agent.user_agent import UserAgent
from starostwo.telephony.models import Extension, HuntGroup, Number
from starostwo.telephony.rules.classes import INTERNAL
from starostwo.telephony.services import phones
from starostwo.telephony.services.phones import DOMAIN
from tests.telephony.agents import phone, run, until
from tests.telephony.exchange import exchange
from tests.telephony.registrar import free_port

NUMBERS = {"101": "A", "102": "A", "103": "A", "104": "A", "105": "A", "201": "B"}
FREE = {"forward_always": "", "forward_busy": "", "forward_no_answer": "", "has_voicemail": False}


@dataclass
class Buildings:
    """Both exchanges, the passwords of their phones, the ports of the box and of the operator."""

    ports: dict[str, int]
    box: int
    trunk: int
    passwords: dict[str, str] = field(default_factory=dict)

    @asynccontextmanager
    async def phone(
        self, number: str, behaviour: Behaviour | None = None, **more: Any
    ) -> AsyncIterator[UserAgent]:
        """A phone that is signed in where it is at home."""
        told = {"credentials": Credentials.from_password(number, DOMAIN, self.passwords[number])} | more
        proxy = ("127.0.0.1", self.ports[NUMBERS[number]])
        async with phone(number, behaviour, proxy=proxy, **told) as agent:
            await agent.register(60)
            try:
                yield agent
            finally:
                await agent.unregister()


@pytest.fixture(scope="module")
def started(committed_database_of_module: str) -> Iterator[Buildings]:
    ports = {code: free_port() for code in "AB"}
    buildings = Buildings(ports, free_port(), free_port())
    testing.load_numbers()
    nodes = {code: testing.make_node(code, port=port) for code, port in ports.items()}
    admin = testing.admin()
    for number, code in NUMBERS.items():
        testing.make_phone(number, nodes[code], ring_seconds=1)
        buildings.passwords[number] = phones.new_password(number, actor=admin, now=testing.NOW)
    testing.make_trunk(nodes["A"], port=buildings.trunk)
    testing.make_public(rings="101")
    with (
        exchange(nodes["A"], box=f"127.0.0.1:{buildings.box}", tries=3, reload_seconds=1),
        exchange(nodes["B"], box=f"127.0.0.1:{buildings.box}"),
    ):
        yield buildings


@pytest.fixture
def buildings(started: Buildings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Buildings]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # a test changes a row between two calls
    yield started
    Extension.objects.update(**FREE, is_blocked=False, may_call=3)
    Number.objects.filter(kind=Number.Kind.GROUP).delete()


def change(number: str, **said: Any) -> None:
    Extension.objects.filter(pk=number).update(**said)


def group(number: str, *members: str, **said: Any) -> HuntGroup:
    node = Extension.objects.get(pk="101").number.node
    phones_of_it = [Extension.objects.get(pk=member) for member in members]
    return testing.make_group(number, node, *phones_of_it, **({"ring_seconds": 1} | said))


async def refused(agent: UserAgent, dialled: str) -> int:
    with pytest.raises(Refused) as answer:
        await (await agent.call(f"sip:{dialled}@{DOMAIN}")).wait_until_up()
    return answer.value.code


async def talks(agent: UserAgent, dialled: str, hz: float) -> None:
    """The call is answered by whoever plays this tone, and ends."""
    call = await (await agent.call(f"sip:{dialled}@{DOMAIN}")).wait_until_up()
    assert await call.hears(hz)
    await call.hang_up()


def test_sound_goes_both_ways(buildings: Buildings) -> None:
    async def work() -> None:
        async with buildings.phone("101") as first, buildings.phone("102", answering(hz=880)) as second:
            call = await (await first.call(f"sip:102@{DOMAIN}")).wait_until_up()
            call.media.play_tone(440)
            assert await call.hears(880)
            assert await second.calls[0].hears(440)
            await second.calls[0].hang_up()
            await call.over.wait()

    run(work())


def test_wrong_unknown_and_missing_passwords(buildings: Buildings) -> None:
    async def work() -> None:
        for number, password in (("103", "wrong"), ("999", "x")):
            proxy = ("127.0.0.1", buildings.ports["A"])
            told = {"credentials": Credentials.from_password(number, DOMAIN, password)}
            async with phone(number, proxy=proxy, **told) as stranger:
                with pytest.raises(Refused) as answer:
                    await stranger.register()
                assert answer.value.code == 401
                assert await refused(stranger, "102") == 407
        async with phone("103", proxy=("127.0.0.1", buildings.ports["A"])) as silent:
            assert await refused(silent, "102") == 407

    run(work())


def test_who_tries_too_often_is_locked_out_for_a_while(buildings: Buildings) -> None:
    async def work() -> None:
        codes = []
        for password in ["wrong"] * 4 + [buildings.passwords["104"]]:
            told = {"credentials": Credentials.from_password("104", DOMAIN, password)}
            async with phone("104", proxy=("127.0.0.1", buildings.ports["A"]), **told) as guesser:
                with pytest.raises(Refused) as answer:
                    await guesser.register()
                codes.append(answer.value.code)
        assert codes[0] == 401
        assert codes[-1] == 403

    run(work())


def test_nobody_calls_in_anothers_name(buildings: Buildings) -> None:
    async def work() -> None:
        told = {"credentials": Credentials.from_password("102", DOMAIN, buildings.passwords["102"])}
        async with phone("101", proxy=("127.0.0.1", buildings.ports["A"]), **told) as liar:
            assert await refused(liar, "103") in (403, 407)

    run(work())


def test_busy_silent_unknown_and_nonsense(buildings: Buildings) -> None:
    async def work() -> None:
        async with buildings.phone("101") as first, buildings.phone("102", busy()) as second:
            assert await refused(first, "102") == 486
            second.behaviour = ringing_on()
            assert await refused(first, "102") in (408, 480)
            assert await refused(first, "103") == 480
            assert await refused(first, "199") == 404
            for nonsense in ("kot", "10'--2", "1;drop"):
                assert await refused(first, nonsense.replace("'", "%27").replace(";", "%3B")) == 484

    run(work())


def test_the_caller_gives_up(buildings: Buildings) -> None:
    async def work() -> None:
        async with buildings.phone("101") as first, buildings.phone("102", ringing_on()) as second:
            call = await first.call(f"sip:102@{DOMAIN}")
            await call.ringing.wait()
            [other] = second.calls
            await call.give_up()
            await other.over.wait()
            assert call.code == 487

    run(work())


def test_forwarding_always_busy_and_silent(buildings: Buildings) -> None:
    async def work() -> None:
        async with (
            buildings.phone("101") as first,
            buildings.phone("102", busy()) as second,
            buildings.phone("201", answering(hz=1300)),
        ):
            change("102", forward_busy="201")
            await talks(first, "102", 1300)
            second.behaviour = ringing_on()
            change("102", forward_busy="", forward_no_answer="201")
            await talks(first, "102", 1300)
            change("102", forward_no_answer="", forward_always="201")
            await talks(first, "102", 1300)
            change("201", forward_always="102")
            assert await refused(first, "102") == 482

    run(work())


def test_groups_ring_one_by_one_and_all_at_once(buildings: Buildings) -> None:
    async def work() -> None:
        async with (
            buildings.phone("101") as first,
            buildings.phone("102", ringing_on()) as second,
            buildings.phone("201", answering(0.3, hz=1300)),
        ):
            group("800", "103", "102", "201")
            await talks(first, "800", 1300)
            HuntGroup.objects.update(strategy="PARALLEL")
            await talks(first, "800", 1300)
            await until(lambda: not second.calls)
            HuntGroup.objects.update(strategy="SEQUENTIAL", then="102")
            second.behaviour = answering(hz=700)
            change("201", is_blocked=True)
            await talks(first, "800", 700)

    run(work())


def test_a_box_answers_when_nobody_does(buildings: Buildings) -> None:
    async def work() -> None:
        heard: list[str] = []

        async def record(call: Any) -> None:
            heard.append(call.request.headers.get("X-Mailbox"))
            await answering(hz=1000)(call)

        async with buildings.phone("101") as first, phone("box", record, port=buildings.box):
            change("103", has_voicemail=True)
            await talks(first, "103", 1000)
            group("800", "103", has_voicemail=True)
            await talks(first, "800", 1000)
            assert heard == ["103", "800"]

    run(work())


def test_the_other_building_both_ways(buildings: Buildings) -> None:
    async def work() -> None:
        async with (
            buildings.phone("101", answering(hz=600)) as first,
            buildings.phone("201", answering(hz=1300)) as other,
        ):
            await talks(first, "201", 1300)
            await talks(other, "101", 600)
            other.behaviour = busy()
            assert await refused(first, "201") == 486

    run(work())


def test_out_and_in_over_the_operators_line(buildings: Buildings) -> None:
    callers = []

    async def note_who_calls(call: IncomingCall) -> None:
        callers.append(call.caller.uri.number)
        await answering(hz=1500)(call)

    async def work() -> None:
        async with (
            buildings.phone("101", answering(hz=600)) as first,
            buildings.phone("201") as other,
            phone("operator", note_who_calls, port=buildings.trunk) as operator,
        ):
            await talks(first, "601234567", 1500)
            assert callers == ["+48422888100"]
            await talks(other, "601234567", 1500)
            change("101", may_call=INTERNAL)
            assert await refused(first, "601234567") == 403
            await talks(first, "112", 1500)
            operator.client.proxy = ("127.0.0.1", buildings.ports["A"])
            await talks(operator, "+48422888100", 600)
            for dialled in ("101", "+48601234567", "112"):
                assert await refused(operator, dialled) == 404

    run(work())


def test_emergency_numbers_need_no_password(buildings: Buildings) -> None:
    async def work() -> None:
        async with (
            phone("operator", answering(hz=1500), port=buildings.trunk),
            phone("999999", proxy=("127.0.0.1", buildings.ports["A"])) as stranger,
        ):
            await talks(stranger, "112", 1500)
            assert await refused(stranger, "601234567") == 407

    run(work())


def test_a_new_password_holds_soon_and_the_old_one_no_more(buildings: Buildings) -> None:
    async def registers(password: str) -> int:
        told = {"credentials": Credentials.from_password("105", DOMAIN, password)}
        async with phone("105", proxy=("127.0.0.1", buildings.ports["A"]), **told) as agent:
            try:
                await agent.register(60)
            except Refused as refused:
                return refused.code
            await agent.unregister()
            return 200

    async def work() -> None:
        old = buildings.passwords["105"]
        assert await registers(old) == 200
        buildings.passwords["105"] = new = phones.new_password("105", actor=testing.admin(), now=testing.NOW)
        await asyncio.sleep(2.5)
        assert await registers(new) == 200
        assert await registers(old) == 401
        change("105", is_blocked=True)
        await asyncio.sleep(2.5)
        assert await registers(new) == 401
        change("105", is_blocked=False)
        await asyncio.sleep(2.5)

    run(work())
