"""Letters and submissions a second, with one client and with eight, beside PostgreSQL alone."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import psycopg

from bench.ground import ROOT, Ground
from bench.processes import processor_seconds
from bench.result import Row, percentile

WORKS = (
    ("letters registered", "register", "raw-register"),
    ("submissions with UPO, unsigned XML", "submit", "raw-submit"),
    ("submissions with UPO, XAdES checked", "submit-signed", "raw-submit"),
    ("e-invoices checked, kept, routed, matched", "invoices", ""),  # a thousand in a minute at most
)
LIMITS = {"invoices": 60.0}  # milliseconds of one client
WAITS_AT_MOST = 300.0
WAITING_JOBS = (
    "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND queue_name <> 'bench'"
)


@dataclass(frozen=True)
class Written:
    """What some clients together did."""

    times: list[float]
    per_second: float
    processor: float


def measure(
    ground: Ground, server: int, *, clients: Sequence[int], seconds: float, tell: Callable[[str], None]
) -> list[Row]:
    """Measure each kind of writing; the worker has finished its jobs before the next one starts."""
    rows, alone = [], dict[tuple[str, int], float]()
    for what, work, raw in WORKS:
        for count in clients:
            name = f"{what}, {count} client{'s' if count > 1 else ''}"
            tell(name)
            done = _written(ground, server, work, count, seconds)
            _wait_for_worker(ground)
            if raw and (raw, count) not in alone:
                alone[raw, count] = _written(ground, server, raw, count, seconds).per_second
            rows.append(
                Row(
                    name,
                    count=len(done.times),
                    per_second=done.per_second,
                    median=percentile(done.times, 0.5),
                    p95=percentile(done.times, 0.95),
                    processor=1000 * done.processor / len(done.times),
                    raw_per_second=alone.get((raw, count)),
                    limit=LIMITS[work] * count if work in LIMITS else None,
                )
            )
    return rows


def _written(ground: Ground, server: int, work: str, clients: int, seconds: float) -> Written:
    command = [sys.executable, "-m", "bench.clients", work, str(seconds)]
    running = [
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=ground.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(clients)
    ]
    try:
        for client in running:
            _hear(client)
        roots = [server, *(client.pid for client in running)]
        before = processor_seconds(*roots)
        for client in running:
            _say(client)
        answers = [json.loads(_hear(client)) for client in running]
        used = processor_seconds(*roots) - before
    finally:
        for client in running:
            client.communicate("leave\n")
    times = [each for answer in answers for each in answer["times"]]
    return Written(times, len(times) / max(answer["elapsed"] for answer in answers), used)


def _hear(client: "subprocess.Popen[str]") -> str:
    assert client.stdout
    return client.stdout.readline()


def _say(client: "subprocess.Popen[str]") -> None:
    assert client.stdin
    client.stdin.write("go\n")
    client.stdin.flush()


def _wait_for_worker(ground: Ground) -> None:
    """Until the worker has nothing to do, so that it does not take part in the next measurement."""
    ends = time.monotonic() + WAITS_AT_MOST
    with psycopg.connect(ground.cluster.url(), autocommit=True) as connection:
        while time.monotonic() < ends:
            (waiting,) = connection.execute(WAITING_JOBS).fetchone() or (0,)
            if waiting == 0:
                return
            time.sleep(0.5)
