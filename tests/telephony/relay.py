"""A real rtpengine beside the exchange of the tests, on loopback."""

import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from starostwo.telephony.exchange.rtpengine import Media, command
from tests.ports import sound_ports

PING = b"d7:command4:pinge"


@dataclass
class Relay:
    """A running rtpengine; its ports for sound are few or many."""

    media: Media
    ports: tuple[int, int]
    folder: Path
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command(self.media, "127.0.0.1", self.folder, ports=self.ports),
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        self._wait()

    def kill(self) -> None:
        """As a crash would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def ask(self, what: bytes) -> bytes:
        """One order in the protocol of rtpengine; its answer."""
        host, _, port = self.media.rtpengine.rpartition(":")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
            asker.settimeout(0.2)
            asker.sendto(f"{time.monotonic_ns()} ".encode() + what, (host, int(port)))
            return asker.recv(65_000)

    def calls(self) -> int:
        """How many calls it carries now."""
        listed = self.ask(b"d7:command4:list5:limiti99ee").partition(b"5:callsl")[2]
        found = 0
        while listed[:1].isdigit():
            length, _, rest = listed.partition(b":")
            listed, found = rest[int(length) :], found + 1
        return found

    def _wait(self) -> None:
        end = time.monotonic() + 10
        while time.monotonic() < end and self.process and self.process.poll() is None:
            try:
                if b"pong" in self.ask(PING):
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text(errors="replace")[-2000:])


@contextmanager
def relay(media: Media, ports: tuple[int, int] | None = None) -> Iterator[Relay]:
    """Start it in a folder of its own and stop it."""
    started = Relay(media, ports or sound_ports(), Path(tempfile.mkdtemp(prefix="relay-")))
    started.start()
    try:
        yield started
    finally:
        if started.process and started.process.poll() is None:
            started.kill()
        shutil.rmtree(started.folder)
