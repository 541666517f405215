"""Sending calls on and picking up what rings at a colleague's, over started exchanges."""

from collections.abc import Iterator

import pytest
from django.db import connection

from starostwo.telephony import testing
from starostwo.telephony.agent.call import Refused, State, replacing
from starostwo.telephony.agent.incoming import IncomingCall, answering, busy, ringing_on
from starostwo.telephony.exchange.rtpengine import media_at
from starostwo.telephony.models import Extension, Number
from starostwo.telephony.services.phones import DOMAIN
from tests.ports import free_port
from tests.telephony.agents import phone, run, until
from tests.telephony.buildings import FREE, Buildings, change, group, refused, talks, two_buildings
from tests.telephony.exchange import exchange


@pytest.fixture(scope="module")
def started(committed_database_of_module: str) -> Iterator[Buildings]:
    """Both take browsers, as in an office: ways to desk phones are to be found beside those to browsers."""
    buildings, nodes = two_buildings()
    a, b = (media_at(f"127.0.0.1:{free_port()}") for _ in nodes)
    with exchange(nodes["A"], answer_ms=1_000, media=a), exchange(nodes["B"], media=b):  # type: ignore[arg-type]
        yield buildings


@pytest.fixture
def buildings(started: Buildings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Buildings]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # a test changes a row between two calls
    yield started
    Extension.objects.update(**FREE)
    Number.objects.filter(kind=Number.Kind.GROUP).delete()


@pytest.mark.parametrize("target", ["103", "201"])
def test_a_call_is_sent_on_at_once(buildings: Buildings, target: str) -> None:
    """102 sends 101 on to a colleague of the same building, and of the other one."""

    async def work() -> None:
        async with (
            buildings.phone("101", accepts_transfers=True) as first,
            buildings.phone("102") as second,
            buildings.phone(target, answering(hz=1300)),
        ):
            call = await (await first.call(f"sip:102@{DOMAIN}")).wait_until_up()
            assert await second.calls[0].transfer(f"sip:{target}@{DOMAIN}") == 200
            await second.calls[0].hang_up()
            await call.over.wait()
            assert call.transferred is not None
            assert await call.transferred.hears(1300)
            await call.transferred.hang_up()

    run(work())


def test_a_call_sent_to_who_is_busy_stays(buildings: Buildings) -> None:
    async def work() -> None:
        async with (
            buildings.phone("101", accepts_transfers=True) as first,
            buildings.phone("102") as second,
            buildings.phone("103", busy()),
        ):
            call = await (await first.call(f"sip:102@{DOMAIN}")).wait_until_up()
            assert await second.calls[0].transfer(f"sip:103@{DOMAIN}") == 486
            assert call.state is State.UP
            await call.hang_up()

    run(work())


@pytest.mark.parametrize("target", ["103", "201"])
def test_a_colleague_is_asked_before_the_call_is_sent_on(buildings: Buildings, target: str) -> None:
    """102 asks first; then 101 takes its place in that call, wherever the colleague's calls go meanwhile."""

    async def work() -> None:
        async with (
            buildings.phone("101", accepts_transfers=True) as first,
            buildings.phone("102") as second,
            buildings.phone(target, answering(hz=1300)) as third,
        ):
            call = await (await first.call(f"sip:102@{DOMAIN}")).wait_until_up()
            asked = await (await second.call(f"sip:{target}@{DOMAIN}")).wait_until_up()
            change(target, forward_always="104")
            other = next(known for known in second.calls if isinstance(known, IncomingCall))
            assert await other.transfer(f"sip:{target}@{DOMAIN}", replacing(asked)) == 200
            await asked.over.wait()
            assert call.transferred is not None
            assert call.transferred.state is State.UP
            assert len(third.calls) == 1
            call.transferred.media.play_tone(500)
            assert await third.calls[0].hears(500)
            await call.transferred.hang_up()

    run(work())


def test_nobody_takes_a_place_in_a_call_that_is_not_there(buildings: Buildings) -> None:
    async def work() -> None:
        async with buildings.phone("101") as first, buildings.phone("102"):
            replaces = ("Replaces", "guessed@nowhere;to-tag=1;from-tag=2")
            with pytest.raises(Refused) as answer:
                await (await first.call(f"sip:102@{DOMAIN}", replaces)).wait_until_up()
            assert answer.value.code == 481

    run(work())


def test_who_calls_from_outside_is_not_sent_on_by_the_operator(buildings: Buildings) -> None:
    """The operator would call anywhere at the county's cost; the phone hears so, and the call stays."""

    async def work() -> None:
        async with (
            buildings.phone("101") as first,
            phone("operator", port=buildings.trunk, accepts_transfers=True) as operator,
        ):
            operator.client.proxy = ("127.0.0.1", buildings.ports["A"])
            call = await (await operator.call(f"sip:+48422888100@{DOMAIN}")).wait_until_up()
            with pytest.raises(Refused) as answer:
                await first.calls[0].transfer("sip:+48700123456@operator")
            assert (answer.value.code, call.state) == (503, State.UP)  # the agent beside does not run here
            await call.hang_up()
            operator.client.proxy = None
            out = await (await first.call(f"sip:601234567@{DOMAIN}")).wait_until_up()
            with pytest.raises(Refused) as answer:
                await out.transfer("sip:+48700123456@operator")
            assert answer.value.code == 503
            await out.hang_up()

    run(work())


@pytest.mark.parametrize("dialled", ["*8", "*8102", "*8800"])
def test_a_ringing_call_of_a_colleague_is_picked_up(buildings: Buildings, dialled: str) -> None:
    async def work() -> None:
        async with (
            buildings.phone("101") as first,
            buildings.phone("102", ringing_on()) as second,
            buildings.phone("103", answering(hz=1300)) as third,
        ):
            group("800", "102", "103")
            change("102", ring_seconds=10)
            call = await first.call(f"sip:102@{DOMAIN}")
            await call.ringing.wait()
            assert await refused(third, dialled) == 487
            await call.wait_until_up()
            assert await call.hears(1300)
            [arrived] = third.calls
            assert isinstance(arrived, IncomingCall)
            assert (arrived.caller.uri.number, "answer-after=0" in arrived.headers.get("Call-Info")) == (
                "101",
                True,
            )
            await until(lambda: not second.calls)
            await call.hang_up()
            assert await refused(third, dialled) == 480

    run(work())


@pytest.mark.parametrize(("rings", "picks_up"), [("201", "103"), ("102", "201")])
def test_a_ringing_call_of_the_other_building_is_picked_up(
    buildings: Buildings, rings: str, picks_up: str
) -> None:
    async def work() -> None:
        async with (
            buildings.phone("101") as first,
            buildings.phone(rings, ringing_on()) as second,
            buildings.phone(picks_up, answering(hz=1300)) as third,
            buildings.phone("104") as stranger,
        ):
            group("800", rings, picks_up)
            change(rings, ring_seconds=15)
            assert await refused(third, f"*8{rings}") == 480
            call = await first.call(f"sip:{rings}@{DOMAIN}")
            await call.ringing.wait()
            assert await refused(stranger, f"*8{rings}") == 480
            assert await refused(third, f"*8{rings}") == 487
            await call.wait_until_up()
            assert await call.hears(1300, within=10)
            [arrived] = third.calls
            assert isinstance(arrived, IncomingCall)
            assert arrived.caller.uri.number == "101"
            assert "answer-after=0" in arrived.headers.get("Call-Info")
            await until(lambda: not second.calls, 10)
            await call.hang_up()

    run(work())


def test_a_call_from_outside_is_picked_up(buildings: Buildings) -> None:
    async def work() -> None:
        async with (
            buildings.phone("101", ringing_on()),
            buildings.phone("103", answering(hz=1300)) as third,
            phone("operator", port=buildings.trunk) as operator,
        ):
            group("800", "101", "103")
            change("101", ring_seconds=10)
            operator.client.proxy = ("127.0.0.1", buildings.ports["A"])
            call = await operator.call(f"sip:+48422888100@{DOMAIN}")
            await call.ringing.wait()
            assert await refused(third, "*8101") == 487
            await call.wait_until_up()
            assert await call.hears(1300)
            await call.hang_up()

    run(work())


def test_calls_of_others_are_not_picked_up(buildings: Buildings) -> None:
    async def work() -> None:
        async with (
            buildings.phone("101") as first,
            buildings.phone("102", ringing_on()),
            buildings.phone("104", answering(hz=1300)) as stranger,
        ):
            group("800", "102", "103")
            change("102", ring_seconds=10)
            call = await first.call(f"sip:102@{DOMAIN}")
            await call.ringing.wait()
            for dialled in ("*8", "*8102", "*8800"):
                assert await refused(stranger, dialled) == 480
            await call.give_up()

    run(work())


@pytest.mark.django_db
def test_whose_calls_a_phone_may_pick_up() -> None:
    node = testing.make_node("A")
    made = [testing.make_phone(number, node) for number in ("101", "102", "103", "104")]
    testing.make_group("800", node, made[0], made[1])
    testing.make_group("810", node, made[0], made[2])

    def may(caller: str, dialled: str) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM telephony_pick_up(%s, %s)", [caller, dialled])
            return [number for (number,) in cursor.fetchall()]

    assert may("101", "*8") == ["102", "103"]
    assert may("101", "*8800") == ["102"]
    assert may("101", "*8103") == ["103"]
    assert may("102", "*8") == ["101"]
    assert may("104", "*8") == may("102", "*8103") == may("101", "*8101") == may("101", "*8x") == []
    Extension.objects.filter(pk="101").update(is_blocked=True)
    assert may("101", "*8") == []


def test_talks_of_the_other_building_go_on(buildings: Buildings) -> None:
    async def work() -> None:
        async with buildings.phone("101") as first, buildings.phone("201", answering(hz=900)):
            await talks(first, "201", 900)

    run(work())
