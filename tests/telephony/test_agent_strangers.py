"""What comes from outside and is no ordinary call: broken, too much, not allowed, never acknowledged."""

import asyncio
import random
import socket

import pytest

from starostwo.telephony.agent.addresses import BrokenMessage
from starostwo.telephony.agent.call import Refused, State
from starostwo.telephony.agent.incoming import IncomingCall, answering
from starostwo.telephony.agent.media import NoFreePort
from starostwo.telephony.agent.messages import Request, parse
from starostwo.telephony.agent.user_agent import UserAgent
from tests.telephony.agents import HASTY, phone, run, two_phones, until, uri


def test_an_answer_that_nobody_acknowledges_ends() -> None:
    async def work() -> None:
        async with phone("102", timers=HASTY) as second:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mute:
                mute.bind(("127.0.0.1", 0))
                mute.sendto(_invite(second, mute.getsockname()[1]), ("127.0.0.1", second.port))
                await until(lambda: second.calls and second.calls[0].state is State.UP)
                await until(lambda: not second.calls, within=8)

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


def test_no_garbled_message_raises_anything() -> None:
    """Four hundred messages of a running call, each with some bytes changed: the agent goes on."""
    luck = random.Random(11)

    def garbled(text: bytes) -> bytes:
        changed = bytearray(text)
        for _ in range(luck.randrange(1, 6)):
            place = luck.randrange(len(changed))
            changed[place : place + luck.randrange(3)] = luck.choice(
                [b"", b"\r\n", b"\xff", b";", b"<", b"0", b'"']
            )
        return bytes(changed)

    async def work() -> None:
        faults: list[dict[str, object]] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, fault: faults.append(fault))
        async with two_phones(accepts_transfers=True) as (first, second):
            call = await (await first.call(uri(second))).wait_until_up()
            assert call.dialog is not None
            methods = ("INVITE", "ACK", "NOTIFY", "REFER", "OPTIONS", "BYE", "CANCEL")
            for number in range(400):
                request = call.dialog.request(
                    methods[number % 7], ("Refer-To", "<sip:1@127.0.0.1:9?Replaces=x>")
                )
                text = bytes(first.client._stamped(request))
                second._receive(garbled(text), ("127.0.0.1", 9))
                first._receive(garbled(bytes(request.reply(200, tag="t"))), ("127.0.0.1", 9))
            assert faults == []
            assert second.broken > 50
            assert (await (await first.call(uri(second))).wait_until_up()).state is State.UP

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


WRONG_ANSWERS = [
    ("no session in the answer", b"", b"", BrokenMessage),
    ("no law in common", b"", b"v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 9 RTP/AVP 9\r\n", BrokenMessage),
    ("a way that is none", b"Record-Route: <sip:x\r\n", b"v=0\r\n", BrokenMessage),
]


@pytest.mark.parametrize(
    ("reason", "header", "body", "problem"), WRONG_ANSWERS, ids=[row[0] for row in WRONG_ANSWERS]
)
def test_an_answer_that_makes_no_sense_is_no_call(
    reason: str, header: bytes, body: bytes, problem: type[Exception]
) -> None:
    async def work() -> None:
        loop = asyncio.get_running_loop()
        async with phone("101", timers=HASTY) as first:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
                stranger.bind(("127.0.0.1", 0))
                stranger.setblocking(False)
                port = stranger.getsockname()[1]
                call = await first.call(f"sip:9@127.0.0.1:{port}")
                request = parse(await loop.sock_recv(stranger, 4000))
                assert isinstance(request, Request)
                head, _, _ = bytes(request.reply(200, tag="t")).partition(b"Content-Length")
                head += header + b"Contact: <sip:9@127.0.0.1:%d>\r\n\r\n" % port
                stranger.sendto(head + body, ("127.0.0.1", first.port))
                with pytest.raises(problem):
                    await call.wait_until_up()
                assert (call.state, first.calls) == (State.OVER, [])

    run(work())


@pytest.mark.parametrize(("payload", "is_up"), [(b"8", True), (b"9", False)])
def test_an_offer_that_comes_late(payload: bytes, is_up: bool) -> None:
    """An INVITE without a session: we offer, and the ACK answers; what cannot be heard is hung up."""

    async def work() -> None:
        async with phone("102", answering(hz=880)) as second:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
                stranger.bind(("127.0.0.1", 0))
                port = stranger.getsockname()[1]
                head, _, _ = _invite(second, port).partition(b"\r\n\r\n")
                stranger.sendto(head + b"\r\n\r\n", ("127.0.0.1", second.port))
                await until(lambda: second.calls and second.calls[0].state is State.UP)
                call = second.calls[0]
                assert call.dialog is not None
                body = b"v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio %d RTP/AVP %s\r\n" % (port, payload)
                tagged = b">;tag=%s\r\nCall-ID" % call.dialog.local.tag.encode()
                ack = (
                    head.replace(b"INVITE", b"ACK").replace(b"4bK1", b"4bK2").replace(b">\r\nCall-ID", tagged)
                )
                stranger.sendto(ack + b"\r\n\r\n" + body, ("127.0.0.1", second.port))
                await until(lambda: call.media.may_send if is_up else call.state is State.OVER, within=1)

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
