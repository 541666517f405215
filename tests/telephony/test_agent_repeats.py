"""What comes twice is answered twice and done once: seen from a bare socket on the other side."""

import asyncio
import socket

import pytest

from starostwo.telephony.agent.call import Call
from starostwo.telephony.agent.messages import Request, Response, parse
from tests.telephony.agents import phone, run

SESSION = b"v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 9 RTP/AVP 8\r\n"


class Bare:
    """A socket that speaks SIP word by word."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.setblocking(False)
        self.port = self._socket.getsockname()[1]

    def send(self, message: Request | Response, port: int) -> None:
        self._socket.sendto(bytes(message), ("127.0.0.1", port))

    async def take(self, *methods: str) -> Request:
        """The next request of these methods; repetitions of others are passed over."""
        while True:
            data = await asyncio.wait_for(asyncio.get_running_loop().sock_recv(self._socket, 4000), 3)
            message = parse(data)
            if isinstance(message, Request) and message.method in methods:
                return message

    async def take_response(self) -> bytes:
        return await asyncio.wait_for(asyncio.get_running_loop().sock_recv(self._socket, 4000), 3)

    def answer(self, request: Request, code: int, tag: str) -> Response:
        response = request.reply(code, tag=tag)
        response.headers.add("Contact", f"<sip:9@127.0.0.1:{self.port}>")
        response.body = SESSION if code == 200 else b""
        return response

    def close(self) -> None:
        self._socket.close()


@pytest.mark.parametrize("code", [200, 486])
def test_an_answer_that_comes_again_is_acknowledged_again(code: int) -> None:
    async def work() -> None:
        bare = Bare()
        async with phone("101") as first:
            await first.call(f"sip:9@127.0.0.1:{bare.port}")
            invite = await bare.take("INVITE")
            response = bare.answer(invite, code, "a")
            bare.send(response, first.port)
            once = await bare.take("ACK")
            bare.send(response, first.port)
            assert bytes(await bare.take("ACK")) == bytes(once)
            assert (once.cseq[0], once.receiver.tag) == (invite.cseq[0], "a")
            assert (once.via.branch == invite.via.branch) is (code == 486)
            if code == 200:
                bare.send((await _ended(bare, first.calls[0])).reply(200), first.port)
        bare.close()

    run(work())


def test_a_second_phone_that_answered_too_is_let_go() -> None:
    async def work() -> None:
        bare = Bare()
        async with phone("101") as first:
            call = await first.call(f"sip:9@127.0.0.1:{bare.port}")
            invite = await bare.take("INVITE")
            bare.send(bare.answer(invite, 200, "a"), first.port)
            await bare.take("ACK")
            bare.send(bare.answer(invite, 200, "b"), first.port)
            assert (await bare.take("ACK")).receiver.tag == "b"
            bye = await bare.take("BYE")
            assert bye.receiver.tag == "b"
            bare.send(bye.reply(200), first.port)
            assert first.calls == [call]
            bare.send((await _ended(bare, call)).reply(200), first.port)
        bare.close()

    run(work())


def test_a_request_that_comes_again_gets_the_same_answer() -> None:
    async def work() -> None:
        bare = Bare()
        async with phone("102") as second:
            text = (
                "OPTIONS sip:102@127.0.0.1 SIP/2.0\r\n"
                f"Via: SIP/2.0/UDP 127.0.0.1:{bare.port};branch=z9hG4bKo\r\n"
                "From: <sip:9@h>;tag=1\r\nTo: <sip:102@h>\r\nCall-ID: o\r\nCSeq: 1 OPTIONS\r\n\r\n"
            )
            request = parse(text.encode())
            bare.send(request, second.port)
            once = await bare.take_response()
            bare.send(request, second.port)
            assert await bare.take_response() == once
            assert once.startswith(b"SIP/2.0 200 ")
        bare.close()

    run(work())


async def _ended(bare: Bare, call: Call) -> Request:
    """Hang up the call and return its BYE."""
    call.agent.start_task(call.hang_up())
    return await bare.take("BYE")
