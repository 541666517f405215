"""The files of the bulletin: a folder for each publication, and a link that names the one in force.

The web server reads through the link, so that a reader sees all pages of one publication or all of the
next, and the pages answer while the application is stopped.
"""

import os
from collections.abc import Mapping
from pathlib import Path

CURRENT = "current"


def write(root: Path, folder: str, pages: Mapping[str, bytes]) -> None:
    """Write all pages into a new folder, then let the link name it; synced before it is named."""
    for address, content in pages.items():
        file = root / folder / address
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
    _name_current(root, folder)


def read(root: Path, address: str) -> bytes | None:
    """Return a page of the publication in force, None when it has no such page."""
    current = (root / CURRENT).resolve()
    file = (current / address).resolve()
    if not file.is_relative_to(current) or not file.is_file():
        return None
    return file.read_bytes()


def _name_current(root: Path, folder: str) -> None:
    fresh = root / f"{CURRENT}.new"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(folder, target_is_directory=True)
    fresh.rename(root / CURRENT)
