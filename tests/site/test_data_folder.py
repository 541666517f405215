"""One program at a time works in a data folder, also around a kill."""

import fcntl
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from starostwo.site import data_folder

HELD_FOR = 1.0


def _dead() -> int:
    """The number of a process that has ended."""
    ended = subprocess.Popen(["true"])
    ended.wait()
    return ended.pid


@contextmanager
def _still_starting(folder: Path, *, noted: int, seconds: float) -> Iterator[None]:
    """A program that a holder began to start, and which has the holder's lock until it runs."""
    file = folder / "run" / "lock"
    file.parent.mkdir()
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write(str(noted))
        lock.flush()
        child = subprocess.Popen(["sleep", str(seconds)], pass_fds=[lock.fileno()])
    try:
        yield
    finally:
        child.kill()
        child.wait()


def test_what_a_killed_program_was_starting_is_waited_for(tmp_path: Path) -> None:
    began = time.monotonic()

    with _still_starting(tmp_path, noted=_dead(), seconds=HELD_FOR), data_folder.held(tmp_path):
        assert time.monotonic() - began >= HELD_FOR / 2
        assert (tmp_path / "run" / "lock").read_text() == str(os.getpid())


def test_a_living_holder_is_named_at_once(tmp_path: Path) -> None:
    with (
        _still_starting(tmp_path, noted=os.getpid(), seconds=30),
        pytest.raises(data_folder.FolderInUse, match=rf"numer {os.getpid()}\)"),
        data_folder.held(tmp_path),
    ):
        pytest.fail("the folder was held twice")
