"""A call is sent on to somebody else by REFER, with and without asking first."""

import pytest

from starostwo.telephony.agent.call import Refused, State, replacing
from starostwo.telephony.agent.incoming import (
    IncomingCall,
    answering,
    busy,
)
from tests.telephony.agents import phone, run, two_phones, uri


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
