"""Registrations and calls a second over our exchange, beside the same Kamailio that knows only a file."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.ground import ROOT, Ground
from starostwo.site import cluster as postgres

MODULES = Path("/usr/lib/x86_64-linux-gnu/kamailio/modules")
NEEDED = {
    "/usr/bin/sipp": "sip-tester",
    "/usr/sbin/kamailio": "kamailio",
    str(MODULES / "db_postgres.so"): "kamailio-postgres-modules",
    "/usr/bin/rtpengine": "rtpengine-daemon",
}
GOALS = {"registrations": 2000.0, "calls": 300.0, "anchored": 150.0}
NAMES = {
    "registrations": "registrations with digest",
    "calls": "calls, sound from phone to phone",
    "anchored": "calls, sound through rtpengine",
}
ABOUT = """\
sipp plays our scenarios on the same two cores over loopback: a phone signs in with digest; a phone calls
another, which answers at once, and hangs up. So many at once; the next begins when one ends. Ours is the
exchange as `starostwo voip run` starts it: the way of each call comes from PostgreSQL, and each call is
written there. The other is the same Kamailio with the passwords in its file, no database, and every number a
phone. *Ratio*: what is left of its speed. In the last row both lead the sound of every call through
rtpengine, as a call with a browser needs it. The goals were reached by a trial on a quiet machine like this
one; an office of 300 phones needs less than one a second of each. *ms*: mean until the answer."""


@dataclass(frozen=True)
class Load:
    """One thing that was measured: ours, theirs, and how many failed."""

    what: str
    count: int
    at_once: int
    ours: float
    ms: float
    failed: int
    static: float | None

    @property
    def ratio(self) -> float | None:
        """What our work leaves of the speed of a Kamailio without us."""
        return self.ours / self.static if self.static else None

    @property
    def is_kept(self) -> bool:
        """Whether the goal is reached and nothing failed but one in a thousand."""
        return self.ours >= GOALS[self.what] and self.failed * 1000 <= self.count


def missing() -> str:
    """What to install, in one line; empty where all is there."""
    packages = [package for file, package in NEEDED.items() if not Path(file).exists()]
    return (
        f"Telefonia: nie zmierzono. Zainstaluj: sudo apt-get install {' '.join(packages)}" if packages else ""
    )


def measure(
    ground: Ground, *, registrations: int, calls: int, at_once: int, tell: Callable[[str], None]
) -> list[Load]:
    """Sign in and call; nothing where a program is missing."""
    if missing():
        tell(missing())
        return []
    postgres.start(ground.cluster)
    tell(f"telephony: {registrations} registrations and {calls} calls, ours and a static Kamailio")
    done = subprocess.run(
        [sys.executable, "-m", "bench.telephony_ours", str(registrations), str(calls), str(at_once)],
        cwd=ROOT, env=ground.environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return [Load(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def table(found: list[Load]) -> str:
    """The rows as a table in Markdown, or what to install."""
    if not found:
        return missing()
    lines = [
        "| what | count | at once | ours | ms | failed | static, no database | ratio | goal | kept |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---|",
    ]
    for row in found:
        kept = "met" if row.is_kept else "**not met**"
        static = f"{row.static:.0f}/s" if row.static else ""
        ratio = f"{row.ratio:.2f}" if row.ratio else ""
        lines.append(
            f"| {NAMES[row.what]} | {row.count} | {row.at_once} | {row.ours:.0f}/s | {row.ms:.1f} "
            f"| {row.failed} | {static} | {ratio} | {GOALS[row.what]:.0f}/s | {kept} |"
        )
    return "\n".join(lines)
