"""The data folder that is measured: a durable PostgreSQL of its own, filled once a state of the sources.

Filled folders are kept in `var/bench`; every run copies one, works in the copy and throws it away.
"""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from starostwo.site import cluster as postgres

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var" / "bench"
DONE = "seeded"
SOURCES = ("starostwo/*/migrations/*.py", "starostwo/site/demo/**/*.*", "starostwo/search/rules/*.py",
           "starostwo/records/access.py", "starostwo/procedures/data/**/*.*", "requirements/run.txt",
           "bench/county.py", "bench/seeding/*.py")  # fmt: skip


@dataclass(frozen=True)
class Ground:
    """A data folder and the port at which its installation will answer."""

    folder: Path
    port: int

    @property
    def cluster(self) -> postgres.Cluster:
        """Its PostgreSQL: commits are synced to the disk."""
        return postgres.at(self.folder / "postgres")

    @property
    def environment(self) -> dict[str, str]:
        """What every program that works in the folder gets."""
        inherited = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        return inherited | {
            "DATA_DIR": str(self.folder),
            "PORT": str(self.port),
            "DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "starostwo.site.settings",
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C.UTF-8",
        }

    def carry_out(self, *module: str, **more: str) -> None:
        """Run one of our modules in the folder; what it prints is seen."""
        command = [sys.executable, "-m", *module]
        subprocess.run(command, cwd=ROOT, env=self.environment | more, check=True)


FOREIGN = ("DATABASE_URL", "DATABASE_OWNER_URL", "SECRET_KEY", "CLAMD", "TSA_URL", "EMAIL_HOST", "AS_OWNER")


@contextmanager
def filled(letters: int) -> Iterator[Ground]:
    """Yield a copy of a folder with so many letters; it is gone afterwards."""
    source, work = _kept(letters), KEPT / f"run-{os.getpid()}"
    _remove(work)
    shutil.copytree(source, work, ignore=shutil.ignore_patterns("postgres", "postgres.place"))
    ground = Ground(work, free_port())
    target = ground.cluster.folder
    target.parent.mkdir(parents=True, exist_ok=True)
    stored = postgres.at(source / "postgres").folder
    subprocess.run(["cp", "-a", "--reflink=auto", str(stored), str(target)], check=True)
    try:
        yield ground
    finally:
        postgres.stop(ground.cluster)
        _remove(work)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _kept(letters: int) -> Path:
    kept = KEPT / f"{letters}-{_mark_of_sources()}"
    if not (kept / DONE).exists():
        for old in KEPT.glob(f"{letters}-*"):
            _remove(old)
        _fill(Ground(kept, free_port()), letters)
    return kept


def _mark_of_sources() -> str:
    digest = hashlib.sha256()
    for pattern in SOURCES:
        for file in sorted(ROOT.glob(pattern)):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def _fill(ground: Ground, letters: int) -> None:
    ground.folder.mkdir(parents=True)
    postgres.start(ground.cluster)
    try:
        postgres.create_database(ground.cluster)
        ground.carry_out("starostwo.site", "migrate", AS_OWNER="1")
        ground.carry_out("bench.county", str(letters))
    finally:
        postgres.stop(ground.cluster)
    (ground.folder / DONE).touch()


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(postgres.at(folder / "postgres").folder, ignore_errors=True)
        shutil.rmtree(folder)
