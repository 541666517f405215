"""The data folder of an installation, which one program at a time may work in."""

import contextlib
import fcntl
import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

from starostwo.site import cluster


class FolderInUse(Exception):
    """Another program works with this data folder."""


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the data folder alone while the block runs."""
    with _lock_file(folder).open("r+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderInUse(_who(folder, lock.read().strip())) from None
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
