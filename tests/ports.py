"""Ports for servers of tests: below those that the system gives to whoever asks for any (32768 and above).

A port that was free when somebody looked is taken by another program's connection before the server is there;
here nobody but the tests looks, and those that run side by side look in different places.
"""

import itertools
import os
import socket
from contextlib import suppress

FIRST, STEP, SLOTS = 10_000, 10, 1_000
SOUND, SOUND_OF_A_WORKER = 30_000, 1_000
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_turns = itertools.count(os.getpid() * 7)


def free_port() -> int:
    """A port that nobody has now, for UDP and for TCP, with nine after it that no other test is given."""
    for _ in range(SLOTS // 2):
        slot = (2 * next(_turns) + _WORKER) % SLOTS
        port = FIRST + STEP * slot
        with suppress(OSError):
            for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
                with socket.socket(socket.AF_INET, kind) as probe:
                    probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


def sound_ports(first: int = 0, count: int = SOUND_OF_A_WORKER) -> tuple[int, int]:
    """The first and the last port for the sound of a relay: two relays never share one, nor do two workers.

    The system lets two programs have the same UDP port, and each then hears half of what is said.
    """
    begins = SOUND + SOUND_OF_A_WORKER * (_WORKER % 2) + first
    return begins, begins + count - 1
