"""Calls from agent to agent over loopback: sound both ways, and each way in which a call goes on or ends."""

import asyncio
import socket

import pytest

from starostwo.telephony.agent.call import NotUp, Refused, State, replacing
from starostwo.telephony.agent.incoming import (
    Behaviour,
    IncomingCall,
    answering,
    busy,
    declining,
    redirecting,
    ringing_on,
)
from starostwo.telephony.agent.media import NoFreePort
from starostwo.telephony.agent.user_agent import UserAgent
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


def test_an_answer_that_nobody_acknowledges_ends() -> None:
    async def work() -> None:
        async with phone("102", timers=HASTY) as second:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mute:
                mute.bind(("127.0.0.1", 0))
                mute.sendto(_invite(second, mute.getsockname()[1]), ("127.0.0.1", second.port))
                await until(lambda: second.calls and second.calls[0].state is State.UP)
                await until(lambda: not second.calls, within=8)

    run(work())


def test_blind_transfer() -> None:
    """102 sends 101 on to 103, hears that it worked, and is out of it."""

    async def work() -> None:
        async with (
            phone("103", answering(hz=1300)) as third,
            two_phones(accepts_transfers=True) as (first, second),
        ):
            call = await (await first.call(uri(second))).wait_until_up()
            other = second.calls[0]
            assert await other.transfer(uri(third)) == 200
            await other.hang_up()
            await call.over.wait()
            assert call.transferred is not None
            assert await call.transferred.hears(1300)
            arrived = third.calls[0]
            assert isinstance(arrived, IncomingCall)
            assert arrived.headers.get("Referred-By") == f"<{uri(second)}>"

    run(work())


def test_a_transfer_to_who_is_busy_fails_and_the_call_stays() -> None:
    async def work() -> None:
        async with phone("103", busy()) as third, two_phones(accepts_transfers=True) as (first, second):
            call = await (await first.call(uri(second))).wait_until_up()
            assert await second.calls[0].transfer(uri(third)) == 486
            assert call.state is State.UP

    run(work())


def test_who_does_not_let_itself_be_sent_on_is_not() -> None:
    async def work() -> None:
        async with two_phones() as (first, second):
            await (await first.call(uri(second))).wait_until_up()
            with pytest.raises(Refused) as refused:
                await second.calls[0].transfer("sip:+48900@127.0.0.1")
            assert refused.value.code == 603

    run(work())


def test_attended_transfer() -> None:
    """102 asked 103 first; then 101 takes the place of 102 in that call (RFC 3891)."""

    async def work() -> None:
        async with (
            phone("103", answering(hz=1300)) as third,
            two_phones(accepts_transfers=True) as (first, second),
        ):
            call = await (await first.call(uri(second))).wait_until_up()
            asked = await (await second.call(uri(third))).wait_until_up()
            other = next(known for known in second.calls if isinstance(known, IncomingCall))
            assert await other.transfer(uri(third), replacing(asked)) == 200
            await asked.over.wait()
            assert asked.ended_by == "them"
            assert call.transferred is not None
            assert call.transferred.state is State.UP
            assert len(third.calls) == 1

    run(work())


def test_broken_datagrams_do_not_stop_it() -> None:
    async def work() -> None:
        async with two_phones() as (first, second):
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
                good = _invite(second, 9)
                for datagram in (
                    b"",
                    b"\r\n\r\n",
                    b"\0" * 2000,
                    good[:200],
                    good.replace(b"Contact", b"Xontact"),
                ):
                    stranger.sendto(datagram, ("127.0.0.1", second.port))
            await until(lambda: second.broken >= 4)
            call = await (await first.call(uri(second))).wait_until_up()
            assert call.state is State.UP

    run(work())


QUESTIONS = [
    ("what can you do", b"OPTIONS", b"", 200),
    ("a method that we do not have", b"PUBLISH", b"", 405),
    ("the end of no call", b"BYE", b";tag=none", 481),
    ("a call that needs what we do not have", b"INVITE", b"\r\nRequire: 100rel", 420),
    ("a call in the place of none", b"INVITE", b"\r\nReplaces: x;to-tag=1;from-tag=2", 481),
    ("a call without Contact", b"INVITE", b"\r\nX: no contact", 400),
    ("a call without a law in common", b"INVITE", b"\r\nX: no law", 488),
    ("a CANCEL of nothing", b"CANCEL", b"", 481),
]


@pytest.mark.parametrize(
    ("reason", "method", "after_to", "code"), QUESTIONS, ids=[row[0] for row in QUESTIONS]
)
def test_questions_from_outside_are_answered(reason: str, method: bytes, after_to: bytes, code: int) -> None:
    async def work() -> None:
        async with phone("102") as second:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
                stranger.bind(("127.0.0.1", 0))
                stranger.setblocking(False)
                text = _invite(second, stranger.getsockname()[1]).replace(b"INVITE", method)
                text = text.replace(b"\r\nCall-ID", after_to + b"\r\nCall-ID")
                if b"no contact" in after_to:
                    text = text.replace(b"Contact", b"Xontact")
                if b"no law" in after_to:
                    text = text.replace(b"AVP 8", b"AVP 9")
                stranger.sendto(text, ("127.0.0.1", second.port))
                loop = asyncio.get_running_loop()
                found = b"SIP/2.0 100"
                while found[8:10] == b"1" or found[8:9] == b"1" or b" 180 " in found[:13]:
                    found = await asyncio.wait_for(loop.sock_recv(stranger, 4000), 3)
                assert found.startswith(b"SIP/2.0 %d " % code)

    run(work())


def test_only_trusted_addresses_are_answered() -> None:
    async def work() -> None:
        async with (
            phone("102", trusted=frozenset({"192.0.2.1"})) as second,
            phone("101", timers=HASTY) as first,
        ):
            call = await first.call(uri(second))
            with pytest.raises(Refused) as refused:
                await call.wait_until_up()
            assert (refused.value.code, second.calls) == (408, [])

    run(work())


def test_there_are_never_too_many_calls() -> None:
    async def work() -> None:
        async with phone("102", most_calls=1) as second, phone("101") as first:
            await (await first.call(uri(second))).wait_until_up()
            with pytest.raises(Refused) as refused:
                await (await first.call(uri(second))).wait_until_up()
            assert refused.value.code == 503

    run(work())


def test_without_a_free_port_for_sound_there_is_no_call() -> None:
    async def work() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
            async with phone("101", media_ports=range(port, port + 1)) as first, phone("102") as second:
                with pytest.raises(NoFreePort):
                    await first.call(uri(second))
                with pytest.raises(Refused) as refused:
                    await (await second.call(uri(first))).wait_until_up()
                assert refused.value.code == 503

    run(work())


def test_a_behaviour_that_fails_ends_its_call_alone() -> None:
    async def fail(call: IncomingCall) -> None:
        raise RuntimeError("a fault of ours")

    async def work() -> None:
        async with two_phones(fail) as (first, second):
            for _ in range(2):
                with pytest.raises(Refused) as refused:
                    await (await first.call(uri(second))).wait_until_up()
                assert refused.value.code == 500

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


def _invite(agent: UserAgent, port: int) -> bytes:
    lines = [
        f"INVITE {uri(agent)} SIP/2.0",
        f"Via: SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bK1",
        "Max-Forwards: 70",
        "From: <sip:9@h>;tag=1",
        f"To: <{uri(agent)}>",
        "Call-ID: x",
        "CSeq: 1 INVITE",
        f"Contact: <sip:9@127.0.0.1:{port}>",
        "Content-Type: application/sdp",
        "",
        "v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 9 RTP/AVP 8\r\n",
    ]
    return "\r\n".join(lines).encode()
