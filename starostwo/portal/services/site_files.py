"""The files of a unit's site: written when something on it changes, served while the application is stopped.

Pages are made from what is committed, one process at a time, and each takes the place of the last one by a
rename. The mark OPEN lies there while the site is open; the web server answers nothing without it.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from starostwo.bulletin import api as bulletin
from starostwo.files import api as files
from starostwo.portal.models import Article, UnitSite
from starostwo.portal.queries import articles as reads
from starostwo.portal.site_pages import INDEX, SitePress

OPEN, FOLDER, PICTURE = "open", "site", "index.jpg"


def folder(site: UnitSite) -> Path:
    """Where the pages of a site lie, images too."""
    return bulletin.unit_root(site.body) / FOLDER


def write(site: UnitSite, news: Article | None = None) -> None:
    """Write the pages of a site; of a news item that is new, only those on which it stands."""
    root = bulletin.unit_root(site.body)
    with bulletin.store.placing(root):
        site.refresh_from_db()
        if not site.is_open:
            (root / OPEN).unlink(missing_ok=True)
            return
        press = SitePress(site)
        standing: set[Path] = set()
        for page in press.everything() if news is None else press.of_news(news):
            standing.add(_put(folder(site) / page.address, page.content))
        standing |= set(_pictures(site))
        if news is None:
            _remove_others(folder(site), standing)
        (root / OPEN).touch()


def is_written(site: UnitSite) -> bool:
    """Whether the files of an open site are there."""
    return (bulletin.unit_root(site.body) / OPEN).exists()


def read(site: UnitSite, address: str) -> tuple[bytes, str] | None:
    """A page with its file's name as it lies there; None when there is none."""
    here = folder(site).resolve()
    is_folder = not address or address.endswith("/")
    for name in (INDEX, PICTURE) if is_folder else ("",):
        file = (here / f"{address}{name}").resolve()
        if file.is_relative_to(here) and file.is_file():
            return file.read_bytes(), file.name
    return None


def _pictures(site: UnitSite) -> Iterator[Path]:
    """The images of what is shown; an image never changes, so that one that lies there stays."""
    for image in reads.shown_images(site):
        file = folder(site) / f"obrazy/{image.pk}/{PICTURE}"
        if not file.exists():
            with files.open_blob(image.blob.sha256) as content:
                _put(file, content.read())
        yield file


def _put(file: Path, content: bytes) -> Path:
    if not file.exists() or file.read_bytes() != content:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_name(f".{file.name}.new")
        with beside.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(file)
    return file


def _remove_others(root: Path, standing: set[Path]) -> None:
    for file in root.rglob("*"):
        if file.is_file() and file not in standing:
            file.unlink()
