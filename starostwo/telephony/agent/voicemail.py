"""The voicemail box: greeting, beep, recording until the caller ends it, and a message handed on.

The folder is an outbox. Each message is two files, NAME.json and NAME.wav (NAME.part while it grows). When
the callback took a message, both go; when it failed, or the process was killed, they wait for
`deliver_waiting`. So a message is handed on at least once, and its name tells one that came twice.
"""

import asyncio
import json
import logging
import re
import secrets
from array import array
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from .call import State
from .incoming import IncomingCall
from .own_box import OwnBox
from .tones import silence, tone
from .wav import Recording, mend

HEADER, OWNER = "X-Mailbox", "X-Mailbox-Owner"
MAILBOX = re.compile(r"[0-9]{1,20}")
BEEP = (1000, 0.3)  # hertz, seconds
PAUSE = 0.2  # seconds between greeting and beep
LONGEST = 180.0  # seconds
SHORTEST = 1.0  # seconds; who hangs up sooner left no message
GONE_AFTER = 20.0  # seconds without any packet: the caller vanished
LOOK = 0.25  # seconds between two looks at the clock
END = "#"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Message:
    """What somebody left for a mailbox."""

    name: str
    mailbox: str
    caller: str  # number, or the whole URI of who has none
    caller_name: str
    call_id: str
    began_at: datetime
    path: Path
    seconds: float = 0.0

    @property
    def card(self) -> Path:
        """Where the facts of the message are until it is handed on."""
        return self.path.with_suffix(".json")


Keep = Callable[[Message], Awaitable[None]]
Greeting = Callable[[str], "array[int]"]


@dataclass
class Voicemail:
    """A behaviour for incoming calls. `greeting` gives the sound for a mailbox, `keep` takes a message."""

    folder: Path
    keep: Keep
    greeting: Greeting
    longest: float = LONGEST
    shortest: float = SHORTEST
    gone_after: float = GONE_AFTER
    own: OwnBox | None = None  # meets the person whose box it is; the exchange says who that is

    async def __call__(self, call: IncomingCall) -> None:
        """Meet one call."""
        mailbox = call.headers.get(HEADER).strip()
        if not MAILBOX.fullmatch(mailbox):
            call.refuse(404)
            return
        if self.own and call.headers.get(OWNER).strip() == "1" and self.own.knows(mailbox):
            await self.own.meet(call, mailbox)
            return
        call.answer()
        ending = _Ending(call)
        await ending.before(call.media.play(self.greeting(mailbox) + silence(PAUSE)))
        if call.state is not State.UP:
            return
        await call.media.play(tone(*BEEP))
        message = await self._record(call, mailbox, ending)
        if message:
            await self._deliver(message)

    async def deliver_waiting(self) -> int:
        """Hand on what an earlier run left, the half-written too; return how many messages were taken."""
        for part in sorted(self.folder.glob("*.part")):
            await asyncio.to_thread(mend, part)
        taken = 0
        for card in sorted(self.folder.glob("*.json")):
            message = read_card(card)
            if message:
                taken += await self._deliver(message)
        return taken

    async def _record(self, call: IncomingCall, mailbox: str, ending: "_Ending") -> Message | None:
        caller = call.caller
        now = datetime.now(UTC)
        name = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(6)}"
        path = self.folder / f"{name}.wav"
        who = caller.uri.number or str(caller.uri)
        message = Message(name, mailbox, who, caller.name, call.call_id, now, path)
        write_card(message)
        recording = Recording(path)
        ending.begin_anew()
        call.media.on_sound = recording.write
        try:
            await ending.wait(self.longest, self.gone_after)
        finally:  # also when the agent stops
            call.media.on_sound = None
            message = self._finished(message, recording)
        if call.state is State.UP:
            call.agent.start_task(call.hang_up())
        return message if message.seconds else None

    def _finished(self, message: Message, recording: Recording) -> Message:
        if recording.seconds < self.shortest:
            recording.drop()
            message.card.unlink()
            return message
        finished = replace(message, seconds=recording.finish())
        write_card(finished)
        return finished

    async def _deliver(self, message: Message) -> bool:
        try:
            await self.keep(message)
        except Exception:
            log.exception("the message %s waits to be handed on again", message.name)
            return False
        message.card.unlink()
        message.path.unlink(missing_ok=True)
        return True


class _Ending:
    """Watches for the key # and for the end of the call."""

    def __init__(self, call: IncomingCall) -> None:
        self._call = call
        self._wanted = asyncio.Event()
        call.media.on_digit = self._pressed

    def begin_anew(self) -> None:
        """What was pressed before does not count."""
        self._wanted.clear()

    async def before(self, playing: Awaitable[None]) -> None:
        """Play, but no longer than the caller wants to listen."""
        task = asyncio.ensure_future(playing)
        wanted = asyncio.ensure_future(self._wanted.wait())
        await asyncio.wait([task, wanted], return_when=asyncio.FIRST_COMPLETED)
        task.cancel()
        wanted.cancel()

    async def wait(self, longest: float, gone_after: float) -> None:
        """Return at the key, when the call ends, after the longest time, or when nothing comes any more."""
        loop = asyncio.get_running_loop()
        end = loop.time() + longest
        received, since = self._call.media.received, loop.time()
        while self._call.state is State.UP and loop.time() < end:
            try:
                await asyncio.wait_for(self._wanted.wait(), min(LOOK, max(0.0, end - loop.time())))
            except TimeoutError:
                if self._call.media.received != received:
                    received, since = self._call.media.received, loop.time()
                if loop.time() - since > gone_after:
                    return
            else:
                return

    def _pressed(self, digit: str) -> None:
        if digit == END:
            self._wanted.set()


def write_card(message: Message) -> None:
    """Put the facts beside the sound; the card is never half-written."""
    facts = asdict(message) | {"began_at": message.began_at.isoformat(), "path": message.path.name}
    part = message.card.with_suffix(".new")
    part.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    part.rename(message.card)


def read_card(card: Path) -> Message | None:
    """Read a card; one without sound is left by a process that was killed between two steps."""
    facts = json.loads(card.read_text(encoding="utf-8"))
    path = card.parent / facts.pop("path")
    if not path.exists():
        card.unlink()
        return None
    began_at = datetime.fromisoformat(facts.pop("began_at"))
    seconds = facts.pop("seconds") or max(0, path.stat().st_size - 44) / 16000
    return Message(**facts, began_at=began_at, path=path, seconds=seconds)
