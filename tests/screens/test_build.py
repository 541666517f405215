"""The build: quick, once, from locked parts, and free of foreign brands."""

import json
import re
from pathlib import Path

from starostwo.screens import build

ROOT = Path(__file__).resolve().parents[2]


def test_an_unchanged_look_is_not_built_again() -> None:
    build.build()
    assert build.build() is False


def test_what_is_built_is_ours_alone() -> None:
    build.build()
    for name in ("public", "staff"):
        sheet = (build.OUTPUT / f"{name}.css").read_text(encoding="utf-8")
        assert "GDS Transport" not in sheet
        assert "crest" not in sheet
        assert [link for link in re.findall(r"url\((.*?)\)", sheet) if not link.startswith('"fonts/')] == []


def test_the_lock_has_hashes_and_names_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    foreign = {name: facts for name, facts in packages.items() if name}
    assert [name for name, facts in foreign.items() if "resolved" in facts or "integrity" not in facts] == []
