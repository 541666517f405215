"""The agent and a phone that is not ours, both ways, with the tones found at both ends."""

import asyncio
from pathlib import Path

from starostwo.telephony.agent.call import State
from starostwo.telephony.agent.incoming import answering
from tests.telephony.agents import phone, run, until, uri
from tests.telephony.softphone import softphone


def test_it_calls_baresip_holds_and_hangs_up(tmp_path: Path) -> None:
    async def work() -> None:
        async with phone("101") as agent, softphone(tmp_path, 880) as other:
            call = await (await agent.call(other.uri)).wait_until_up()
            call.media.play_tone(440)
            assert await call.hears(880, 0.5)  # the other way so long as well; its file ends at the hold
            await call.hold()
            await asyncio.sleep(0.1)
            call.media.forget()
            await asyncio.sleep(0.2)
            assert len(call.media.heard) == 0
            await call.resume()
            assert await call.hears(880)
            await call.hang_up()
            await until(lambda: "session closed" in other.log or "terminated" in other.log)
            await other.stop()
            assert other.heard_for(440) > 0.3

    run(work())


def test_baresip_calls_it_and_hangs_up(tmp_path: Path) -> None:
    async def work() -> None:
        async with (
            phone("101", answering(0.1, hz=440)) as agent,
            softphone(tmp_path, 880, f"d {uri(agent)}") as other,
        ):
            await until(lambda: agent.calls, within=5)
            call = agent.calls[0]
            await call.up.wait()
            assert await call.hears(880)
            await asyncio.sleep(0.4)
            await other.stop()
            await call.over.wait()
            assert call.ended_by == "them"
            assert other.heard_for(440) > 0.2

    run(work())


def test_keys_hold_and_transfer_of_baresip(tmp_path: Path) -> None:
    """Digits both ways, the other side's hold, and being sent on by the other side."""

    async def work() -> None:
        async with (
            phone("103", answering(hz=1300)) as third,
            phone("101", accepts_transfers=True) as agent,
            softphone(tmp_path, 880) as other,
        ):
            call = await (await agent.call(other.uri)).wait_until_up()
            assert await call.hears(880)
            await other.press("sndcode", "5")
            await until(lambda: call.media.digits == "5")
            call.media.send_digits("7")
            await until(lambda: "received event: '7'" in other.log)
            await other.press("hold")
            await until(lambda: call.is_held)
            await other.press("resume")
            await until(lambda: not call.is_held)
            await other.press("transfer", uri(third))
            await call.over.wait()
            assert call.ended_by == "them"
            assert call.transferred is not None
            assert await call.transferred.hears(1300)

    run(work())


def test_baresip_lets_itself_be_sent_on(tmp_path: Path) -> None:
    async def work() -> None:
        async with (
            phone("103", answering(hz=1300)) as third,
            phone("101") as agent,
            softphone(tmp_path, 880) as other,
        ):
            call = await (await agent.call(other.uri)).wait_until_up()
            assert await call.transfer(uri(third)) == 200
            if call.state is State.UP:
                await call.hang_up()
            assert await third.calls[0].hears(880)

    run(work())
