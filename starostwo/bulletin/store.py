"""The files of the bulletin: each publication is staged in a folder of its own, then placed page by page.

A page takes the place of the last one by a rename, so that a reader sees all of it or all of the one before.
What pages point at is placed before them, and publications are placed in the order of their commits. Where
something was withdrawn, a note with the suffix GONE lies beside the empty place; the web server answers with
it and the number 410.
"""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

PAGES = "pages"
STAGED = "staged"
GONE = "~410.html"
INDEX = "index.html"


def stage(root: Path, folder: str, pages: Mapping[str, bytes]) -> None:
    """Write the pages of a publication beside the bulletin, synced; nobody sees them yet."""
    for address, content in pages.items():
        file = root / STAGED / folder / address
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())


def place(root: Path, publications: Iterable[tuple[str, Mapping[str, str]]]) -> None:
    """Let readers see staged publications, the oldest first; an empty hash takes a page away."""
    for folder, pages in publications:
        staged = root / STAGED / folder
        for address in sorted(pages, key=_depth_first):
            if not pages[address]:
                (root / PAGES / address).unlink(missing_ok=True)
            elif (staged / address).exists():
                final = root / PAGES / address
                final.parent.mkdir(parents=True, exist_ok=True)
                (staged / address).replace(final)
        shutil.rmtree(staged, ignore_errors=True)


def staged_folders(root: Path) -> list[str]:
    """Names of publications that were staged and not placed yet."""
    folder = root / STAGED
    return sorted(each.name for each in folder.iterdir()) if folder.exists() else []


def discard(root: Path, folder: str) -> None:
    """Throw a staged publication away whose transaction was rolled back."""
    shutil.rmtree(root / STAGED / folder, ignore_errors=True)


@contextmanager
def placing(root: Path) -> Iterator[None]:
    """One process at a time places pages."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def read(root: Path, address: str) -> bytes | None:
    """Return a page as it lies there, None when there is none."""
    pages = (root / PAGES).resolve()
    file = (pages / address).resolve()
    if not file.is_relative_to(pages) or not file.is_file():
        return None
    return file.read_bytes()


def gone(address: str) -> str:
    """Where the note lies that takes the place of a page."""
    return f"{address.removesuffix(INDEX)}{GONE}"


def _depth_first(address: str) -> tuple[int, str]:
    """Deep pages, such as versions and files, before the lists that lead to them."""
    return -address.count("/"), address
