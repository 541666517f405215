"""A small office for the kill test: PostgreSQL with fsync, web, worker, each killed with -9 and restarted."""

import contextlib
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import psycopg

from starostwo.site import cluster as postgres
from tests.harness import ROOT, copy_of_migrated_cluster
from tests.ports import free_port

OPEN_THE_BOX = (
    "import django; django.setup(); from starostwo.intake.testing import open_the_box; open_the_box()"
)
WEB = tuple(
    "granian --interface wsgi --no-ws --workers 2 --blocking-threads 4 --workers-kill-timeout 10"
    " --respawn-failed-workers --backlog 1024".split()
)
PARTS = ("web", "web worker", "worker", "database", "database backend")


class Office:
    """The processes of one installation, so that each can be killed at any moment."""

    def __init__(self, home: Path) -> None:
        self.port = free_port()
        self.data = home / "data"
        self.database = postgres.Cluster(home / "pg", durable=True)
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.log = home / "log"

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DATA_DIR": str(self.data),
            "DATABASE_URL": self.database.url(),
            "DATABASE_OWNER_URL": self.database.url(role=postgres.OWNER_ROLE),
            "DJANGO_SETTINGS_MODULE": "starostwo.site.settings",
            "PYTHONPATH": str(ROOT),
            "ESP_SUBMISSIONS_PER_MINUTE": "1000000",
        }

    def open(self) -> None:
        """Start everything on a migrated cluster whose commits are synced."""
        copy_of_migrated_cluster(self.database.folder)
        postgres.start(self.database)
        subprocess.run([sys.executable, "-c", OPEN_THE_BOX], env=self.environment, cwd=ROOT, check=True)
        self._start_web()
        self._start_worker()

    def kill(self, part: str) -> None:
        """Kill one part with -9 and start it again; the rest is not told."""
        match part:
            case "web":
                self._kill_group("web")
                self._start_web()
            case "web worker":
                self._kill_one(_children(self.running["web"].pid))
            case "worker":
                self._kill_group("worker")
                self._start_worker()
            case "database":
                os.kill(self._postmaster(), signal.SIGKILL)
                postgres.start(self.database)
            case "database backend":
                self._kill_one(_children(self._postmaster()))

    def revive(self) -> None:
        """Start again what ended by itself, as the supervisor does: granian gives up when its workers die."""
        for name, begin in (("web", self._start_web), ("worker", self._start_worker)):
            if self.running[name].poll() is not None:
                self._kill_group(name)
                begin()

    def close(self) -> None:
        """Leave no process behind."""
        for name in list(self.running):
            self._kill_group(name)
        postgres.stop(self.database)

    def _start_web(self) -> None:
        self._start("web", [*WEB, "--port", str(self.port), "starostwo.site.wsgi:application"])

    def _start_worker(self) -> None:
        self._start("worker", ["starostwo.site", "worker"])

    def _start(self, name: str, module: list[str]) -> None:
        with self.log.open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", *module], env=self.environment, cwd=ROOT,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def _kill_group(self, name: str) -> None:
        process = self.running.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def _kill_one(self, pids: list[int]) -> None:
        if pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(random.choice(pids), signal.SIGKILL)

    def _postmaster(self) -> int:
        return int((self.database.folder / "data" / "postmaster.pid").read_text().split()[0])


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(each) for each in found.read_text().split()] if found.exists() else []


@dataclass
class Sent:
    """One document under one key, and every receipt that came for it."""

    key: str
    content: bytes
    receipts: list[bytes] = field(default_factory=list)
    locations: set[str] = field(default_factory=set)


class Submitter(threading.Thread):
    """Sends one document after another; after a lost answer it repeats some and gives up others."""

    def __init__(self, office: Office, number: int, seed: int) -> None:
        super().__init__(name=f"submitter-{number}", daemon=True)
        self.office = office
        self.random = random.Random(seed)
        self.sent: list[Sent] = []
        self.failures = 0
        self.ends = threading.Event()

    def run(self) -> None:
        while not self.ends.is_set():
            text = f"<pismo><nr>{uuid4()}</nr>{'x' * self.random.randrange(5000)}</pismo>"
            mine = Sent(uuid4().hex, text.encode())
            self.sent.append(mine)
            while not self.try_once(mine):
                self.failures += 1
                self.ends.wait(0.2)
                if self.ends.is_set() or self.random.random() < 0.3:
                    break
            if self.random.random() < 0.1:
                self.try_once(mine)

    def try_once(self, mine: Sent) -> bool:
        """Send it; tell whether a receipt came back."""
        client = http.client.HTTPConnection("127.0.0.1", self.office.port, timeout=20)
        try:
            client.request("POST", "/api/esp/submissions", *_multipart(mine))
            answer = client.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            client.close()
        if answer.status != 201:
            return False
        mine.receipts.append(body)
        mine.locations.add(answer.headers["Location"])
        return True


def _multipart(sent: Sent) -> tuple[bytes, dict[str, str]]:
    mark = "granica-7d1"
    head = f'--{mark}\r\nContent-Disposition: form-data; name="document"; filename="pismo.xml"\r\n\r\n'
    body = head.encode() + sent.content + f"\r\n--{mark}--\r\n".encode()
    return body, {"Content-Type": f"multipart/form-data; boundary={mark}", "Idempotency-Key": sent.key}


def wait_until_it_answers(office: Office, *, within: float) -> None:
    """Wait until the office is healthy again, its worker too."""
    ends = time.monotonic() + within
    while time.monotonic() < ends:
        office.revive()
        client = http.client.HTTPConnection("127.0.0.1", office.port, timeout=5)
        with contextlib.suppress(OSError, http.client.HTTPException):
            client.request("GET", "/healthz")
            answer = client.getresponse()
            said = answer.read()
            if answer.status == 200 and json.loads(said)["status"] == "ok":
                return
        client.close()
        time.sleep(0.1)
    raise AssertionError(f"not healthy within {within} s; {office.log.read_text()[-3000:]}")


@dataclass(frozen=True)
class Found:
    """What the database and the store hold at the end."""

    receipts: dict[str, tuple[str, bytes, str | None]]
    numbers: list[int]
    last_number: int
    submissions: int
    letters: int
    blobs: dict[str, int]


def look(office: Office) -> Found:
    """Read everything that the test judges, past the application."""
    with psycopg.connect(office.database.url()) as connection:
        rows = connection.execute(
            "SELECT s.idempotency_key, u.sha256, u.xml, b.sha256 FROM intake_submission s"
            " JOIN intake_upo u ON u.submission_id = s.id JOIN records_letter l ON l.id = s.letter_id"
            " JOIN intake_submissionfile f ON f.submission_id = s.id JOIN files_blob b ON b.id = f.blob_id"
        ).fetchall()
        numbers = connection.execute("SELECT number FROM records_letter ORDER BY number").fetchall()
        last = connection.execute(
            "SELECT max(last) FROM records_numberseries WHERE series = 'RPW'"
        ).fetchone()
        counts = connection.execute(
            "SELECT (SELECT count(*) FROM intake_submission), (SELECT count(*) FROM records_letter)"
        ).fetchone()
        blobs = connection.execute("SELECT sha256, size FROM files_blob").fetchall()
    assert last is not None
    assert counts is not None
    return Found(
        receipts={key: (digest, bytes(xml), document) for key, digest, xml, document in rows},
        numbers=[number for (number,) in numbers],
        last_number=last[0] or 0,
        submissions=counts[0],
        letters=counts[1],
        blobs=dict(blobs),
    )


def stored(office: Office, digest: str) -> bytes:
    """The bytes under a digest, checked."""
    content = (office.data / "files" / digest[:2] / digest[2:4] / digest).read_bytes()
    assert sha256(content).hexdigest() == digest
    return content
