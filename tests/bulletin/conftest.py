"""What tests of the bulletin stand on: an office and a folder of its own."""

from pathlib import Path

import pytest

from starostwo.office import testing as office


@pytest.fixture
def bulletin(db: None, settings: object, tmp_path: Path) -> Path:
    """An office whose bulletin is empty; yields the folder of its public pages."""
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    settings.LOG_DIR = tmp_path / "log"  # type: ignore[attr-defined]
    settings.FILES_DIR = tmp_path / "files"  # type: ignore[attr-defined]
    office.make_office()
    office.make_unit("ST", name="Starosta")
    return tmp_path / "public" / "bip" / "pages"
