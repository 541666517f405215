"""The data folder of an installation, which one program at a time may work in."""

import contextlib
import fcntl
import importlib.util
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from starostwo.site import cluster

LET_GO_WITHIN = 10.0  # seconds; what a killed program was just starting holds the folder until it runs


class FolderInUse(Exception):
    """Another program works with this data folder."""


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the data folder alone while the block runs."""
    with _lock_file(folder).open("r+", encoding="utf-8") as lock:
        _take(lock, folder)
        lock.seek(0)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


@contextlib.contextmanager
def with_database(folder: Path, own: cluster.Cluster | None) -> Iterator[None]:
    """Have our own cluster running in the block; a running one, or an outside server, is left alone."""
    if own is None or cluster.answers(own):
        yield
        return
    with held(folder):
        cluster.start(own)
        cluster.create_database(own)
        try:
            yield
        finally:
            cluster.stop(own)


def _take(lock: TextIO, folder: Path) -> None:
    """Take the lock; one whose holder was killed is waited for, as the kernel may free it a moment later."""
    ends = time.monotonic() + LET_GO_WITHIN
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip()
            if _lives(holder) or time.monotonic() > ends:
                raise FolderInUse(_who(folder, holder)) from None
            time.sleep(0.1)
        else:
            return


def _lives(holder: str) -> bool:
    return holder.isdecimal() and Path("/proc", holder).exists()


def _lock_file(folder: Path) -> Path:
    file = folder / "run" / "lock"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    return file


def _who(folder: Path, pid: str) -> str:
    return f"Z folderem danych {folder} pracuje już inny proces Starostwa (numer {pid or 'nieznany'})"


def is_there(module: str) -> bool:
    """Whether the module is part of this installation."""
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False
