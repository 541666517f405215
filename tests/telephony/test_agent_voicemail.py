"""The voicemail box: greeting, beep, what is recorded, and that no message is lost or handed on half."""

import asyncio
import subprocess
import sys
from array import array
from pathlib import Path
from typing import Any

import pytest

from starostwo.telephony.agent import wav
from starostwo.telephony.agent.call import Refused, State
from starostwo.telephony.agent.outgoing import OutgoingCall
from starostwo.telephony.agent.tones import seconds_of, tone
from starostwo.telephony.agent.user_agent import UserAgent
from starostwo.telephony.agent.voicemail import Message, Voicemail
from tests.telephony.agents import HASTY, phone, run, until, uri

ROOT = Path(__file__).resolve().parents[2]
BOX = ("X-Mailbox", "102")


class Kept:
    """Takes messages, and reads their sound while it is there."""

    def __init__(self) -> None:
        self.messages: list[tuple[Message, array[int]]] = []
        self.fails = False

    async def __call__(self, message: Message) -> None:
        if self.fails:
            raise OSError("the store is full")
        self.messages.append((message, wav.read(message.path)))


def _box(folder: Path, kept: Kept, **more: Any) -> Voicemail:
    return Voicemail(folder, kept, lambda mailbox: tone(600, 0.2), **({"shortest": 0.2} | more))


async def _speak(caller: UserAgent, box: UserAgent, seconds: float) -> OutgoingCall:
    """Call, wait for the beep, speak."""
    call = await (await caller.call(uri(box), BOX)).wait_until_up()
    assert await call.hears(600, 0.1)
    assert await call.hears(1000, 0.2)
    call.media.play_tone(440)
    await asyncio.sleep(seconds)
    return call


def test_a_message_is_recorded_until_the_caller_hangs_up(tmp_path: Path) -> None:
    async def work() -> None:
        kept = Kept()
        async with phone("800", _box(tmp_path, kept)) as box, phone("101") as caller:
            call = await _speak(caller, box, 0.6)
            call_id = call.call_id
            await call.hang_up()
            await until(lambda: kept.messages)
        message, sound = kept.messages[0]
        assert (message.mailbox, message.caller, message.call_id) == ("102", "101", call_id)
        assert message.seconds == pytest.approx(len(sound) / 8000)
        assert 0.4 < seconds_of(sound, 440) < 0.9
        assert seconds_of(sound, 600) == 0
        assert list(tmp_path.iterdir()) == []

    run(work())


def test_the_key_ends_it(tmp_path: Path) -> None:
    async def work() -> None:
        kept = Kept()
        async with phone("800", _box(tmp_path, kept)) as box, phone("101") as caller:
            call = await _speak(caller, box, 0.4)
            call.media.send_digits("1#", seconds=0.04)
            await call.over.wait()
            assert call.ended_by == "them"
            await until(lambda: kept.messages)

    run(work())


def test_the_longest_time_ends_it(tmp_path: Path) -> None:
    async def work() -> None:
        kept = Kept()
        async with phone("800", _box(tmp_path, kept, longest=0.4)) as box, phone("101") as caller:
            call = await _speak(caller, box, 0.0)
            await call.over.wait()
            await until(lambda: kept.messages)
            assert kept.messages[0][0].seconds < 0.7

    run(work())


def test_a_caller_who_vanished_ends_it(tmp_path: Path) -> None:
    async def work() -> None:
        kept = Kept()
        async with phone("800", _box(tmp_path, kept, gone_after=0.2)) as box, phone("101") as caller:
            call = await _speak(caller, box, 0.4)
            call.media.close()
            await call.over.wait()
            await until(lambda: kept.messages)

    run(work())


def test_the_greeting_need_not_be_heard_out(tmp_path: Path) -> None:
    async def work() -> None:
        voicemail = Voicemail(tmp_path, Kept(), lambda mailbox: tone(600, 60.0))
        async with phone("800", voicemail) as box, phone("101") as caller:
            call = await (await caller.call(uri(box), BOX)).wait_until_up()
            call.media.send_digits("#", seconds=0.04)
            assert await call.hears(1000)

    run(work())


def test_who_hangs_up_at_once_left_no_message(tmp_path: Path) -> None:
    async def work() -> None:
        kept = Kept()
        async with phone("800", _box(tmp_path, kept, shortest=5.0)) as box, phone("101") as caller:
            await (await _speak(caller, box, 0.1)).hang_up()
            during_greeting = await (await caller.call(uri(box), BOX)).wait_until_up()
            await during_greeting.hang_up()
            await until(lambda: not box._tasks)
        assert (kept.messages, list(tmp_path.iterdir())) == ([], [])

    run(work())


@pytest.mark.parametrize("mailbox", ["", "../102", "102/x", "1" * 21, "１０２"])
def test_no_other_box_is_opened(tmp_path: Path, mailbox: str) -> None:
    async def work() -> None:
        async with phone("800", _box(tmp_path, Kept())) as box, phone("101") as caller:
            with pytest.raises(Refused) as refused:
                await (await caller.call(uri(box), ("X-Mailbox", mailbox))).wait_until_up()
            assert refused.value.code == 404

    run(work())


def test_a_message_that_could_not_be_handed_on_waits(tmp_path: Path) -> None:
    async def work() -> None:
        kept = Kept()
        kept.fails = True
        voicemail = _box(tmp_path, kept)
        async with phone("800", voicemail) as box, phone("101") as caller:
            await (await _speak(caller, box, 0.4)).hang_up()
            await until(lambda: not box._tasks)
        assert await voicemail.deliver_waiting() == 0
        kept.fails = False
        assert await voicemail.deliver_waiting() == 1
        assert kept.messages[0][0].caller == "101"
        assert (await voicemail.deliver_waiting(), list(tmp_path.iterdir())) == (0, [])

    run(work())


def test_a_killed_box_loses_nothing_that_was_said(tmp_path: Path) -> None:
    """After kill -9 in the middle of a message the next start hands on what was said until then."""
    box = subprocess.Popen(
        [sys.executable, "-m", "tests.telephony.box", tmp_path], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )

    async def work() -> None:
        assert box.stdout is not None
        port = int(await asyncio.to_thread(box.stdout.readline))
        async with phone("101", timers=HASTY) as caller:
            call = await (await caller.call(f"sip:800@127.0.0.1:{port}", BOX)).wait_until_up()
            assert await call.hears(1000)
            call.media.play_tone(440)
            await asyncio.sleep(0.6)
            assert call.state is State.UP
            box.kill()
            box.wait()
        kept = Kept()
        assert await _box(tmp_path, kept).deliver_waiting() == 1
        message, sound = kept.messages[0]
        assert (message.mailbox, message.caller) == ("102", "101")
        assert message.seconds == pytest.approx(len(sound) / 8000)
        assert seconds_of(sound, 440) > 0.3
        assert list(tmp_path.iterdir()) == []

    try:
        run(work())
    finally:
        box.kill()
        box.communicate()
