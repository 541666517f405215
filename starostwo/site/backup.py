"""One folder that holds a whole installation, and an installation made from such a folder.

The database is dumped first and the files are taken after it: a stored file goes no sooner than a day after
its row, so every file that the dump names is in the copy. A copy is whole when it has its final name.
"""

import hashlib
import json
import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import psycopg

from starostwo.site import cluster, settings

FORMAT = 1
DUMP = "baza.dump"
DATA = "dane"
NOTE = "kopia.json"
MADE_ANEW = {"postgres", "postgres.place", "run", "log", "tests"}  # not part of a copy
UNFINISHED = ["incoming"]  # where files lie while they are being received
SHA256_LENGTH = 64


class CannotBackUp(Exception):
    """The folder is not free, or the database could not be dumped."""


class CannotRestore(Exception):
    """The folder holds no whole copy, or the installation is not empty."""


def back_up(target: Path, *, now: datetime) -> None:
    """Write a copy of the installation into a new folder."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise CannotBackUp(f"Folder {target} nie jest pusty; proszę podać nowy, na przykład z datą w nazwie")
    if target.resolve().is_relative_to(settings.DATA_DIR):
        raise CannotBackUp(f"Kopia nie może leżeć w folderze danych {settings.DATA_DIR}")
    unfinished = target.with_name(f"{target.name}.niepelna")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True, mode=0o700)
    _run("pg_dump", "--format=custom", f"--file={unfinished / DUMP}", _address(), refusal=CannotBackUp)
    for name in sorted(os.listdir(settings.DATA_DIR)):
        if name not in MADE_ANEW:
            _take(settings.DATA_DIR / name, unfinished / DATA / name)
    note = {"format": FORMAT, "made_at": now.isoformat(), "database_sha256": _sha256(unfinished / DUMP)}
    (unfinished / NOTE).write_text(json.dumps(note), encoding="utf-8")
    os.sync()
    if target.exists():
        target.rmdir()
    unfinished.rename(target)


def restore(source: Path) -> None:
    """Fill an empty installation from a whole copy; a refusal changes nothing."""
    _check_copy(source)
    _check_empty()
    if settings.USES_OWN_CLUSTER:
        cluster.start(settings.OWN_CLUSTER)
        cluster.create_database(settings.OWN_CLUSTER)
    try:
        how = ["--exit-on-error", "--single-transaction", f"--dbname={_address()}"]
        _run("pg_restore", *how, str(source / DUMP), refusal=CannotRestore)
    finally:
        if settings.USES_OWN_CLUSTER:
            cluster.stop(settings.OWN_CLUSTER)
    shutil.copytree(source / DATA, settings.DATA_DIR, dirs_exist_ok=True)


def _check_copy(source: Path) -> None:
    if not (source / NOTE).exists():
        raise CannotRestore(f"W folderze {source} nie ma całej kopii (brak pliku {NOTE})")
    note = json.loads((source / NOTE).read_text(encoding="utf-8"))
    if note["format"] != FORMAT or note["database_sha256"] != _sha256(source / DUMP):
        raise CannotRestore(f"Plik {source / DUMP} nie jest tym, który zapisano przy tworzeniu kopii")
    for file in sorted((source / DATA / settings.FILES_DIR.name).rglob("*")):
        if file.is_file() and len(file.name) == SHA256_LENGTH and _sha256(file) != file.name:
            raise CannotRestore(f"Plik {file} jest uszkodzony: treść nie zgadza się ze skrótem w nazwie")


def _check_empty() -> None:
    if settings.FILES_DIR.exists() and any(settings.FILES_DIR.iterdir()):
        raise CannotRestore(
            f"Folder danych {settings.DATA_DIR} nie jest pusty; proszę wskazać pusty w DATA_DIR"
        )
    if settings.USES_OWN_CLUSTER:
        if settings.OWN_CLUSTER.data.exists():
            raise CannotRestore(
                f"W folderze danych {settings.DATA_DIR} jest już baza; proszę wskazać pusty w DATA_DIR"
            )
        return
    with psycopg.connect(_address()) as connection:
        if connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'").fetchone():
            raise CannotRestore("Baza podana w DATABASE_URL nie jest pusta")


def _address() -> str:
    """The database as the one who may read and create everything in it."""
    if settings.USES_OWN_CLUSTER:
        return settings.OWN_CLUSTER.url(role="postgres")
    return os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]


def _run(name: str, *arguments: str, refusal: type[Exception]) -> None:
    command = [*cluster.program(settings.OWN_CLUSTER, name), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise refusal(f"{name}: {done.stderr.strip()}")


def _take(source: Path, target: Path) -> None:
    """Stored files never change: on the same disk a copy costs one more name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        how = _link if source == settings.FILES_DIR else shutil.copy2
        shutil.copytree(source, target, copy_function=how, ignore=shutil.ignore_patterns(*UNFINISHED))
    else:
        shutil.copy2(source, target)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another disk
        shutil.copy2(source, target)


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
