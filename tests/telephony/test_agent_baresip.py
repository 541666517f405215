"""The agent and a phone that is not ours, both ways, with the tones found at both ends."""

import asyncio
from pathlib import Path

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
