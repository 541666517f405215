"""A small demonstration county for the journeys: kept by the state of the sources, run by its processes."""

import contextlib
import fcntl
import hashlib
import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.utils.timezone import localdate

from starostwo.site import cluster as postgres
from tests.harness import ROOT, copy_of_migrated_cluster
from tests.ports import free_port

STAGE = "morning"
SOURCES = ("*.py", "*.csv", "*.json", "*.typ")
WEB = "granian --interface wsgi --no-ws --workers 1 --blocking-threads 4 --backlog 1024".split()
PATIENCE = 240.0


class County:
    """One installation of the demonstration: its folder, its database, its processes."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.data = home / "data"
        self.cluster = postgres.Cluster(home / "pg", durable=False)
        self.port, self.idp_port, self.tsa_port = free_port(), free_port(), free_port()
        self.address = f"http://localhost:{self.port}"
        self.log = home / "log"
        self._running: list[subprocess.Popen[bytes]] = []

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DATA_DIR": str(self.data),
            "DATABASE_URL": self.cluster.url(),
            "DATABASE_OWNER_URL": self.cluster.url(role=postgres.OWNER_ROLE),
            "DJANGO_SETTINGS_MODULE": "starostwo.site.settings",
            "PYTHONPATH": str(ROOT),
            "PORT": str(self.port),
            "IDP_PORT": str(self.idp_port),
            "TSA_URL": f"http://127.0.0.1:{self.tsa_port}/",
        }

    def start(self) -> None:
        """Start everything and wait until the web server answers and the worker lives."""
        postgres.start(self.cluster)
        self._start("starostwo.site.demo_peers")
        self._start("starostwo.site", "worker")
        self._start(*WEB, "--port", str(self.port), "starostwo.site.wsgi:application")
        self._wait()

    def stop(self) -> None:
        """Leave no process behind."""
        for process in self._running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        postgres.stop(self.cluster)

    def complaints(self) -> list[str]:
        """What the processes wrote that no good day contains: each error with the end of its trace."""
        text = self.log.read_text(encoding="utf-8", errors="replace")
        return [
            part[-1500:] for part in re.findall(r"^.*Internal Server Error.*(?:\n(?!\d{4}-).*)*", text, re.M)
        ]

    def _start(self, module: str, *arguments: str) -> None:
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments], env=self.environment, cwd=ROOT,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self._running.append(process)

    def _wait(self) -> None:
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            with contextlib.suppress(OSError, http.client.HTTPException):
                client.request("GET", "/healthz")
                if client.getresponse().status == 200:
                    return
            client.close()
            time.sleep(0.1)
        raise AssertionError(f"the county does not answer; {self.log.read_text()[-3000:]}")


@contextlib.contextmanager
def running() -> Iterator[County]:
    """A county of its own: a copy of the kept one, which nobody else changes."""
    home = Path(tempfile.mkdtemp(prefix="st-county-"))
    home.chmod(0o711)
    county = County(home)
    try:
        for part in ("pg", "data"):
            subprocess.run(["cp", "-a", str(_kept() / part), str(home / part)], check=True)
        county.start()
        yield county
    finally:
        county.stop()
        shutil.rmtree(home, ignore_errors=True)


def _kept() -> Path:
    """The county as it was built from these sources today."""
    kept = ROOT / "var" / "tests" / f"county-{_mark_of_sources()}"
    kept.parent.mkdir(parents=True, exist_ok=True)
    with (kept.parent / "county.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (kept / "pg").exists():
            _build(kept)
    return kept


def _mark_of_sources() -> str:
    digest = hashlib.sha256(f"{localdate()} {STAGE}".encode())
    for file in sorted(file for kind in SOURCES for file in (ROOT / "starostwo").rglob(kind)):
        if "node_modules" not in file.parts:
            digest.update(str(file).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _build(kept: Path) -> None:
    """Build with the data folder in its lasting place, since the keys of the token know where they lie.

    The database is built where its server can reach it and comes last: it marks the county as whole.
    """
    for old in kept.parent.glob("county-[0-9a-f]*"):
        shutil.rmtree(old, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix="st-county-"))
    work.chmod(0o711)
    county = County(work)
    copy_of_migrated_cluster(county.cluster.folder)
    postgres.start(county.cluster)
    try:
        command = [sys.executable, "-m", "starostwo.site", "demo", "--stage", STAGE]
        environment = county.environment | {"DATA_DIR": str(kept / "data"), "TSA_URL": ""}
        subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    finally:
        postgres.stop(county.cluster)
    shutil.move(county.cluster.folder, kept / "pg")
    shutil.rmtree(work, ignore_errors=True)
