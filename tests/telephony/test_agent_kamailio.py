"""The agent against a real Kamailio: registration with digest, calls through it that stay on its way."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from starostwo.telephony.agent.call import Refused, State
from starostwo.telephony.agent.digest import Credentials
from starostwo.telephony.agent.incoming import Behaviour, IncomingCall, answering, busy, ringing_on
from starostwo.telephony.agent.transactions import Hop
from starostwo.telephony.agent.user_agent import UserAgent
from tests.telephony.agents import DOMAIN, LossyLine, phone, run
from tests.telephony.registrar import PASSWORDS, registrar


@pytest.fixture(scope="module")
def proxy() -> Iterator[Hop]:
    with registrar() as address:
        yield address


@asynccontextmanager
async def registered(
    number: str, proxy: Hop, behaviour: Behaviour | None = None, **more: Any
) -> AsyncIterator[UserAgent]:
    """A phone with its password at the registrar."""
    credentials = Credentials.from_password(number, DOMAIN, PASSWORDS[number])
    async with phone(number, behaviour, proxy=proxy, credentials=credentials, **more) as agent:
        await agent.register(60)
        yield agent
        await agent.unregister()


def test_register_and_take_it_back(proxy: Hop) -> None:
    async def work() -> None:
        async with registered("101", proxy) as first, registered("102", proxy) as second:
            assert await second.register(120) == 120
            await second.unregister()
            with pytest.raises(Refused) as refused:
                await (await first.call(f"sip:102@{DOMAIN}")).wait_until_up()
            assert refused.value.code == 480

    run(work())


@pytest.mark.parametrize(("number", "password"), [("101", "wrong"), ("999", "only-for-101")])
def test_a_wrong_password_or_name_is_refused(proxy: Hop, number: str, password: str) -> None:
    async def work() -> None:
        credentials = Credentials.from_password(number, DOMAIN, password)
        async with phone(number, proxy=proxy, credentials=credentials) as stranger:
            with pytest.raises(Refused) as refused:
                await stranger.register()
            assert refused.value.code == 401
            with pytest.raises(Refused) as refused:
                await (await stranger.call(f"sip:102@{DOMAIN}")).wait_until_up()
            assert refused.value.code == 407

    run(work())


def test_who_has_no_password_is_asked_for_it(proxy: Hop) -> None:
    async def work() -> None:
        async with phone("101", proxy=proxy) as stranger:
            with pytest.raises(Refused) as refused:
                await (await stranger.call(f"sip:102@{DOMAIN}")).wait_until_up()
            assert refused.value.code == 407

    run(work())


@pytest.mark.parametrize("line", [None, LossyLine], ids=["good line", "lossy line"])
def test_a_call_through_it(proxy: Hop, line: type | None) -> None:
    """Sound, digits, hold; the end goes through the proxy too, as Record-Route wants it."""

    async def work() -> None:
        more = {"socket_type": line} if line else {}
        async with (
            registered("102", proxy, answering(hz=880), **more) as second,
            registered("101", proxy, **more) as first,
        ):
            call = await (await first.call(f"sip:102@{DOMAIN}")).wait_until_up()
            other = second.calls[0]
            assert isinstance(other, IncomingCall)
            assert other.caller.uri.number == "101"
            call.media.play_tone(440)
            assert await call.hears(880)
            assert await other.hears(440)
            for side in (call, other):
                assert side.dialog is not None
                assert f"127.0.0.1:{proxy[1]}" in side.dialog.routes[0]
            await call.hold()
            assert other.is_held
            await other.hang_up()
            await call.over.wait()
            assert call.ended_by == "them"

    run(work())


def test_busy_and_giving_up(proxy: Hop) -> None:
    async def work() -> None:
        async with registered("102", proxy, busy()) as second, registered("101", proxy) as first:
            with pytest.raises(Refused) as refused:
                await (await first.call(f"sip:102@{DOMAIN}")).wait_until_up()
            assert refused.value.code == 486
            second.behaviour = ringing_on()
            call = await first.call(f"sip:102@{DOMAIN}")
            await call.ringing.wait()
            other = second.calls[0]
            await call.give_up()
            await other.over.wait()
            assert (call.code, other.code) == (487, 487)

    run(work())


def test_two_phones_of_one_number_ring_and_one_gets_the_call(proxy: Hop) -> None:
    """Also when both answer at the same moment: the caller lets one of them go."""

    async def work() -> None:
        async with (
            registered("102", proxy, answering(0.1)) as second,
            registered("102", proxy, answering(0.1)) as twin,
            registered("101", proxy) as first,
        ):
            await (await first.call(f"sip:102@{DOMAIN}")).wait_until_up()
            await asyncio.sleep(0.3)
            up = [call for agent in (second, twin) for call in agent.calls if call.state is State.UP]
            assert len(up) == 1

    run(work())


def test_transfer_through_it(proxy: Hop) -> None:
    """102 sends 101 on to 103, whom only the registrar knows where to find."""

    async def work() -> None:
        async with (
            registered("103", proxy, answering(hz=1300)),
            registered("102", proxy) as second,
            registered("101", proxy, accepts_transfers=True) as first,
        ):
            call = await (await first.call(f"sip:102@{DOMAIN}")).wait_until_up()
            other = second.calls[0]
            assert await other.transfer(f"sip:103@{DOMAIN}") == 200
            await other.hang_up()
            await call.over.wait()
            assert call.transferred is not None
            assert await call.transferred.hears(1300)

    run(work())
