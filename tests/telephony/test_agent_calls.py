"""Calls from agent to agent over loopback: sound both ways, and each way in which a call goes on or ends."""

import asyncio

import pytest

from starostwo.telephony.agent.call import NotUp, Refused, State
from starostwo.telephony.agent.incoming import (
    Behaviour,
    IncomingCall,
    answering,
    busy,
    declining,
    redirecting,
    ringing_on,
)
from tests.telephony.agents import HASTY, DoublingLine, LossyLine, phone, run, two_phones, until, uri


def test_both_hear_each_other() -> None:
    async def work() -> None:
        async with two_phones(answering(0.05, hz=880)) as (first, second):
            call = await first.call(uri(second))
            await call.ringing.wait()
            assert call.state is State.RINGING
            await call.wait_until_up()
            call.media.play_tone(440)
            other = second.calls[0]
            assert await call.hears(880)
            assert await other.hears(440)
            assert call.media.seconds_of(440) == 0
            await call.hang_up()
            await other.over.wait()
            assert (call.ended_by, other.ended_by) == ("us", "them")
            assert (first.calls, second.calls) == ([], [])

    run(work())


def test_the_called_side_hangs_up() -> None:
    async def work() -> None:
        async with two_phones(answering(hangs_up_after=0.05)) as (first, second):
            call = await first.call(uri(second))
            await call.wait_until_up()
            await call.over.wait()
            assert call.ended_by == "them"
            with pytest.raises(NotUp):
                await call.hang_up()

    run(work())


def test_digits_go_both_ways_once_each() -> None:
    async def work() -> None:
        async with two_phones() as (first, second):
            call = await (await first.call(uri(second))).wait_until_up()
            other = second.calls[0]
            call.media.send_digits("12#", seconds=0.04)
            other.media.send_digits("0*A", seconds=0.04)
            await until(lambda: (other.media.digits, call.media.digits) == ("12#", "0*A"))

    run(work())


def test_hold_and_back() -> None:
    async def work() -> None:
        async with two_phones(answering(hz=880)) as (first, second):
            call = await (await first.call(uri(second))).wait_until_up()
            call.media.play_tone(440)
            other = second.calls[0]
            told: list[bool] = []
            other.on_hold = told.append
            assert await call.hears(880)
            await call.hold()
            assert (other.is_held, other.media.may_send, call.media.may_send) == (True, False, True)
            await asyncio.sleep(0.05)
            call.media.forget()
            await asyncio.sleep(0.15)
            assert len(call.media.heard) == 0
            await call.resume()
            assert await call.hears(880)
            assert told == [True, False]
            await other.hold()  # the called side may do so as well
            assert call.is_held

    run(work())


REFUSALS = [
    ("busy", busy(), 486),
    ("declined", declining(), 603),
    ("redirected", redirecting("sip:103@h"), 302),
]


@pytest.mark.parametrize(("reason", "behaviour", "code"), REFUSALS, ids=[row[0] for row in REFUSALS])
def test_a_call_is_refused(reason: str, behaviour: Behaviour, code: int) -> None:
    async def work() -> None:
        async with two_phones(behaviour) as (first, second):
            call = await first.call(uri(second))
            with pytest.raises(Refused) as refused:
                await call.wait_until_up()
            assert (refused.value.code, call.code, call.state) == (code, code, State.OVER)
            if code == 302:
                assert str(refused.value.response.contact) == "<sip:103@h>"

    run(work())


def test_the_caller_gives_up() -> None:
    async def work() -> None:
        async with two_phones(ringing_on()) as (first, second):
            call = await first.call(uri(second))
            await call.ringing.wait()
            other = second.calls[0]
            await call.give_up()
            assert (call.code, other.code, other.ended_by) == (487, 487, "them")

    run(work())


def test_who_gives_up_before_it_rings_does_not_ring_long() -> None:
    async def work() -> None:
        async with two_phones(ringing_on()) as (first, second):
            call = await first.call(uri(second))
            await call.give_up()
            assert call.code == 487

    run(work())


def test_who_gives_up_while_the_network_still_searches_is_let_go() -> None:
    """A proxy said 100 and nothing rings yet."""

    async def search(call: IncomingCall) -> None:
        await asyncio.sleep(20)

    async def work() -> None:
        async with two_phones(search) as (first, second):
            call = await first.call(uri(second))
            await until(lambda: second.calls)
            await asyncio.sleep(0.05)
            await call.give_up()
            assert (call.code, second.calls) == (487, [])

    run(work())


def test_sound_before_the_answer() -> None:
    async def announce(call: IncomingCall) -> None:
        call.announce()
        call.media.play_tone(600)
        await asyncio.sleep(0.5)
        call.refuse(404)

    async def work() -> None:
        async with two_phones(announce) as (first, second):
            call = await first.call(uri(second))
            assert await call.hears(600)
            with pytest.raises(Refused) as refused:
                await call.wait_until_up()
            assert refused.value.code == 404

    run(work())


def test_a_call_over_ipv6() -> None:
    async def work() -> None:
        async with two_phones(answering(hz=880), host="::1") as (first, second):
            call = await (await first.call(uri(second))).wait_until_up()
            assert await call.hears(880)
            await call.hang_up()

    run(work())


def test_nobody_there() -> None:
    async def work() -> None:
        async with phone("101", timers=HASTY) as first:
            call = await first.call("sip:102@127.0.0.1:9")
            with pytest.raises(Refused) as refused:
                await call.wait_until_up()
            assert refused.value.code == 408

    run(work())


@pytest.mark.parametrize("line", [LossyLine, DoublingLine])
def test_a_bad_line_costs_time_alone(line: type) -> None:
    """Every third datagram of both sides is lost, or each comes twice; the call goes its way all the same."""

    async def work() -> None:
        seen: list[IncomingCall] = []

        async def answer(call: IncomingCall) -> None:
            seen.append(call)
            await answering(0.02, hz=880)(call)

        async with two_phones(answer, socket_type=line) as (first, second):
            for _ in range(3):
                call = await (await first.call(uri(second))).wait_until_up()
                call.media.play_tone(440)
                assert await call.hears(880)
                await call.hold()
                await call.resume()
                await call.hang_up()
                await seen[-1].over.wait()
            assert len(seen) == 3
            if line is LossyLine:
                assert first._socket.lost > 0  # type: ignore[attr-defined]

    run(work())


def test_who_stops_hangs_up() -> None:
    async def work() -> None:
        async with phone("102") as second:
            async with phone("101") as first:
                await (await first.call(uri(second))).wait_until_up()
                other = second.calls[0]
            await other.over.wait()
            assert other.ended_by == "them"

    run(work())
