"""One's own voicemail by telephone: new messages heard one after another, and a greeting recorded.

The program knows neither database nor store. Beside it lie, brought by whoever has them, a folder a box
with its new messages (`own/101/17.wav`) and what is said (`words/new-2.wav`). What the person did is left
as a card in `acts`, to be carried out when it can. Only a box that has its folder is met so.
"""

import asyncio
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from . import wav
from .call import State
from .tones import silence, tone
from .wav import Recording, UnfitSound

if TYPE_CHECKING:
    from array import array

    from .incoming import IncomingCall

OWN, WORDS, ACTS = "own", "words", "acts"
HEAR, DELETE, GREETING = "hear", "delete", "greeting"
AGAIN, NEXT, AWAY, RECORD, END = "1", "2", "3", "0", "#"
MOST = 20  # new messages in a folder; more wait for the next call
WAITS, WAITS_LAST = 3.0, 10.0  # seconds for a key after a message, and after the last one
LOOK = 0.25  # seconds between two looks at the clock
LONGEST, SHORTEST = 60.0, 1.0  # seconds of a greeting
BEEP = tone(1000, 0.3)
PAUSE = silence(0.3)


@dataclass
class OwnBox:
    """Meets the person whose box it is."""

    folder: Path
    waits: float = WAITS
    waits_last: float = WAITS_LAST

    def knows(self, mailbox: str) -> bool:
        """Whether the box is a person's, who may hear it by telephone."""
        return (self.folder / OWN / mailbox).is_dir()

    async def meet(self, call: "IncomingCall", mailbox: str) -> None:
        """Answer, say how many messages are new, play them, do what the keys say."""
        call.answer()
        talk = _Talk(self, call, mailbox)
        messages = sorted(
            (file for file in (self.folder / OWN / mailbox).glob("*.wav") if file.stem.isdigit()),
            key=lambda file: int(file.stem),
        )[:MOST]
        key = await talk.say(f"new-{len(messages)}", beeps=len(messages))
        for message in messages:
            if not talk.goes_on(key):
                break
            key = await talk.message(message)
        while talk.goes_on(key):
            key = await talk.say("menu", waits=self.waits_last) or END
        if call.state is State.UP:
            call.agent.start_task(call.hang_up())


class _Talk:
    """One call of a person with his box. A key that was pressed is looked at once."""

    def __init__(self, box: OwnBox, call: "IncomingCall", mailbox: str) -> None:
        self._box, self._call, self._mailbox = box, call, mailbox
        self._keys: asyncio.Queue[str] = asyncio.Queue()
        call.media.on_digit = self._keys.put_nowait

    def goes_on(self, key: str) -> bool:
        """Whether the person is there and has not ended it."""
        return self._call.state is State.UP and key != END

    async def say(self, name: str, *, beeps: int = 1, waits: float = 0.0) -> str:
        """Say words, or beep so often where nobody can say them; recording a greeting comes back here."""
        try:
            sound = wav.read(self._box.folder / WORDS / f"{name}.wav")
        except (OSError, UnfitSound):
            sound = PAUSE + (tone(800, 0.2) + silence(0.2)) * beeps
        key = await self._play(sound + PAUSE, waits)
        return await self._greeting() if key == RECORD else key

    async def message(self, file: Path) -> str:
        """Play a message until its person goes on; what was said to its end or passed over is heard."""
        while True:
            try:
                sound = wav.read(file)
            except (OSError, UnfitSound):
                return ""  # deleted on the screen meanwhile
            key = await self._play(sound + PAUSE + BEEP, self._box.waits)
            if key == RECORD:
                key = await self._greeting() or AGAIN
            if self._call.state is not State.UP or key == END:
                return key
            if key == AWAY:
                self._leave(DELETE, message=int(file.stem))
                return await self.say("deleted", beeps=3)
            if key != AGAIN:
                self._leave(HEAR, message=int(file.stem))
                return key

    async def _play(self, sound: "array[int]", waits: float) -> str:
        """Play until a key is pressed, and wait for one a while afterwards; empty where none came."""
        playing = asyncio.ensure_future(self._call.media.play(sound))
        pressed = asyncio.ensure_future(self._keys.get())
        try:
            await asyncio.wait([playing, pressed], return_when=asyncio.FIRST_COMPLETED)
            if not pressed.done() and self._call.state is State.UP and waits:
                over = asyncio.ensure_future(self._call.over.wait())
                await asyncio.wait([pressed, over], timeout=waits, return_when=asyncio.FIRST_COMPLETED)
                over.cancel()
            return pressed.result() if pressed.done() else ""
        finally:
            pressed.cancel()
            playing.cancel()
            self._call.media.play_nothing()

    async def _greeting(self) -> str:
        """Record until #; who hangs up instead, or says next to nothing, leaves the greeting as it was."""
        if (key := await self.say("record")) == END or self._call.state is not State.UP:
            return key
        await self._call.media.play(BEEP)
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(6)}"
        recording = Recording(self._box.folder / ACTS / f"{name}.wav")
        self._call.media.on_sound = recording.write
        try:
            is_whole = await self._until_the_key()
        finally:
            self._call.media.on_sound = None
        if not is_whole or recording.seconds < SHORTEST:
            recording.drop()
            return ""
        recording.finish()
        self._leave(GREETING, sound=recording.path.name)
        return await self.say("saved", beeps=2)

    async def _until_the_key(self) -> bool:
        """Whether # was pressed, or the longest time went by, while the call was up."""
        ends = asyncio.get_running_loop().time() + LONGEST
        while self._call.state is State.UP and asyncio.get_running_loop().time() < ends:
            try:
                if await asyncio.wait_for(self._keys.get(), LOOK) == END:
                    return True
            except TimeoutError:
                continue
        return self._call.state is State.UP

    def _leave(self, act: str, **more: int | str) -> None:
        """Write down what is to be done; never half-written."""
        card = self._box.folder / ACTS / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}.json"
        part = card.with_suffix(".new")
        part.write_text(json.dumps({"act": act, "number": self._mailbox} | more), encoding="utf-8")
        part.rename(card)
