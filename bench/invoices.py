"""Our way of e-invoices, from KSeF to the proposals of their posting."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

from bench.ground import ROOT, Ground
from starostwo.site import cluster as postgres

COUNT, GOAL = 1_000, 60.0
ABOUT = """\
FA(3) invoices of every kind, made by chance from the published schema, wait in the KSeF of the demonstration.
Measured is what the worker does: asking over HTTP, hash, schema, reading, the original synced to the disk,
routing to the unit, history; and what the posting form asks first: earlier purchases of the supplier and
contracts with him. KSeF answers from the same process; its limits an hour are lifted."""


@dataclass(frozen=True)
class Found:
    """So many invoices in so many seconds, of which were spent until all had come."""

    count: int
    seconds: float
    pulling: float
    with_contract: int

    @property
    def for_a_thousand(self) -> float:
        """Seconds for a thousand at this speed."""
        return self.seconds * COUNT / self.count


def measure(ground: Ground, *, count: int, tell: Callable[[str], None]) -> Found:
    """Bring so many invoices into the office of the ground, with the books that it has."""
    postgres.start(ground.cluster)
    tell(f"e-invoices: {count} from KSeF to their proposals")
    done = subprocess.run(
        [sys.executable, "-m", "bench.invoices_ours", str(count)], cwd=ROOT, env=ground.environment,
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    said = json.loads(done.stdout.splitlines()[-1])["invoices"]
    return Found(said["came"], said["seconds"], said["pulling"], said["with contract"])


def table(found: Found) -> str:
    """The row as a table in Markdown."""
    met = "met" if found.for_a_thousand < GOAL else "**not met**"
    return (
        "| what | invoices | seconds | of which from KSeF | each, ms | goal for 1,000 | kept |\n"
        "|---|---:|---:|---:|---:|---:|---:|\n"
        f"| e-invoices parsed, routed and matched | {found.count} | {found.seconds:.1f} "
        f"| {found.pulling:.1f} | {1000 * found.seconds / found.count:.1f} | under {GOAL:.0f} s | {met} |"
    )
