"""A running installation and what its processes use: memory as PSS, time of the processors."""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.ground import ROOT, Ground

TICKS = os.sysconf("SC_CLK_TCK")
ANSWERS_WITHIN = 180.0
KINDS = {
    "site.preloaded": "the program as loaded",
    "site.web": "web",
    "site worker": "worker",
    "postgres": "PostgreSQL",
    "demo_peers": "outside systems of the demonstration",
    "site run": "supervisor",
}


class DidNotStart(Exception):
    """The installation did not answer in time; the text says what it printed."""


@contextlib.contextmanager
def running(ground: Ground) -> Iterator[int]:
    """`starostwo run` on the folder; yields its process number once it answers."""
    log = ground.folder / "run.log"
    with log.open("w") as printed:
        process = subprocess.Popen(
            [sys.executable, "-m", "starostwo.site", "run"],
            cwd=ROOT, env=ground.environment, stdin=subprocess.DEVNULL, stdout=printed, stderr=printed,
        )  # fmt: skip
    try:
        _wait(ground, process, log)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def tree(pid: int) -> list[int]:
    """The process and everything that descends from it."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parents.setdefault(int(_stat(int(folder.name))[1]), []).append(int(folder.name))
    found = [pid]
    for each in found:
        found += parents.get(each, [])
    return found


def processor_seconds(*roots: int) -> float:
    """Time that the processes and their dead children have used so far."""
    used = 0
    for pid in {each for root in roots for each in tree(root)}:
        with contextlib.suppress(OSError):
            used += sum(int(field) for field in _stat(pid)[11:15])
    return used / TICKS


def memory_mib(root: int) -> dict[str, float]:
    """PSS in MiB of each kind of process below the root: what is shared counts once in all."""
    found: dict[str, float] = {}
    for pid in tree(root):
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            kib = next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
            found[_kind(pid)] = found.get(_kind(pid), 0) + kib / 1024
    return found


def _kind(pid: int) -> str:
    command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return next((kind for part, kind in KINDS.items() if part in command), "children of web and worker")


def _stat(pid: int) -> list[str]:
    """Fields of /proc/PID/stat from the state on: parent at 1, times at 11 to 14."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _wait(ground: Ground, process: "subprocess.Popen[bytes]", log: Path) -> None:
    ends = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < ends and process.poll() is None:
        client = http.client.HTTPConnection("127.0.0.1", ground.port, timeout=5)
        with contextlib.suppress(OSError, http.client.HTTPException):
            client.request("GET", "/healthz", headers={"Host": "localhost"})
            if client.getresponse().status == 200:
                return
        client.close()
        time.sleep(0.2)
    raise DidNotStart(log.read_text()[-2000:])
