"""Lists of 200,000 assets, and a full stock-taking of 10,000 things by ten phones at once, over HTTP."""

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from bench.ground import ROOT, Ground
from bench.reading import LIMIT_MS, NotAnswered, pages
from bench.result import Row, percentile

ABOUT = """\
The register is written by the services, as an import would. Each scanner has its own sheet and sends one
reading a request, as a phone with a network does; then the sheets are closed and compared with the books."""


@dataclass(frozen=True)
class Found:
    """Rows of pages and of counting, and how long the whole steps took in seconds."""

    count: int
    rows: list[Row]
    steps: dict[str, float]


def measure(
    ground: Ground,
    server: int,
    *,
    count: int,
    items: int,
    scanners: int,
    asks: int,
    tell: Callable[[str], None],
) -> Found:
    """Fill the register of a running office, ask for its lists, count."""
    tell(f"assets: {count} in the register, {items} to count by {scanners}")
    said = _filled(ground, count, items, scanners)
    rows = pages(ground, server, {f"assets: {k}": v for k, v in said["pages"].items()}, asks=asks, tell=tell)
    began = time.perf_counter()
    with ThreadPoolExecutor(scanners) as pool:
        times = [one for found in pool.map(lambda s: _scan(ground, s), said["scanners"]) for one in found]
    counted = time.perf_counter() - began
    rows.append(
        Row(
            f"assets: one reading, {scanners} scanners", count=len(times), per_second=len(times) / counted,
            median=percentile(times, 0.5), p95=percentile(times, 0.95), limit=LIMIT_MS,
        )
    )  # fmt: skip
    tell(f"{rows[-1].what}: {rows[-1].median:.0f} ms, p95 {rows[-1].p95:.0f} ms")
    closing, settling = _ended(ground, said)
    steps = {
        "written by the services": said["filled"], "books frozen": said["frozen"], "all counted": counted,
        "sheets closed": closing, "compared with the books": settling,
    }  # fmt: skip
    return Found(count, rows, steps)


def _filled(ground: Ground, count: int, items: int, scanners: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.assets_ours", str(count), str(items), str(scanners)]
    done = subprocess.run(
        command, cwd=ROOT, env=ground.environment, check=True, stdout=subprocess.PIPE, text=True
    )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


class Phone:
    """A client with a session and the mark with which it may write."""

    def __init__(self, ground: Ground, session: str) -> None:
        self._client = http.client.HTTPConnection("127.0.0.1", ground.port, timeout=120)
        self._headers = {"Host": f"localhost:{ground.port}", "Cookie": f"sessionid={session}"}

    def sign(self, sheet: int) -> None:
        """Ask how the sheet stands; the answer brings the mark and its cookie."""
        answer, content = self.ask("GET", f"/urzad/spisy/arkusze/{sheet}/stan.json")
        cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        self._headers["Cookie"] += f"; {cookie}"
        self._headers["X-CSRFToken"] = json.loads(content)["csrf"]

    def ask(
        self, method: str, path: str, body: str = "", kind: str = "application/json"
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """One request; a refusal ends the measurement."""
        self._client.request(method, path, body=body, headers={**self._headers, "Content-Type": kind})
        answer = self._client.getresponse()
        content = answer.read()
        if answer.status not in (200, 302):
            raise NotAnswered(f"{path}: {answer.status}")
        return answer, content


def _scan(ground: Ground, scanner: dict[str, Any]) -> list[float]:
    """Read every thing of a sheet, one a request; each must be counted as agreed."""
    phone, times = Phone(ground, scanner["session"]), []
    phone.sign(scanner["sheet"])
    for number in scanner["numbers"]:
        body = json.dumps({"readings": [{"key": str(uuid4()), "typed": number}]})
        began = time.perf_counter()
        _, content = phone.ask("POST", f"/urzad/spisy/arkusze/{scanner['sheet']}/odczyty/", body)
        times.append(1000 * (time.perf_counter() - began))
        [said] = json.loads(content)["answers"]
        if said["outcome"] != "AGREED":
            raise NotAnswered(f"{number}: {said['outcome']}")
    return times


def _ended(ground: Ground, said: dict[str, Any]) -> tuple[float, float]:
    """Close every sheet, compare with the books; seconds of each."""
    began = time.perf_counter()
    for scanner in said["scanners"]:
        phone = Phone(ground, scanner["session"])
        phone.sign(scanner["sheet"])
        phone.ask("POST", f"/urzad/spisy/arkusze/{scanner['sheet']}/zamkniecie/")
    closed = time.perf_counter()
    command = [sys.executable, "-m", "bench.assets_settled", str(said["take"])]
    subprocess.run(command, cwd=ROOT, env=ground.environment, check=True)
    return closed - began, time.perf_counter() - closed


def table(found: Found) -> str:
    """The rows as two tables in Markdown."""
    lines = ["| what | asks | median ms | p95 ms | goal | kept |", "|---|---:|---:|---:|---:|---|"]
    for row in found.rows:
        kept = "met" if row.is_met else "**not met**"
        lines.append(
            f"| {row.what} | {row.count} | {row.median:.0f} | {row.p95:.0f} | {LIMIT_MS:.0f} ms | {kept} |"
        )
    steps = [f"| {what} | {seconds:.1f} |" for what, seconds in found.steps.items()]
    head = ["", f"With {found.count} assets; the whole steps:", "", "| step | seconds |", "|---|---:|"]
    return "\n".join([*lines, *head, *steps])
