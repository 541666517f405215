"""Proving that every stored file is still what it was: all bytes read and hashed again."""

from collections.abc import Iterator
from dataclasses import dataclass

from starostwo.files import store
from starostwo.files.models import Blob, Discarded

BATCH = 2_000


@dataclass(frozen=True)
class FixityFault:
    """A file that the database knows and the store has lost or changed."""

    sha256: str
    what: str


def verify_files() -> Iterator[FixityFault]:
    """Read every file that the database knows; yield each one that is gone or has changed."""
    for sha256, size in Blob.objects.order_by("id").values_list("sha256", "size").iterator(chunk_size=BATCH):
        fault = _fault(sha256, size)
        if fault:
            yield FixityFault(sha256, fault)


def orphans() -> Iterator[str]:
    """The files of the store that the database does not know: left by a crash, no harm."""
    batch: list[str] = []
    for sha256 in store.all_hashes():
        batch.append(sha256)
        if len(batch) == BATCH:
            yield from _unknown(batch)
            batch = []
    yield from _unknown(batch)


def _fault(sha256: str, size: int) -> str | None:
    try:
        if store.path_of(sha256).stat().st_size != size:
            return "inny rozmiar"
        return None if store.hash_of(sha256) == sha256 else "inna treść"
    except (FileNotFoundError, store.Missing):
        return "brak pliku"
    except OSError as error:
        return f"nie da się odczytać: {error.strerror}"


def _unknown(hashes: list[str]) -> Iterator[str]:
    known = set(Blob.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    known |= set(Discarded.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    yield from (sha256 for sha256 in hashes if sha256 not in known)
