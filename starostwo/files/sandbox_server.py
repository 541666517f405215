"""The process that opens strangers' files: for each file it forks a child with limits, which then dies.

Started by sandbox.py with one socket; ends when the socket closes or nothing came for a while. Without
Django, without the database, without the settings.
"""

import json
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from starostwo.files.openers.look import look
from starostwo.files.openers.redraw import redraw, redraw_png
from starostwo.files.openers.text import text_of
from starostwo.files.sandbox_words import STARTED, WALL_SECONDS

CPU_SECONDS = 20
MEMORY_BYTES = 1536 << 20
IDLE_SECONDS = 120
LONGEST_REQUEST = 4096


def _look(file: BinaryIO, name: str) -> Any:
    found = look(file, name)
    return [found.media_type, [problem.name for problem in found.problems]]


TASKS: dict[str, Callable[[BinaryIO, str], Any]] = {
    "look": _look,
    "redraw": redraw,
    "redraw_png": redraw_png,
    "text": text_of,
}


def serve(requests: socket.socket) -> None:
    """Fork a child for each request until the other side closes or is silent for long."""
    requests.settimeout(IDLE_SECONDS)
    while True:
        try:
            message, descriptors, _, _ = socket.recv_fds(requests, LONGEST_REQUEST, 2)
        except TimeoutError:
            return
        if not message:
            return
        if os.fork() == 0:
            requests.close()
            _work(message, *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def _work(message: bytes, reply_to: int, content: int) -> None:
    """In the child: limits first, then the task; whatever happens, the child ends here."""
    status = 1
    try:
        _limit()
        os.write(reply_to, STARTED)
        task, argument = json.loads(message)
        with os.fdopen(content, "rb") as file:
            answer = TASKS[task](file, argument)
        with os.fdopen(reply_to, "wb") as reply:
            reply.write(json.dumps(answer).encode())
        status = 0
    finally:
        os._exit(status)


def _limit() -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, WALL_SECONDS)
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(socket.socket(fileno=int(sys.argv[1])))
