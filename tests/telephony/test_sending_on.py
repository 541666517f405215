"""Callers from outside are sent on by the phone that talks with them, over started exchanges."""

import asyncio
from collections.abc import Iterator

import pytest
from django.utils.timezone import now

from starostwo.telephony.agent.call import Refused, State, replacing
from starostwo.telephony.agent.incoming import IncomingCall, answering, busy, ringing_on
from starostwo.telephony.models import Extension, Number
from starostwo.telephony.rules.classes import INTERNAL
from starostwo.telephony.services.phones import DOMAIN
from tests.telephony.agents import run, until
from tests.telephony.buildings import FREE, RINGS, change
from tests.telephony.outside import INSIDE, PATIENT, County, both_hear, calls_in, started_county


@pytest.fixture(scope="module")
def started(committed_database_of_module: str) -> Iterator[County]:
    with started_county() as county:
        yield county


@pytest.fixture
def county(started: County, monkeypatch: pytest.MonkeyPatch) -> Iterator[County]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # a test changes a row between two calls
    yield started
    Extension.objects.update(**FREE, may_call=3, ring_seconds=RINGS)
    Number.objects.filter(kind=Number.Kind.GROUP).delete()


@pytest.mark.parametrize("target", ["103", "201"])
def test_who_calls_from_outside_is_sent_on_at_once(county: County, target: str) -> None:
    """101 sends him on to a colleague of either building, who sees his number and talks with him."""

    async def work() -> None:
        async with (
            county.switchboard(),
            county.operator() as operator,
            county.buildings.phone("101") as first,
            county.buildings.phone(target, answering(hz=INSIDE)) as third,
        ):
            call = await calls_in(county, operator)
            mine = first.calls[0]
            assert await mine.transfer(f"sip:{target}@{DOMAIN}") == 200
            await mine.over.wait()
            [arrived] = third.calls
            assert isinstance(arrived, IncomingCall)
            assert arrived.caller.uri.number == "+48601234567"
            await both_hear(call, arrived)
            await call.hold()
            await until(lambda: arrived.is_held, PATIENT)
            await call.resume()
            await both_hear(call, arrived)
            await call.hang_up()
            await arrived.over.wait()

    run(work())


@pytest.mark.parametrize("target", ["103", "201"])
def test_a_colleague_is_asked_before_somebody_from_outside_is_sent_on(county: County, target: str) -> None:
    """101 asks first; then he who called takes its place, wherever the colleague's calls go meanwhile."""

    async def work() -> None:
        async with (
            county.switchboard(),
            county.operator() as operator,
            county.buildings.phone("101") as first,
            county.buildings.phone(target) as third,
        ):
            call = await calls_in(county, operator)
            mine = first.calls[0]
            await mine.hold()
            asked = await (await first.call(f"sip:{target}@{DOMAIN}")).wait_until_up()
            change(target, forward_always="104")
            assert await mine.transfer(f"sip:{target}@{DOMAIN}", replacing(asked)) == 200
            await asked.over.wait()
            await mine.over.wait()
            [arrived] = third.calls
            await both_hear(call, arrived)
            await arrived.hang_up()
            await call.over.wait()

    run(work())


@pytest.mark.parametrize("target", ["103", "105"])
def test_a_phone_of_the_other_building_sends_on(county: County, target: str) -> None:
    """The line of the operator is in building A, the phone that sends on in B: at once, and after asking."""

    async def work() -> None:
        async with (
            county.switchboard(),
            county.switchboard("B"),
            county.operator() as operator,
            county.buildings.phone("201") as first,
            county.buildings.phone(target) as third,
        ):
            change("101", forward_always="201")
            call = await calls_in(county, operator)
            mine = first.calls[0]
            if target == "103":
                assert await mine.transfer(f"sip:{target}@{DOMAIN}") == 200
            else:
                asked = await (await first.call(f"sip:{target}@{DOMAIN}")).wait_until_up()
                assert await mine.transfer(f"sip:{target}@{DOMAIN}", replacing(asked)) == 200
                await asked.over.wait()
            await mine.over.wait()
            [arrived] = third.calls
            await both_hear(call, arrived)
            await call.hang_up()
            await arrived.over.wait()

    run(work())


def test_who_was_called_outside_is_sent_on_and_once_more(county: County) -> None:
    """101 calls a resident and sends him to 103, who holds him and sends him to 104."""

    async def work() -> None:
        async with (
            county.switchboard() as board,
            county.operator() as operator,
            county.buildings.phone("101") as first,
            county.buildings.phone("103") as third,
            county.buildings.phone("104") as fourth,
        ):
            mine = await (await first.call(f"sip:601234567@{DOMAIN}")).wait_until_up()
            [call] = operator.calls
            assert await mine.transfer(f"sip:103@{DOMAIN}") == 200
            await mine.over.wait()
            [next_one] = third.calls
            await both_hear(call, next_one)
            await next_one.hold()
            await until(lambda: call.is_held, PATIENT)
            assert await next_one.transfer(f"sip:104@{DOMAIN}") == 200
            await next_one.over.wait()
            [last] = fourth.calls
            await both_hear(call, last)
            await last.hang_up()
            await call.over.wait()
            await until(lambda: all(side.is_over for side in board.sides.values()), PATIENT)

    run(work())


def test_somebody_from_outside_stays_where_the_next_one_is_busy_or_silent(county: County) -> None:
    """The phone hears why, the call stays, is held and goes on, is sent on once more, and ends."""

    async def work() -> None:
        async with (
            county.switchboard(),
            county.operator() as operator,
            county.buildings.phone("101") as first,
            county.buildings.phone("103", busy()) as third,
        ):
            call = await calls_in(county, operator)
            mine = first.calls[0]
            await mine.hold()
            assert await mine.transfer(f"sip:103@{DOMAIN}") == 486
            third.behaviour = ringing_on()
            assert await mine.transfer(f"sip:103@{DOMAIN}") == 408
            assert await mine.transfer(f"sip:199@{DOMAIN}") == 404
            await mine.resume()
            await both_hear(call, mine)
            await call.hold()
            await until(lambda: mine.is_held, PATIENT)
            await call.resume()
            await call.hang_up()
            await mine.over.wait()

    run(work())


@pytest.mark.parametrize("second_answers", [True, False])
def test_a_phone_that_hangs_up_too_early_is_called_back(county: County, second_answers: bool) -> None:
    """He who is outside hears it ring, and comes back to who sent him on when nobody answers."""

    async def work() -> None:
        async with (
            county.switchboard(),
            county.operator() as operator,
            county.buildings.phone("101") as first,
            county.buildings.phone("103", answering(4 if second_answers else 60, INSIDE)) as third,
        ):
            change("103", ring_seconds=10 if second_answers else RINGS)
            call = await calls_in(county, operator)
            mine = first.calls[0]
            wish = first.start_task(mine.transfer(f"sip:103@{DOMAIN}"))
            await until(lambda: third.calls, PATIENT)
            await mine.hang_up()
            assert await call.hears(425, within=PATIENT)
            wish.cancel()
            if second_answers:
                await until(lambda: third.calls and third.calls[0].state is State.UP, PATIENT)
                back = third.calls[0]
            else:
                await until(lambda: first.calls and first.calls[0].state is State.UP, PATIENT)
                back = first.calls[0]
                assert isinstance(back, IncomingCall)
                assert back.caller.uri.number == "+48601234567"
            await both_hear(call, back)
            await back.hang_up()
            await call.over.wait()

    run(work())


def test_nobody_from_outside_is_left_when_nobody_takes_him_back(county: County) -> None:
    async def work() -> None:
        async with (
            county.switchboard(),
            county.operator() as operator,
            county.buildings.phone("101") as first,
        ):
            call = await calls_in(county, operator)
            mine = first.calls[0]
            first.behaviour = busy()
            async with county.buildings.phone("103", ringing_on()) as third:
                wish = first.start_task(mine.transfer(f"sip:103@{DOMAIN}"))
                await until(lambda: third.calls, PATIENT)
                await mine.hang_up()
                wish.cancel()
                await call.over.wait()

    run(work())


def test_who_is_outside_may_hang_up_while_it_rings(county: County) -> None:
    async def work() -> None:
        async with (
            county.switchboard(),
            county.operator() as operator,
            county.buildings.phone("101") as first,
            county.buildings.phone("103", ringing_on()) as third,
        ):
            call = await calls_in(county, operator)
            mine = first.calls[0]
            wish = first.start_task(mine.transfer(f"sip:103@{DOMAIN}"))
            await until(lambda: third.calls, PATIENT)
            await call.hang_up()
            await mine.over.wait()
            await until(lambda: not third.calls, PATIENT)
            wish.cancel()

    run(work())


def test_somebody_from_outside_is_sent_outside_with_the_right_of_who_sends(county: County) -> None:
    """The county pays: the phone's own right decides; the other one outside sees a number of the county."""

    async def work() -> None:
        async with (
            county.switchboard(),
            county.operator() as operator,
            county.buildings.phone("101") as first,
        ):
            call = await calls_in(county, operator)
            mine = first.calls[0]
            change("101", may_call=INTERNAL)
            assert await mine.transfer(f"sip:602000111@{DOMAIN}") == 403
            assert call.state is State.UP
            change("101", may_call=3)
            assert await mine.transfer(f"sip:602000111@{DOMAIN}") == 200
            await mine.over.wait()
            [other] = [one for one in operator.calls if one is not call]
            assert isinstance(other, IncomingCall)
            assert other.called.number == "+48602000111"
            assert other.caller.uri.number == "+48422888100"
            assert other.headers.get("X-Starostwo-Call") == ""
            await both_hear(call, other)
            await call.hang_up()
            await other.over.wait()

    run(work())


def test_the_operator_sends_nobody_on(county: County) -> None:
    """Neither his own REFER nor one in the name of a phone is obeyed, and he is never asked to obey one."""

    async def work() -> None:
        async with (
            county.switchboard(),
            county.operator() as operator,
            county.buildings.phone("101"),
        ):
            call = await calls_in(county, operator)
            operator.client.proxy = None
            with pytest.raises(Refused) as answer:
                await call.transfer(f"sip:+48700123456@{DOMAIN}")
            assert (answer.value.code, call.state) == (603, State.UP)
            await call.hang_up()

    run(work())


def test_without_the_agent_the_call_stays(county: County) -> None:
    async def work() -> None:
        async with county.operator() as operator, county.buildings.phone("101") as first:
            call = await calls_in(county, operator)
            mine = first.calls[0]
            with pytest.raises(Refused) as answer:
                await mine.transfer(f"sip:103@{DOMAIN}")
            assert answer.value.code == 503
            await mine.hold()
            await mine.resume()
            await both_hear(call, mine)
            await mine.hang_up()
            await call.over.wait()

    run(work())


@pytest.mark.parametrize("who_ends", ["outside", "inside"])
@pytest.mark.parametrize("is_back", [True, False])
def test_when_the_agent_dies_who_talks_goes_on_and_both_end(
    county: County, who_ends: str, is_back: bool
) -> None:
    """Killed after it joined two: they hear each other, and whoever hangs up ends it for both."""

    async def work() -> None:
        async with (
            county.operator() as operator,
            county.buildings.phone("101") as first,
            county.buildings.phone("103") as third,
        ):
            program = await county.program()
            try:
                call = await calls_in(county, operator)
                assert await first.calls[0].transfer(f"sip:103@{DOMAIN}") == 200
                await until(lambda: not first.calls, PATIENT)
            finally:
                program.kill()
                program.wait()
            again = await county.program() if is_back else None
            try:
                [arrived] = third.calls
                await both_hear(call, arrived)
                ends, other = (call, arrived) if who_ends == "outside" else (arrived, call)
                await ends.hang_up()
                await other.over.wait()
            finally:
                if again:
                    again.kill()
                    again.wait()

    run(work())


def test_each_part_of_the_story_is_recorded(county: County) -> None:
    """Who talked with whom and how long; who sends outside pays; a call out is paid to its end."""

    async def work() -> None:
        begun = now()
        async with (
            county.switchboard(),
            county.operator() as operator,
            county.buildings.phone("101") as first,
            county.buildings.phone("201"),
        ):
            call = await calls_in(county, operator)
            assert await first.calls[0].transfer(f"sip:201@{DOMAIN}") == 200
            await until(lambda: not first.calls, PATIENT)
            await asyncio.sleep(2)
            await call.hang_up()
            await county.recorded(begun, 3)
            mine = await (await first.call(f"sip:601234567@{DOMAIN}")).wait_until_up()
            [call] = operator.calls
            assert await mine.transfer(f"sip:602000111@{DOMAIN}") == 200
            await mine.over.wait()
            await asyncio.sleep(2)
            await call.hang_up()
            came, handed, called, paid = await county.recorded(begun, 5)
        assert (came.direction, came.caller, came.answered_by) == ("IN", "+48601234567", "101")
        assert (handed.direction, handed.caller, handed.answered_by, handed.legs.count()) == (
            "IN", "+48601234567", "201", 2
        )  # fmt: skip
        assert handed.sip_id == came.sip_id
        assert came.ended_at <= handed.answered_at <= handed.ended_at  # type: ignore[operator]
        assert handed.talked_seconds >= 2
        assert (called.direction, called.caller, called.answered_by) == ("OUT", "101", "+48601234567")
        assert (paid.direction, paid.caller, paid.answered_by) == ("OUT", "101", "+48602000111")
        assert called.talked_seconds >= paid.talked_seconds >= 2
        assert called.cost
        assert paid.cost

    run(work())
