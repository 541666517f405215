"""What import-linter cannot see: the one door of each package, the layers inside, keys and templates."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey, ManyToManyField

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "starostwo"
LEVELS = [
    {"platform"},
    {"screens"},
    {"audit", "search", "files"},
    {"office", "signatures", "channels"},
    {"procedures"},
    {"records"},
    {"ledger"},
    {"treasury", "assets"},
    {"infrastructure"},
    {"intake", "bulletin", "visits", "telephony"},
    {"citizen", "desk", "portal"},
    {"site"},
]
LEVEL = {package: level for level, packages in enumerate(LEVELS) for package in packages}
PACKAGES = sorted(LEVEL)
LAYERS = ["rules", "models", "access", "queries", "services", "api", "web"]
OPEN_PACKAGES = {"platform"}  # its named modules are its doors
DOORS = {"api", "testing"}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("starostwo", cache_dir=None)


def test_every_package_has_its_level() -> None:
    assert {folder.name for folder in HOUSE.iterdir() if (folder / "__init__.py").exists()} == set(PACKAGES)
    assert [module.rsplit(".")[-1] for module in settings.MODULES] == sorted(
        set(PACKAGES) - {"site"}, key=lambda name: [m.rsplit(".")[-1] for m in settings.MODULES].index(name)
    )


def test_packages_meet_only_at_their_doors(graph: grimp.ImportGraph) -> None:
    """Another package is reached through its api.py alone; its testing.py is for tests and testing.py."""
    wrong = []
    for importer, imported in _imports(graph):
        here, there = importer.split(".")[1], imported.split(".")[1]
        if here == there or there in OPEN_PACKAGES or here == "site":
            continue
        door = ([*imported.split("."), ""])[2]
        if door not in DOORS or (door == "testing" and not importer.endswith(".testing")):
            wrong.append(f"{importer} -> {imported}: import starostwo.{there}.api instead")
    assert wrong == []


def test_inside_a_package_imports_go_down_the_layers(graph: grimp.ImportGraph) -> None:
    """web > api > services > queries > access > models > rules."""
    wrong = []
    for importer, imported in _imports(graph):
        mine, its = importer.split("."), imported.split(".")
        if mine[1] != its[1] or len(mine) < 3 or len(its) < 3:
            continue
        if mine[2] in LAYERS and its[2] in LAYERS and LAYERS.index(mine[2]) < LAYERS.index(its[2]):
            wrong.append(f"{importer} -> {imported}")
    assert wrong == []


def test_rules_are_plain_python(graph: grimp.ImportGraph) -> None:
    """The law knows neither Django nor the clock."""
    wrong = []
    for file in HOUSE.glob("*/rules/**/*.py"):
        text = file.read_text()
        if re.search(r"^\s*(from|import) django", text, re.M) or re.search(r"\.(today|now)\(", text):
            wrong.append(str(file.relative_to(ROOT)))
    assert wrong == []


def test_foreign_keys_point_down() -> None:
    wrong = []
    for model in apps.get_models():
        if not model.__module__.startswith("starostwo."):
            continue
        for field in model._meta.get_fields():
            if not isinstance(field, ForeignKey | ManyToManyField) or field.model is not model:
                continue
            target = field.related_model
            there = target.__module__.split(".")[1] if target.__module__.startswith("starostwo.") else None
            if there and LEVEL[there] > LEVEL[model._meta.app_label]:
                wrong.append(f"{model.__name__}.{field.name} -> {target.__name__}")
            if there and there != model._meta.app_label and field.remote_field.related_name != "+":
                wrong.append(f"{model.__name__}.{field.name}: related_name='+' is missing")
    assert wrong == []


def test_templates_point_down() -> None:
    """{% extends %}, {% include %} and {% url %} name the own package or a lower one."""
    wrong = []
    for file in HOUSE.glob("*/templates/**/*.html"):
        here = file.relative_to(HOUSE).parts[0]
        named = re.findall(r"{%\s*(?:extends|include)\s+['\"](\w+)/", file.read_text())
        named += re.findall(r"{%\s*url\s+['\"](\w+):", file.read_text())
        wrong += [
            f"{file.relative_to(ROOT)} -> {there}"
            for there in named
            if there in LEVEL and there != here and LEVEL[there] >= LEVEL[here]
        ]
    assert wrong == []


def test_nobody_hides_an_import_in_a_function() -> None:
    wrong = []
    for file in HOUSE.glob("**/*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and any(
                isinstance(inner, ast.Import | ast.ImportFrom) for inner in ast.walk(node)
            ):
                wrong.append(f"{file.relative_to(ROOT)}:{node.name}")
    assert wrong == []


def _imports(graph: grimp.ImportGraph) -> Iterator[tuple[str, str]]:
    for importer in graph.modules:
        if ".migrations" in importer or importer == "starostwo":
            continue
        for imported in graph.find_modules_directly_imported_by(importer):
            if imported != "starostwo":
                yield importer, imported
