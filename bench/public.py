"""What a visitor meets: pages from files, a page made anew for each visit, Wagtail's page of the same text.

wrk asks with 32 connections from the same two cores. Every page is asked with compression, as a browser asks.
"""

import contextlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import others, wagtail
from bench.ground import ROOT, Ground, free_port
from bench.result import percentile
from starostwo.site import testing

NEWS = "most-na-bzurze-w-ozorkowie-otwarty-po-remoncie"
STATIC_PER_SECOND = 5_000.0
UNCACHED_PER_SECOND = 150.0
PUBLICATION_MS = 200.0


class Missing(Exception):
    """A program of Debian that this measurement needs is not there; the text says which."""


@dataclass(frozen=True)
class Found:
    """One line of the table of public pages."""

    what: str
    figure: float
    unit: str
    limit: float
    baseline: float | None = None

    @property
    def is_met(self) -> bool:
        """A speed is to be over its limit, a time under it."""
        return self.figure < self.limit if self.unit == "ms p95" else self.figure >= self.limit


def measure(ground: Ground, *, seconds: float, publications: int, tell: Callable[[str], None]) -> list[Found]:
    """Measure publication, files, our own page and Wagtail's, one after the other."""
    for program, place in (("wrk", shutil.which("wrk")), ("nginx", testing.program())):
        if place is None:
            raise Missing(
                f"Pomiar stron publicznych wymaga programu {program}: sudo apt-get install {program}"
            )
    tell("publication in the bulletin")
    times = _published(ground, publications)
    tell("pages from files")
    with _nginx(ground) as address:
        files = _asked(f"{address}/bip/", seconds)
    tell("our page, made anew")
    ours = _asked(f"http://127.0.0.1:{ground.port}/aktualnosci/{NEWS}/", seconds)
    theirs = others.tried("Wagtail's page of the same content", lambda: _wagtail(ground, seconds), tell=tell)
    return [
        Found(
            "information published, until its page can be read",
            percentile(times, 0.95),
            "ms p95",
            PUBLICATION_MS,
        ),
        Found("bulletin from files by nginx", files, "pages/s", STATIC_PER_SECOND, theirs),
        Found("news made anew for each visit", ours, "pages/s", UNCACHED_PER_SECOND, theirs),
    ]


def _wagtail(ground: Ground, seconds: float) -> float:
    with wagtail.running(ground, NEWS) as page:
        return _asked(page, seconds)


def _published(ground: Ground, count: int) -> list[float]:
    command = [sys.executable, "-m", "bench.publishing", str(count)]
    done = subprocess.run(command, cwd=ROOT, env=ground.environment, check=True, stdout=subprocess.PIPE)
    return [float(each) for each in json.loads(done.stdout)]


def _asked(url: str, seconds: float) -> float:
    """Whole pages a second; an answer other than 200 is no speed."""
    command = ["wrk", "-t2", "-c32", f"-d{max(1, round(seconds))}s", "-H", "Accept-Encoding: gzip", url]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in printed or "Socket errors" in printed:
        raise RuntimeError(printed)
    found = re.search(r"Requests/sec:\s+([0-9.]+)", printed)
    assert found, printed
    return float(found[1])


@contextlib.contextmanager
def _nginx(ground: Ground) -> Iterator[str]:
    """Debian's nginx on the configuration that `starostwo nginx` prints, at a free port."""
    port = free_port()
    command = [sys.executable, "-m", "starostwo.site", "nginx", "127.0.0.1"]
    made = subprocess.run(
        command, cwd=ROOT, env=ground.environment, check=True, stdout=subprocess.PIPE, text=True
    )
    configuration = made.stdout.replace("listen 80;", f"listen 127.0.0.1:{port};")
    with tempfile.TemporaryDirectory(prefix="st-bench-") as name:
        folder = Path(name)
        configuration = configuration.replace("/var/log/nginx/access.log", str(folder / "access.log"))
        with testing.nginx(configuration, folder, port=port, workers=2) as address:
            yield address


def table(found: list[Found]) -> str:
    """The lines in Markdown."""
    lines = ["| what | figure | limit | | Wagtail in the same run | ratio |", "|---|---:|---:|---|---:|---:|"]
    for each in found:
        beside = f"{each.baseline:.0f} | {each.figure / each.baseline:.1f}" if each.baseline else " | "
        kept = "met" if each.is_met else "**not met**"
        sign = "<" if each.unit == "ms p95" else "≥"
        lines.append(
            f"| {each.what} | {each.figure:.0f} {each.unit} | {sign} {each.limit:.0f} | {kept} | {beside} |"
        )
    return "\n".join(lines)
