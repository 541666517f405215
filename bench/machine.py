"""The machine and the sizes that the figures belong to."""

import os
import platform
from pathlib import Path

import psycopg

from bench.ground import Ground

COUNTED = {
    "records_letter": "letters",
    "records_case": "cases",
    "records_document": "letters sent out",
    "records_party": "senders",
    "search_entry": "things in the search index",
    "search_form": "known forms of words",
    "audit_entry": "lines of history",
    "office_account": "people",
}


def machine(ground: Ground) -> dict[str, str]:
    """What the figures were measured on."""
    with psycopg.connect(ground.cluster.url(), autocommit=True) as connection:
        (version,) = connection.execute("SHOW server_version").fetchone() or ("",)
        (fsync,) = connection.execute("SHOW fsync").fetchone() or ("",)
        (buffers,) = connection.execute("SHOW shared_buffers").fetchone() or ("",)
    memory = next(int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal:"))
    model = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if "model name" in line), ""
    )
    return {
        "Processor": f"{os.cpu_count()} cores, {model or platform.machine()}",
        "Memory": f"{memory / 2**20:.0f} GiB",
        "Kernel": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "PostgreSQL": f"{version}, fsync {fsync}, shared_buffers {buffers}",
        "Load of the machine before the run": f"{os.getloadavg()[0]:.1f}",
    }


def sizes(ground: Ground) -> dict[str, str]:
    """How much lay in the database."""
    with psycopg.connect(ground.cluster.url(), autocommit=True) as connection:
        counts = {}
        for table, name in COUNTED.items():
            (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)
            counts[name] = f"{count:,}"
        (size,) = connection.execute("SELECT pg_database_size(current_database())").fetchone() or (0,)
    return counts | {"database on the disk": f"{size / 2**30:.2f} GiB"}


def _lines(file: str) -> list[str]:
    return Path(file).read_text(encoding="utf-8").splitlines()
