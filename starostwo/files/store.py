"""The content-addressed store on disk: a file lies under its SHA-256 and is never written again.

A file and its folders are synced to the disk before anybody may speak of it in the database: a file without
a row may be left by a crash, a row without a file may not.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

CHUNK = 1 << 20


@dataclass(frozen=True)
class Stored:
    """What was written: the content's hash, its size and its first bytes."""

    sha256: str
    size: int
    head: bytes


class TooLarge(Exception):
    """The file is larger than the limit; nothing was kept of it."""


class Missing(Exception):
    """The store has no file of this content."""


def folder() -> Path:
    """The root of the store."""
    return Path(settings.FILES_DIR)


def path_of(sha256: str) -> Path:
    """Where the file of this content lies."""
    return folder() / sha256[:2] / sha256[2:4] / sha256


@contextmanager
def incoming(source: BinaryIO, *, limit: int) -> Iterator["Incoming"]:
    """Receive the content beside the store, synced; it goes away again unless it is placed."""
    beside = folder() / "incoming"
    beside.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=beside)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as target:
            stored = _copy(source, target, limit)
            target.flush()
            os.fchmod(target.fileno(), 0o440)
            os.fsync(target.fileno())
        yield Incoming(stored, temporary)
    finally:
        temporary.unlink(missing_ok=True)


@dataclass(frozen=True)
class Incoming:
    """Content that was received and has no lasting place yet."""

    stored: Stored
    temporary: Path

    def place(self) -> None:
        """Give it its lasting name, synced with its folders; the same content is kept once."""
        _place(self.temporary, path_of(self.stored.sha256))


def remove(sha256: str) -> None:
    """Delete the bytes of a content that the database no longer knows; gone already is no fault."""
    path = path_of(sha256)
    try:
        path.unlink()
    except FileNotFoundError:
        return
    _sync(path.parent)


def open_file(sha256: str) -> BufferedReader:
    """Open the stored content for reading."""
    try:
        return path_of(sha256).open("rb")
    except FileNotFoundError as error:
        raise Missing(sha256) from error


def hash_of(sha256: str) -> str:
    """Read the stored file again and return the hash that its bytes really have."""
    with open_file(sha256) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def all_hashes() -> Iterator[str]:
    """The names of all files of the store, whether the database knows them or not."""
    for path in sorted(folder().glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")):
        yield path.name


def _copy(source: BinaryIO, target: BinaryIO, limit: int) -> Stored:
    digest, size, head = hashlib.sha256(), 0, b""
    while chunk := source.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise TooLarge(f"ponad {limit} bajtów")
        head = head or chunk[:4096]
        digest.update(chunk)
        target.write(chunk)
    return Stored(digest.hexdigest(), size, head)


def _place(temporary: Path, final: Path) -> None:
    """Give the file its lasting name and sync every folder above it, also where another writer was faster."""
    final.parent.mkdir(parents=True, exist_ok=True)
    if not final.exists():
        temporary.rename(final)
    for level in (final.parent, final.parent.parent, folder(), folder().parent):
        _sync(level)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
