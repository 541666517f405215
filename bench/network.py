"""Discovery of 500 devices beside pysnmp, and a round of monitoring: one real snmpd under 500 addresses."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.environments import environment_of
from bench.ground import ROOT, Ground
from starostwo.site import cluster as postgres
from tests.infrastructure.network import COMMUNITY, Host, network

AT_ONCE, TIMES, GOAL = 50, 3, 60.0
ABOUT = """\
One real snmpd (Debian's) in a network namespace answers under many addresses of its loopback. Asked is what
discovery reads first: name, description, location, and eight columns of the tables of ports, 50 devices at
once over SNMP v2c. pysnmp asks the same in an environment of its own. The best of three of each. The round
is what the worker does every minute: all devices asked, states, samples, gauges, alarms written."""


@dataclass(frozen=True)
class Found:
    """Seconds of the clock and of the processor for so many devices."""

    ours: dict[str, float]
    theirs: dict[str, float]
    round: dict[str, float]
    count: int

    @property
    def ratio(self) -> float:
        """How many times as long pysnmp takes."""
        return self.theirs["seconds"] / self.ours["seconds"]


def measure(ground: Ground, *, count: int, tell: Callable[[str], None]) -> Found:
    """Ask from inside the namespace; needs root."""
    postgres.start(ground.cluster)
    python = environment_of("snmp_anchor") / "bin" / "python"
    with tempfile.TemporaryDirectory() as folder, network(Path(folder)) as made:
        host = made.host("snmpd")
        made.start(lldp=False)
        tell(f"network: {count} devices discovered with pysnmp")
        theirs = [
            _ran(host, ground, [str(python), "bench/snmp_anchor/pysnmp_run.py"], count) for _ in range(TIMES)
        ]
        tell(f"network: {count} devices discovered with ours, then a round of monitoring")
        ours = _ran(host, ground, [sys.executable, "-m", "bench.network_ours"], count, TIMES)
    best = min(theirs, key=lambda one: one["seconds"])
    return Found(ours["discovery"], best, ours["round"], count)


def _ran(
    host: Host, ground: Ground, command: list[str], count: int, times: int = 0
) -> dict[str, dict[str, float]]:
    words = [*command, str(count), str(AT_ONCE), COMMUNITY, *([str(times)] if times else [])]
    done = subprocess.run(
        ["nsenter", "-t", str(host.pid), "-n", *words], cwd=ROOT, env=ground.environment,
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def table(found: Found) -> str:
    """The rows as a table in Markdown."""
    met = "met" if found.round["seconds"] < GOAL else "**not met**"
    return (
        "| what | devices | seconds | CPU s | ratio to pysnmp | goal | kept |\n"
        "|---|---:|---:|---:|---:|---:|---:|\n"
        f"| discovery, ours | {found.count} | {found.ours['seconds']:.2f} | {found.ours['cpu']:.2f} "
        f"| {found.ratio:.1f} | | |\n"
        f"| discovery, pysnmp | {found.count} | {found.theirs['seconds']:.2f} | {found.theirs['cpu']:.2f} "
        "| 1.0 | | |\n"
        f"| a round of monitoring | {found.count} | {found.round['seconds']:.2f} | {found.round['cpu']:.2f} "
        f"| | under {GOAL:.0f} s | {met} |"
    )
