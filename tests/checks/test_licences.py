"""The product is open, and no library that it links is under a licence that would bind it."""

import re
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==", re.M)
BINDING = re.compile(r"\b(A?GPL|GNU (Affero )?General Public)", re.I)
LESSER = re.compile(r"lesser|LGPL", re.I)


def _licence(name: str) -> str:
    """What the distribution says of its licence: the expression, else classifiers, else the first line."""
    told = metadata.metadata(name)
    classifiers = [line for line in told.get_all("Classifier") or [] if line.startswith("License")]
    first = (told.get("License") or "").strip().split("\n", 1)[0]
    return "; ".join(part for part in (told.get("License-Expression"), *classifiers, first) if part)


def test_the_licence_is_the_public_one_of_the_union() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert "EUROPEAN UNION PUBLIC LICEN" in licence.upper()
    assert 'license = "EUPL-1.2"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_no_linked_library_binds_the_product() -> None:
    names = LOCKED.findall((ROOT / "requirements" / "run.txt").read_text(encoding="utf-8"))
    installed = {dist.name.lower().replace("_", "-") for dist in metadata.distributions()}
    said = {name: _licence(name) for name in names if name.replace("_", "-") in installed}

    binding = {name: text for name, text in said.items() if BINDING.search(text) and not LESSER.search(text)}

    assert len(said) > 30
    assert binding == {}
