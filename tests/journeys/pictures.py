"""The pictures of the README: taken by the journey when `make shots` asks for them."""

import os
from pathlib import Path

from playwright.sync_api import Page

from tests.harness import ROOT

PICTURES = ROOT / "docs" / "pictures"
LARGEST = 200_000


def keep_picture(page: Page, name: str) -> Path | None:
    """Take the picture under this name; does nothing in an ordinary run."""
    if os.environ.get("SHOTS") != "1":
        return None
    PICTURES.mkdir(parents=True, exist_ok=True)
    file = PICTURES / f"{name}.png"
    page.screenshot(path=file)
    assert file.stat().st_size < LARGEST, file
    return file
