"""The glossary and the code use the same words: every code name of GLOSSARY.md stands in its package."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENTRY, STEM = "MenuEntry", 4
ACTIONS = {"Wyloguj", "Zaloguj się", "Zadzwoń"}
ROW = re.compile(r"^\| (?P<term>[^|]+) \| [^|]+ \| (?P<names>[^|]*) \|[^|]*\|$")


def _terms() -> Iterator[tuple[str, str, str]]:
    """Package, term and code name of each row."""
    package = ""
    for line in (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            package = line.removeprefix("## ").strip()
        elif (row := ROW.match(line)) and not line.startswith(("| term |", "|---")):
            names = re.findall(r"`([^`]+)`", row["names"])
            yield from ((package, row["term"].strip(), name) for name in names or [""])


def _names_of(package: str) -> set[str]:
    """Each name that the package gives to something, in small letters with underscores around its words."""
    found: set[str] = set()
    for file in (ROOT / "starostwo" / package).rglob("*.py"):
        found.add(file.stem)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                    found.add(name)
                case ast.Name(id=name, ctx=ast.Store()) | ast.keyword(arg=str(name)):
                    found.add(name)
    return {_words(name) for name in found}


def _words(name: str) -> str:
    return f"_{re.sub(r'(?<=[a-z0-9])(?=[A-Z])', '_', name).lower()}_"


@pytest.mark.parametrize("package", sorted({package for package, *_ in _terms()}))
def test_each_term_has_its_name_in_its_package(package: str) -> None:
    names = _names_of(package)

    missing = [
        (term, name)
        for of, term, name in _terms()
        if of == package and not (name and any(_words(name) in known for known in names))
    ]

    assert missing == []


def test_each_word_of_the_menus_is_explained() -> None:
    terms = " ".join(term.lower() for _, term, _ in _terms())
    labels = [label for file in ROOT.glob("starostwo/*/*.py") for label in _menu_labels(file)]

    unexplained = [
        label
        for label in labels
        if label not in ACTIONS and not any(word[:STEM].lower() in terms for word in label.split())
    ]

    assert len(labels) > 15
    assert unexplained == []


def _menu_labels(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == ENTRY:
            label = node.args[0] if node.args else next(k.value for k in node.keywords if k.arg == "label")
            translated = isinstance(label, ast.Call)  # gettext_noop("...")
            yield str(ast.literal_eval(label.args[0] if translated else label))


def test_each_term_stands_once() -> None:
    terms = sorted({(package, term) for package, term, _ in _terms()}, key=lambda pair: pair[1])

    assert [one for one, other in pairwise(terms) if one[1] == other[1]] == []


def test_each_package_of_the_house_has_its_words() -> None:
    packages = {path.name for path in (ROOT / "starostwo").iterdir() if (path / "__init__.py").exists()}

    assert packages - {package for package, *_ in _terms()} == set()
