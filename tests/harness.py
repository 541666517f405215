"""The ground that the tests stand on: a real PostgreSQL, the application's role, a data folder of their own.

Loaded before the settings. The first run of a set of migrations builds a migrated cluster and keeps it in
`var/tests`; every run copies it, starts the copy and throws it away. Tests run with the application's role.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from starostwo.site import cluster as postgres
from starostwo.site.catalogues import compile_catalogues

ROOT = Path(__file__).resolve().parents[1]
IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
if not IS_WORKER:
    os.environ["STAROSTWO_TEST_ROOT"] = tempfile.mkdtemp(prefix="st-")
TEST_ROOT = Path(os.environ["STAROSTWO_TEST_ROOT"])
CLUSTER = postgres.Cluster(TEST_ROOT / "pg", durable=False)
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")

os.environ.update(
    DATA_DIR=str(TEST_ROOT / WORKER),
    DATABASE_URL=CLUSTER.url(f"test_{WORKER}"),
    DATABASE_OWNER_URL=CLUSTER.url(f"test_{WORKER}", postgres.OWNER_ROLE),
    SECRET_KEY="only-for-tests",
    DEMO="1",
    PORT="8000",
)
(TEST_ROOT / WORKER).mkdir(exist_ok=True)
for name in ("CLAMD", "TSA_URL", "EMAIL_HOST", "AS_OWNER"):
    os.environ.pop(name, None)


def pytest_configure(config: pytest.Config) -> None:
    if IS_WORKER or config.option.collectonly:
        return
    compile_catalogues()
    TEST_ROOT.chmod(0o711)
    copy_of_migrated_cluster(CLUSTER.folder)
    postgres.start(CLUSTER)


def pytest_unconfigure(config: pytest.Config) -> None:
    if IS_WORKER or config.option.collectonly:
        return
    postgres.stop(CLUSTER)
    shutil.rmtree(TEST_ROOT, ignore_errors=True)


def copy_of_migrated_cluster(folder: Path) -> None:
    """Put a stopped, migrated cluster into the folder."""
    kept = ROOT / "var" / "tests" / f"pg-{_mark_of_migrations()}"
    kept.parent.mkdir(parents=True, exist_ok=True)
    with (kept.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            _build(kept)
        subprocess.run(["cp", "-a", str(kept), str(folder)], check=True)


def _mark_of_migrations() -> str:
    files = sorted((ROOT / "starostwo").glob("*/migrations/*.py"))
    files += [ROOT / "requirements" / "run.txt", ROOT / "starostwo" / "site" / "cluster.py"]
    files += sorted((ROOT / "starostwo" / "platform" / "management" / "commands").glob("*.py"))
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _build(kept: Path) -> None:
    """Migrate in a temporary folder that the server's user can reach, then move it to its place."""
    work = Path(tempfile.mkdtemp(prefix="st-"))
    work.chmod(0o711)
    fresh = postgres.Cluster(work / "pg", durable=False)
    postgres.start(fresh)
    try:
        postgres.create_database(fresh)
        environment = os.environ | {
            "DATABASE_URL": fresh.url(),
            "DATABASE_OWNER_URL": fresh.url(role=postgres.OWNER_ROLE),
            "AS_OWNER": "1",
            "DATA_DIR": str(work / "data"),
        }
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "-v", "0"], cwd=ROOT, env=environment, check=True
        )
    finally:
        postgres.stop(fresh)
    for old in kept.parent.glob("pg-*"):
        shutil.rmtree(old, ignore_errors=True)
    shutil.move(fresh.folder, kept)
    shutil.rmtree(work, ignore_errors=True)
