"""A whole installation on a temporary data folder, started and stopped as its users do."""

import contextlib
import http.client
import json
import os
import pwd
import shutil
import signal
import ssl
import subprocess
import sys
import sysconfig
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.harness import copy_of_migrated_cluster
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
ME = pwd.getpwuid(os.geteuid()).pw_name


def users() -> list[str]:
    """Who tries an installation here: we, and as root an ordinary user too."""
    return [ME, "nobody"] if os.geteuid() == 0 else [ME]


def python_of(user: str) -> tuple[str, str]:
    """An interpreter that the user can reach, and where it finds this checkout and its libraries."""
    libraries = sysconfig.get_path("purelib")
    for python in (sys.executable, "/usr/bin/python3"):
        with contextlib.suppress(PermissionError):
            asked = subprocess.run(
                [python, "-c", "import psycopg"], user=user, cwd="/", check=False, capture_output=True,
                env={"PYTHONPATH": libraries},
            )  # fmt: skip
            if asked.returncode == 0:
                return python, os.pathsep.join([str(ROOT), libraries])
    raise AssertionError(f"{user} can reach neither {sys.executable} nor a Debian Python of the same version")


@dataclass
class Machine:
    """One data folder and the process that runs it; a used one has its migrated database already."""

    user: str = ME
    used: bool = False
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[str] | None" = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="st-run-"))
        self.home.chmod(0o755)
        self.folder = self.home / "var"
        self.folder.mkdir()
        if self.used:
            copy_of_migrated_cluster(self.folder / "postgres")
        if self.user != ME:
            shutil.chown(self.home, self.user)
            shutil.chown(self.folder, self.user)
        self.python, self.python_path = python_of(self.user)

    @property
    def environment(self) -> dict[str, str]:
        ours = ("DATA_DIR", "DATABASE_", "SECRET_KEY", "PYTEST", "STAROSTWO", "AS_OWNER")
        plain = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return plain | {
            "DATA_DIR": str(self.folder), "PORT": str(self.port), "DEMO": "0", "WEB_WORKERS": "1",
            "TELEPHONY": "0",
            "HOME": str(self.home), "PYTHONPATH": self.python_path, "PYTHONDONTWRITEBYTECODE": "1",
        } | self.settings  # fmt: skip

    def command(self, *arguments: str, timeout: float = 300) -> "subprocess.CompletedProcess[str]":
        """Type one command of `starostwo` and wait for its end."""
        return subprocess.run(
            [self.python, "-m", "starostwo.site", *arguments], user=self.user, env=self.environment,
            cwd="/", capture_output=True, text=True, timeout=timeout, check=False,
        )  # fmt: skip

    def start(self, *, within: float = 600) -> float:
        """Start everything; return after how many seconds the installation is healthy."""
        began = time.monotonic()
        out = (self.home / "out").open("a")
        self.process = subprocess.Popen(
            [self.python, "-m", "starostwo.site", "run"], user=self.user, env=self.environment, cwd="/",
            stdout=out, stderr=out, text=True, start_new_session=True,
        )  # fmt: skip
        self.wait_until_healthy(within=within)
        return time.monotonic() - began

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop; return its exit code."""
        assert self.process is not None
        self.process.send_signal(how)
        return self.process.wait(60)

    def wait_until_healthy(self, *, within: float = 60) -> None:
        """Wait for 200 from /healthz."""
        said: object = None
        ends = time.monotonic() + within
        while time.monotonic() < ends:
            try:
                status, said = self.health()
                if status == 200:
                    return
            except (OSError, http.client.HTTPException) as problem:
                said = problem
            assert self.process is None or self.process.poll() is None, self.printed()
            time.sleep(0.2)
        raise AssertionError(f"not healthy within {within} s: {said}\n{self.printed()}")

    def health(self) -> tuple[int, dict[str, Any]]:
        """What /healthz says."""
        trust = ssl.create_default_context(cafile=str(self.folder / "keys/tls/urzad-certyfikacji-TEST.pem")) \
            if self.settings.get("TLS") else None  # fmt: skip
        client = (
            http.client.HTTPSConnection("localhost", self.port, timeout=10, context=trust)
            if trust
            else http.client.HTTPConnection("localhost", self.port, timeout=10)
        )
        try:
            client.request("GET", "/healthz")
            answer = client.getresponse()
            said = answer.read()
            return answer.status, json.loads(said) if said else {"status": answer.reason, "problems": []}
        finally:
            client.close()

    def printed(self) -> str:
        """What the run has printed so far."""
        file = self.home / "out"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def prints(self, text: str, *, within: float = 10) -> bool:
        """Whether the run prints the text; it may speak a little after it is healthy."""
        ends = time.monotonic() + within
        while text not in self.printed() and time.monotonic() < ends:
            time.sleep(0.1)
        return text in self.printed()

    def processes(self) -> dict[int, str]:
        """Every living process of this installation: number and command line."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                environment = (folder / "environ").read_bytes()
                is_alive = (folder / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
            except OSError:
                continue
            ours = f"STAROSTWO_GUARDED_BY={self.folder}".encode() in environment.split(b"\0")
            if is_alive and (ours or str(self.folder) in command or self._works_in_cluster(folder)):
                found[int(folder.name)] = command.strip()
        return found

    def _works_in_cluster(self, folder: Path) -> bool:
        try:
            return Path(os.readlink(folder / "cwd")).is_relative_to(self.folder)
        except OSError:
            return False

    def clear(self) -> None:
        """Leave nothing behind, whatever the test did."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        ends = time.monotonic() + 15
        while self.processes() and time.monotonic() < ends:
            time.sleep(0.2)
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
        pointer = self.folder / "postgres.place"
        if pointer.exists():
            shutil.rmtree(pointer.read_text().strip(), ignore_errors=True)
        shutil.rmtree(self.home, ignore_errors=True)
