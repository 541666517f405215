"""The voicemail box as a program: python -m starostwo.telephony.agent.program FOLDER HOST PORT [USER].

It records into its folder and needs nothing else, neither a database nor a store: whoever has them takes
the finished messages from the folder `ready`, now or when they are back. Started by root it becomes the user
that is named.
"""

import asyncio
import concurrent.futures.thread  # noqa: F401  asyncio loads it when it wants it: too late for another user
import ctypes
import logging
import os
import pwd
import signal
import sys
from array import array
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from . import wav
from .own_box import ACTS, OWN, WORDS, OwnBox
from .tones import silence, tone
from .user_agent import UserAgent
from .voicemail import Greeting, Keep, Message, Voicemail, write_card

RECORDING, READY, GREETINGS = "recording", "ready", "greetings"
MOST_CALLS = 30
USUAL = tone(440, 0.25) + silence(0.1) + tone(550, 0.25) + silence(0.1) + tone(660, 0.5) + silence(0.3)
PR_SET_PDEATHSIG = 1


def main() -> None:
    """Serve until somebody asks us to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    folder, host, port, *user = sys.argv[1:]
    if user:
        become(user[0])
    asyncio.run(_serve(Path(folder), host, int(port)))


async def _serve(folder: Path, host: str, port: int) -> None:
    for part in (RECORDING, READY, GREETINGS, OWN, WORDS, ACTS):
        (folder / part).mkdir(parents=True, exist_ok=True, mode=0o700)
    box = Voicemail(
        folder / RECORDING, handing_over(folder / READY), greetings(folder / GREETINGS), own=OwnBox(folder)
    )
    agent = UserAgent(
        "poczta", "starostwo", host=host, port=port, behaviour=box, trusted=frozenset({host}),
        most_calls=MOST_CALLS,
    )  # fmt: skip
    await agent.start()
    asked = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, asked.set)
    await box.deliver_waiting()  # what an earlier run was killed over
    await asked.wait()
    await agent.stop()


def handing_over(ready: Path) -> Keep:
    """Put each finished message into a folder from which it is taken; done twice it is the same."""

    async def keep(message: Message) -> None:
        await asyncio.to_thread(_hand_over, message, ready)

    return keep


def greetings(folder: Path) -> Greeting:
    """The greeting of a mailbox: its own file, or the usual tones."""

    def greeting(mailbox: str) -> "array[int]":
        try:
            return wav.read(folder / f"{mailbox}.wav")
        except (OSError, wav.UnfitSound):
            return USUAL

    return greeting


def _hand_over(message: Message, ready: Path) -> None:
    """The sound first, its card last: a card in the folder has its sound."""
    sound = ready / message.path.name
    with suppress(FileExistsError):
        os.link(message.path, sound)
    write_card(replace(message, path=sound))


def become(name: str) -> None:
    """Everything that we run is loaded by now, so that the user need not reach the program's folder."""
    user = pwd.getpwnam(name)
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)  # forgotten with the old user


if __name__ == "__main__":
    main()
