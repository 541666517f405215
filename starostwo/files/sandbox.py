"""Having a stranger's file opened by a process that may die: the answer, or CouldNotOpen.

The opener process is started at the first use, forks a limited child for each file (5 ms) and ends by itself
when it has been idle; nothing that a file does to its reader reaches the server.
"""

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO

from starostwo.files.sandbox_words import STARTED, WALL_SECONDS

ROOT = Path(__file__).resolve().parents[2]
GRACE_SECONDS = 10
TRIES = 3
_lock = threading.Lock()
_server: "tuple[int, socket.socket, subprocess.Popen[bytes]] | None" = None


class CouldNotOpen(Exception):
    """The child ended without an answer: it broke a limit or crashed on the file."""


def ask(task: str, file: BinaryIO, argument: str) -> Any:
    """Let a child of the opener process carry out the task on the file and return its answer."""
    for _ in range(TRIES):
        answer = _ask_once(json.dumps([task, argument]).encode(), file)
        if answer.startswith(STARTED):
            return _read(answer[len(STARTED) :])
        _forget()  # the server itself was gone: idle, or killed from outside
    raise CouldNotOpen("proces otwierający pliki nie wystartował")


def _ask_once(message: bytes, file: BinaryIO) -> bytes:
    mine, theirs = socket.socketpair()
    with mine:
        with theirs:
            try:
                socket.send_fds(_connection(), [message], [theirs.fileno(), file.fileno()])
            except OSError:
                return b""
        mine.settimeout(WALL_SECONDS + GRACE_SECONDS)
        parts = []
        try:
            while part := mine.recv(1 << 16):
                parts.append(part)
        except (TimeoutError, ConnectionError):
            return STARTED
    return b"".join(parts)


def _read(answer: bytes) -> Any:
    try:
        return json.loads(answer)
    except ValueError as error:
        raise CouldNotOpen("plik przekroczył limity czasu lub pamięci przy otwieraniu") from error


def _connection() -> socket.socket:
    """The socket of this process's server; a forked process starts one of its own."""
    global _server
    with _lock:
        if _server is None or _server[0] != os.getpid():
            _server = (os.getpid(), *_start())
        return _server[1]


def _forget() -> None:
    global _server
    with _lock:
        if _server is not None and _server[0] == os.getpid():
            _server[1].close()
            _server[2].wait(timeout=GRACE_SECONDS)
        _server = None


atexit.register(_forget)


def _start() -> "tuple[socket.socket, subprocess.Popen[bytes]]":
    mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        server = subprocess.Popen(
            [sys.executable, "-m", "starostwo.files.sandbox_server", str(theirs.fileno())],
            pass_fds=[theirs.fileno()], cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
    return mine, server
