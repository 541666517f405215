"""The web server. The program is loaded once, before the server forks its processes, which then share it."""

import gc
import shutil
from pathlib import Path

from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs
from django.urls import get_resolver
from granian.cli import entrypoint

from starostwo.search.rules.words import lemmas
from starostwo.site.wsgi import application as application  # what the forks serve; loading it sets Django up

PROGRAM = Path(__file__).resolve().parents[1]


def load() -> None:
    """Load what the first page of each screen, search and a look at the installation's health would load."""
    _ = get_resolver().url_patterns
    lemmas("sprawa")
    for folder in get_app_template_dirs("templates"):
        for file in Path(folder).rglob("*.html"):
            if file.is_relative_to(PROGRAM):  # of libraries only what is asked for
                get_template(str(file.relative_to(folder)))
    MigrationLoader(None)


def main() -> None:
    """Serve the program that was loaded."""
    take_uploads_in(settings.DATA_DIR / "run" / "uploads")
    gc.collect()
    gc.freeze()  # the collector leaves alone what all processes share
    entrypoint()  # type: ignore[no-untyped-call]


def take_uploads_in(folder: Path) -> None:
    """Keep half-arrived uploads in a folder of our own; what a killed server left there goes."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    settings.FILE_UPLOAD_TEMP_DIR = str(folder)


if __name__ == "__main__":
    load()
    main()
