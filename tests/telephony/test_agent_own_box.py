"""One's own voicemail by telephone, at the agent alone: keys, what is played, which cards are left."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from starostwo.telephony.agent import wav
from starostwo.telephony.agent.outgoing import OutgoingCall
from starostwo.telephony.agent.own_box import ACTS, OWN, WORDS, OwnBox
from starostwo.telephony.agent.tones import seconds_of, tone
from starostwo.telephony.agent.voicemail import Voicemail
from tests.telephony.agents import phone, run, until, uri

HEADERS = (("X-Mailbox", "102"), ("X-Mailbox-Owner", "1"))
FIRST, SECOND = 400, 600  # hertz of the messages


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (OWN, WORDS, ACTS):
        (tmp_path / name).mkdir()
    place = tmp_path / OWN / "102"
    place.mkdir()
    for name, hz in (("7", FIRST), ("12", SECOND)):  # as numbers, not as text
        (place / f"{name}.wav").write_bytes(wav.written(tone(hz, 0.6)))
    for name, hz in (("new-2", 1200), ("menu", 1400), ("deleted", 1600), ("record", 1800), ("saved", 2000)):
        (tmp_path / WORDS / f"{name}.wav").write_bytes(wav.written(tone(hz, 0.3)))
    return tmp_path


async def _keep(message: object) -> None:
    raise AssertionError("nobody leaves a message here")


@asynccontextmanager
async def _call(folder: Path, *headers: tuple[str, str], **more: Any) -> AsyncIterator[OutgoingCall]:
    own = OwnBox(folder, **({"waits": 0.3, "waits_last": 0.5} | more))
    box = Voicemail(folder, _keep, lambda mailbox: tone(900, 0.3), shortest=60.0, own=own)
    async with phone("800", box) as there, phone("102") as caller:
        yield await (await caller.call(uri(there), *(headers or HEADERS))).wait_until_up()


def _acts(folder: Path) -> list[dict[str, Any]]:
    said = [json.loads(card.read_text()) for card in sorted((folder / ACTS).glob("*.json"))]
    return [{name: value for name, value in one.items() if name != "sound"} for one in said]


def _press(call: OutgoingCall, digit: str) -> None:
    call.media.send_digits(digit, seconds=0.04)


def _act(act: str, message: int) -> dict[str, Any]:
    return {"act": act, "number": "102", "message": message}


def test_messages_are_played_in_order_and_heard(folder: Path) -> None:
    async def work() -> None:
        async with _call(folder) as call:
            for hz in (1200, FIRST, SECOND, 1400):
                assert await call.hears(hz)
            await call.over.wait()
            assert call.ended_by == "them"
        assert _acts(folder) == [_act("hear", 7), _act("hear", 12)]

    run(work())


def test_the_keys_repeat_pass_over_and_delete(folder: Path) -> None:
    async def work() -> None:
        async with _call(folder, waits=5.0) as call:
            assert await call.hears(FIRST, 0.5)
            _press(call, "1")
            assert await call.hears(FIRST, 1.0)
            _press(call, "2")
            assert await call.hears(SECOND)
            _press(call, "3")
            assert await call.hears(1600)
            await call.over.wait()
        assert _acts(folder) == [_act("hear", 7), _act("delete", 12)]

    run(work())


def test_the_end_key_leaves_the_message_new(folder: Path) -> None:
    async def work() -> None:
        async with _call(folder) as call:
            assert await call.hears(FIRST)
            _press(call, "#")
            await call.over.wait()
        assert _acts(folder) == []

    run(work())


def test_who_hangs_up_in_a_message_leaves_it_new(folder: Path) -> None:
    async def work() -> None:
        async with _call(folder) as call:
            assert await call.hears(FIRST)
            await call.hang_up()
            await until(lambda: not call.agent.calls)
        assert _acts(folder) == []

    run(work())


def test_a_greeting_is_recorded_until_the_end_key(folder: Path) -> None:
    async def work() -> None:
        async with _call(folder) as call:
            assert await call.hears(1200, 0.1)
            _press(call, "0")
            assert await call.hears(1800)
            assert await call.hears(1000)
            call.media.play_tone(440)
            await until(lambda: any((folder / ACTS).glob("*.part")))
            [part] = (folder / ACTS).glob("*.part")
            await until(lambda: part.stat().st_size > 16_000 * 1.5)
            _press(call, "#")
            assert await call.hears(2000)
        assert _acts(folder) == [{"act": "greeting", "number": "102"}]
        [sound] = (folder / ACTS).glob("*.wav")
        assert seconds_of(wav.read(sound), 440) > 1.0

    run(work())


def test_who_hangs_up_while_recording_keeps_the_old_greeting(folder: Path) -> None:
    async def work() -> None:
        async with _call(folder) as call:
            assert await call.hears(1200, 0.1)
            _press(call, "0")
            assert await call.hears(1000)
            call.media.play_tone(440)
            await until(lambda: any((folder / ACTS).glob("*.part")))
            await call.hang_up()
            await until(lambda: not list((folder / ACTS).iterdir()))

    run(work())


def test_keys_come_in_information_of_the_signalling_too(folder: Path) -> None:
    async def work() -> None:
        async with _call(folder, waits=5.0) as call:
            assert await call.hears(FIRST)
            dialog = call.dialog
            assert dialog is not None
            body = b"Signal=3\r\nDuration=160\r\n"
            kind = ("Content-Type", "application/dtmf-relay")
            answer = await call.agent.client.transact(lambda: dialog.request("INFO", kind, body=body))
            assert answer.code == 200
            assert await call.hears(1600)
        assert _acts(folder) == [_act("delete", 7)]

    run(work())


def test_without_words_there_are_as_many_beeps_as_messages(folder: Path) -> None:
    for file in (folder / WORDS).iterdir():
        file.unlink()

    async def work() -> None:
        async with _call(folder) as call:
            assert await call.hears(FIRST)
            assert 0.25 <= call.media.seconds_of(800) <= 0.4  # two of 0.2 s, in windows of 0.05 s
            _press(call, "#")
            await call.over.wait()

    run(work())


@pytest.mark.parametrize(
    "headers",
    [
        (("X-Mailbox", "102"),),
        (("X-Mailbox", "102"), ("X-Mailbox-Owner", "0")),
        (("X-Mailbox", "103"), ("X-Mailbox-Owner", "1")),  # no person's box
    ],
)
def test_everybody_else_leaves_a_message(folder: Path, headers: tuple[tuple[str, str], ...]) -> None:
    async def work() -> None:
        async with _call(folder, *headers) as call:
            assert await call.hears(900)
            assert await call.hears(1000)
            _press(call, "3")
            await call.hang_up()
            assert call.media.seconds_of(FIRST) == 0
        assert _acts(folder) == []

    run(work())
