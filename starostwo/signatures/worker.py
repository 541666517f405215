"""The verifying child: keeps the libraries warm and forks once per file, with limits and no network.

Started as `python -P -m starostwo.signatures.worker` by `pool`; it has one thread, so forking is safe.
The forked child may use ten seconds of processor, one gibibyte of memory and twenty seconds in all;
it can open no connection and start no program. Idle for some minutes, the worker ends by itself.
"""

import ctypes
import os
import resource
import select
import signal
import sys
import time
from datetime import datetime
from io import BytesIO
from typing import IO, Any

from starostwo.signatures.frames import BrokenFrame, read_frame, trust_from_json, write_frame
from starostwo.signatures.inspection import inspect

CPU_SECONDS = 10
WALL_SECONDS = 20
MEMORY_BYTES = 1024**3
IDLE_SECONDS = 300
NEW_NETWORK = 0x40000000
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
FORBIDDEN_EVENTS = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "os.fork", "ctypes.")


def main() -> None:
    """Serve one request after another until the web process ends or asks no more."""
    _leave_network()
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while select.select([requests], [], [], IDLE_SECONDS)[0]:
        try:
            header, blobs = read_frame(requests)
        except BrokenFrame:
            return
        answer = _in_child(header, blobs)
        if answer is None:
            write_frame(answers, {"error": "LIMITS_EXCEEDED"}, {})
        else:
            answers.write(answer)
            answers.flush()


def _leave_network() -> None:
    """An empty network name space where the system allows it; elsewhere the audit hook alone forbids."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.unshare(NEW_NETWORK)


def _in_child(header: dict[str, Any], blobs: dict[str, bytes]) -> bytes | None:
    """Return the child's whole answer, or None when it was ended or gave none."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        _be_the_child(os.fdopen(theirs, "wb"), header, blobs)
    os.close(theirs)
    answer = _read_until(ours, time.monotonic() + WALL_SECONDS)
    os.close(ours)
    if answer is None:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return answer if answer and status == 0 else None


def _be_the_child(answers: IO[bytes], header: dict[str, Any], blobs: dict[str, bytes]) -> None:
    """Never returns: whatever happens, the forked copy of the server must not go on as the server."""
    status = 1
    try:
        _limit()
        _answer(answers, header, blobs)
        status = 0
    finally:
        os._exit(status)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_forbid)


def _forbid(event: str, arguments: tuple[Any, ...]) -> None:
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
    if writes or (event.startswith(FORBIDDEN_EVENTS) and event not in ALLOWED_EVENTS):
        raise PermissionError(f"niedozwolone w procesie sprawdzającym: {event}")


# asyncio makes a local pair of sockets to wake its own loop; nothing can be reached through it.
ALLOWED_EVENTS = frozenset({"socket.__new__"})


def _answer(answers: IO[bytes], header: dict[str, Any], blobs: dict[str, bytes]) -> None:
    content = blobs.pop("")
    report = inspect(
        content,
        files=blobs,
        trust=trust_from_json(header["trust"]),
        at=datetime.fromisoformat(header["at"]),
    )
    message = {"report": report.as_dict(), "pesels": [finding.pesel for finding in report.findings]}
    whole = BytesIO()
    write_frame(whole, message, report.payloads)
    answers.write(whole.getvalue())
    answers.flush()


def _read_until(descriptor: int, deadline: float) -> bytes | None:
    """Read to the end, or give up at the deadline."""
    parts: list[bytes] = []
    while (left := deadline - time.monotonic()) > 0:
        if not select.select([descriptor], [], [], left)[0]:
            return None
        part = os.read(descriptor, 1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)
    return None


if __name__ == "__main__":
    main()
