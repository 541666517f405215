"""A database of its own and `starostwo voip run` beside it, for tests that stop and kill them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from starostwo.site import cluster as postgres
from tests.harness import copy_of_migrated_cluster
from tests.telephony.registrar import wait_until_it_answers

ROOT = Path(__file__).resolve().parents[2]
START = [sys.executable, "-m", "starostwo.site", "voip", "run"]


class House:
    """One database server, one run of exchanges."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = postgres.Cluster(folder / "pg", durable=False)
        self.data = folder / "data"
        self.data.mkdir()
        self.log = folder / "printed"
        self.log.touch()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def surroundings(self) -> dict[str, str]:
        """What a command of this house sees."""
        return os.environ | {
            "DATABASE_URL": self.server.url(), "DATA_DIR": str(self.data), "PYTHONPATH": str(ROOT),
        }  # fmt: skip

    def start(self, *ports: int) -> int:
        """Start the exchanges of all nodes, wait until they answer; say how much was printed before."""
        before = len(self.printed())
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                START, env=self.surroundings, stdout=log, stderr=subprocess.STDOUT, cwd=ROOT
            )
        for port in ports:
            self.says(f":{port} (UDP)", after=before, within=60)
            wait_until_it_answers(self.process, port, self.log)
        return before

    def stop(self) -> int:
        """Ask them to stop."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)

    def says(self, words: str, *, after: int = 0, within: float = 20.0) -> int:
        """Wait until the run prints the words, and say how much it has printed by then."""
        wait_until(lambda: words in self.printed()[after:], within, self.printed)
        return len(self.printed())

    def printed(self) -> str:
        """What the run has printed."""
        return self.log.read_text(encoding="utf-8")

    def pids(self, word: str) -> list[int]:
        """Processes of this house with the word in their command, the first one first."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if word in command and str(self.data) in command:
                found.append(int(folder.name))
        return sorted(found)


def wait_until(condition: Callable[[], object], within: float, told: Callable[[], object] = str) -> None:
    """Wait until something holds, outside of asyncio."""
    ends = time.monotonic() + within
    while not condition():
        assert time.monotonic() < ends, told()
        time.sleep(0.05)


@contextmanager
def house(folder: Path, blocker: pytest.FixtureRequest) -> Iterator[House]:
    """A house whose database this process works with, too."""
    folder.chmod(0o755)
    made = House(folder)
    copy_of_migrated_cluster(made.server.folder)
    postgres.start(made.server)
    usual = {name: connection.settings_dict[name] for name in ("HOST", "NAME")}
    with blocker.unblock():  # type: ignore[attr-defined]
        connection.close()
        connection.settings_dict |= {"HOST": str(made.server.socket_folder), "NAME": postgres.DATABASE}
        try:
            yield made
        finally:
            if made.process and made.process.poll() is None:
                made.stop()
            connection.close()
            connection.settings_dict |= usual
            postgres.stop(made.server)
