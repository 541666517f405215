"""A few verifying children for this process, started when first needed and replaced when they fail."""

import atexit
import contextlib
import os
import queue
import select
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starostwo.signatures.frames import BrokenFrame, read_frame, write_frame

SIZE = 2
GRACE_SECONDS = 30
PACKAGES = Path(__file__).resolve().parents[2]


class NoAnswer(Exception):
    """The child could not answer within its limits."""


class _Server:
    """One warm child. It gets neither our environment nor our files: no secret is within its reach."""

    def __init__(self) -> None:
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "starostwo.signatures.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={"PYTHONPATH": str(PACKAGES), "PATH": os.defpath, "LANG": "C.UTF-8"},
                start_new_session=True,
            )
        except OSError as error:
            raise NoAnswer from error

    def ask(
        self, header: Mapping[str, Any], blobs: Mapping[str, bytes]
    ) -> tuple[dict[str, Any], dict[str, bytes]]:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise NoAnswer
        try:
            write_frame(stdin, header, blobs)
            if not select.select([stdout], [], [], GRACE_SECONDS)[0]:
                raise NoAnswer
            return read_frame(stdout)
        except (OSError, BrokenFrame) as error:
            raise NoAnswer from error

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


class _Pool:
    """At most `SIZE` children; a thread waits for a free one."""

    def __init__(self) -> None:
        self._free: queue.LifoQueue[_Server | None] = queue.LifoQueue()
        for _ in range(SIZE):
            self._free.put(None)

    def ask(
        self, header: Mapping[str, Any], blobs: Mapping[str, bytes]
    ) -> tuple[dict[str, Any], dict[str, bytes]]:
        server = self._free.get()
        try:
            try:
                server = server or _Server()
                answer = server.ask(header, blobs)
            except NoAnswer:
                # An idle child may have ended just now; a new one gets the file once more.
                server = _replaced(server)
                answer = server.ask(header, blobs)
        except NoAnswer:
            _ended(server)
            server = None
            raise
        finally:
            self._free.put(server)
        if "error" in answer[0]:
            raise NoAnswer(answer[0]["error"])
        return answer

    def end(self) -> None:
        for server in [self._free.get() for _ in range(SIZE)]:
            if server is not None:
                server.end()
            self._free.put(None)


def _ended(server: _Server | None) -> None:
    if server is not None:
        server.end()


def _replaced(server: _Server | None) -> _Server:
    _ended(server)
    return _Server()


_POOLS: dict[int, _Pool] = {}
_LOCK = threading.Lock()


def ask(header: Mapping[str, Any], blobs: Mapping[str, bytes]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Have one file verified; a process that was forked from ours gets children of its own."""
    with _LOCK:
        pool = _POOLS.get(os.getpid())
        if pool is None:
            pool = _POOLS[os.getpid()] = _Pool()
            atexit.register(pool.end)
    return pool.ask(header, blobs)


def end_all() -> None:
    """End this process's children; the next file starts new ones."""
    pool = _POOLS.get(os.getpid())
    if pool is not None:
        pool.end()
