"""Pages as people ask for them: over loopback, through the web server, each with a person's own session."""

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace

from bench.ground import ROOT, Ground
from bench.processes import processor_seconds
from bench.result import Row, percentile

LIMIT_MS = 200.0


class NotAnswered(Exception):
    """A page was refused or broken; its time would mean nothing."""


def measure(
    ground: Ground,
    server: int,
    *,
    asks: int,
    tell: Callable[[str], None],
    only: str = "",
    limit: float = LIMIT_MS,
) -> list[Row]:
    """Ask for every kind of page whose name begins so, so many times."""
    command = [sys.executable, "-m", "bench.questions"]
    printed = subprocess.run(
        command, cwd=ROOT, env=ground.environment, check=True, stdout=subprocess.PIPE
    ).stdout
    asked = {what: told for what, told in json.loads(printed).items() if what.startswith(only)}
    return pages(ground, server, asked, asks=asks, tell=tell, limit=limit)


def pages(
    ground: Ground,
    server: int,
    asked: dict[str, tuple[str, list[str]]],
    *,
    asks: int,
    tell: Callable[[str], None],
    limit: float = LIMIT_MS,
) -> list[Row]:
    """Ask for these pages, each kind with the session of whoever reads it."""
    rows = []
    for what, (session, paths) in asked.items():
        rows.append(replace(_measured(what, ground, server, session, paths, asks=asks), limit=limit))
        tell(f"{what}: {rows[-1].median:.0f} ms, p95 {rows[-1].p95:.0f} ms, CPU {rows[-1].processor:.0f} ms")
    return rows


def _measured(what: str, ground: Ground, server: int, session: str, paths: list[str], *, asks: int) -> Row:
    client = http.client.HTTPConnection("127.0.0.1", ground.port, timeout=60)
    headers = {"Host": f"localhost:{ground.port}", "Cookie": f"sessionid={session}"}
    for path in paths[: max(3, asks // 4)]:
        _ask(client, path, headers)
    before = processor_seconds(server)
    times = [_ask(client, paths[turn % len(paths)], headers) for turn in range(asks)]
    used = processor_seconds(server) - before
    client.close()
    return Row(
        what,
        count=asks,
        median=percentile(times, 0.5),
        p95=percentile(times, 0.95),
        processor=1000 * used / asks,
    )


def _ask(client: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> float:
    """Milliseconds until the whole page is here."""
    began = time.perf_counter()
    client.request("GET", path, headers=headers)
    answer = client.getresponse()
    answer.read()
    taken = time.perf_counter() - began
    if answer.status != 200:
        raise NotAnswered(f"{path}: {answer.status}")
    return 1000 * taken
