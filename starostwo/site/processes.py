"""Child processes that do not outlive us: each leads a group of its own and stops when we are gone."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from starostwo.site.copies import Copy, Preloaded, stop_with

MARK = "STAROSTWO_GUARDED_BY"  # in the environment of every child: the data folder that it works for
PR_SET_CHILD_SUBREAPER = 36
LONGEST_PAUSE = 30.0
LIVED_WELL = 60.0
LOG_LIMIT = 10_000_000

_libc = ctypes.CDLL(None)


@dataclass(frozen=True)
class Service:
    """A program that is to run all the time."""

    name: str
    command: list[str]
    log: Path
    environment: dict[str, str]
    user: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    orphan_signal: signal.Signals = signal.SIGKILL  # what it gets when we were killed ourselves
    patience: float = 15.0
    preloaded: Preloaded | None = None  # where the program is copied from instead of loaded again


@dataclass
class Child:
    """A service and its process of the moment."""

    service: Service
    process: "subprocess.Popen[bytes] | Copy"
    started_at: float
    failures: int = 0
    start_again_at: float = field(default=0.0)


def adopt_orphans() -> None:
    """Make this process the parent of every descendant that loses its own."""
    _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def start(service: Service) -> Child:
    """Start a service; what it prints goes to the end of its log."""
    service.log.parent.mkdir(parents=True, exist_ok=True)
    _turn_over(service.log)
    return Child(service, _copied(service) or _executed(service), time.monotonic())


def keep_alive(child: Child, *, say: Callable[[str], None]) -> None:
    """Start a dead service again, after a pause that grows while it keeps dying."""
    now = time.monotonic()
    if child.process.poll() is None:
        return
    if not child.start_again_at:
        _kill_group(child)
        child.failures = 1 if now - child.started_at > LIVED_WELL else child.failures + 1
        pause = min(LONGEST_PAUSE, 2.0 ** (child.failures - 1) / 2)
        child.start_again_at = now + pause
        how = f"kod {child.process.returncode}, dziennik {child.service.log}"
        say(f"Zakończył się proces {child.service.name} ({how}); wznawiam za {pause:.0f} s")
    elif now >= child.start_again_at:
        again = start(child.service)
        child.process, child.started_at, child.start_again_at = again.process, again.started_at, 0.0


def stop(children: list[Child]) -> None:
    """Ask all to stop, wait for each, and kill what does not listen."""
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            child.process.send_signal(child.service.stop_signal)
    for child in children:
        try:
            child.process.wait(child.service.patience)
        except subprocess.TimeoutExpired:
            _kill_group(child)
            child.process.wait()
        _kill_group(child)


def reap_orphans(children: list[Child]) -> None:
    """Take away the dead that were left to us; our own children are asked by their owners."""
    own = {child.process.pid for child in children}
    with contextlib.suppress(ChildProcessError):
        while dead := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            if dead.si_pid in own:
                return
            os.waitpid(dead.si_pid, 0)


def kill_marked(mark: str) -> int:
    """Kill what an earlier supervisor of the same data folder left behind; return how many."""
    wanted, killed = f"{MARK}={mark}".encode(), 0
    for folder in Path("/proc").glob("[0-9]*"):
        pid = int(folder.name)
        try:
            is_ours = wanted in (folder / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if is_ours and pid != os.getpid():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                killed += 1
    return killed


def _copied(service: Service) -> Copy | None:
    if service.preloaded is None:
        return None
    return service.preloaded.copy(service.command, log=service.log, orphan_signal=service.orphan_signal)


def _executed(service: Service) -> "subprocess.Popen[bytes]":
    parent = os.getpid()
    with service.log.open("ab") as log:
        return subprocess.Popen(
            service.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
            env=service.environment, user=service.user, start_new_session=True,
            preexec_fn=lambda: stop_with(parent, service.orphan_signal),
        )  # fmt: skip


def _kill_group(child: Child) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.process.pid, signal.SIGKILL)


def _turn_over(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".old"))
