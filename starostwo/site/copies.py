"""The supervisor's side of the preloaded program: it asks for copies and watches them like its children."""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1
LOOK_EVERY = 0.02

_libc = ctypes.CDLL(None)


def stop_with(parent: int, how: int) -> None:
    """Let the kernel send this process the signal when its parent dies; end at once if that has happened."""
    _libc.prctl(PR_SET_PDEATHSIG, int(how), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


class Copy:
    """A running copy, with the part of `subprocess.Popen` that the supervisor uses."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """How it ended; None while it runs."""
        if self.returncode is None:
            try:
                found, status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:  # somebody else has asked how it ended
                found, status = self.pid, 0
            if found:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end."""
        ends = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if ends is not None and time.monotonic() > ends:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            time.sleep(LOOK_EVERY)
        return code

    def send_signal(self, how: int) -> None:
        """Send a signal while it runs."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, how)


class Preloaded:
    """The program that makes the copies; it is loaded when the first one is wanted, and again if it died."""

    def __init__(self, modules: list[str], environment: dict[str, str], log: Path) -> None:
        self.modules, self.environment, self.log = modules, environment, log
        self._process: subprocess.Popen[bytes] | None = None

    def copy(self, command: list[str], *, log: Path, orphan_signal: signal.Signals) -> Copy | None:
        """A copy that does what the command would do; None where the program could not be loaded."""
        process = self._running()
        order = {"command": command, "log": str(log), "orphan_signal": int(orphan_signal)}
        if process.stdin is None or process.stdout is None:
            return None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(json.dumps(order).encode() + b"\n")
            process.stdin.flush()
        pid = int(process.stdout.readline().strip() or 0)
        return Copy(pid) if pid else None

    def close(self) -> None:
        """No more copies are wanted; those that run are not touched."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        supervisor = os.getpid()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "starostwo.site.preloaded", *self.modules], stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=log, cwd="/", env=self.environment, start_new_session=True,
                preexec_fn=lambda: stop_with(supervisor, signal.SIGKILL),
            )  # fmt: skip
        return self._process
