"""Small and calm: the limits of the house style. The lists of exceptions may only shrink."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILE_LIMIT = 400
TEST_FILE_LIMIT = 400
FUNCTION_LIMIT = 50
DOOR_LIMIT = 20
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "core", "base"}


def _files() -> list[Path]:
    files = [*ROOT.glob("starostwo/**/*.py"), *ROOT.glob("tests/**/*.py"), *ROOT.glob("*.py")]
    return [file for file in files if "migrations" not in file.parts]


def test_files_stay_small() -> None:
    assert [f"{f.relative_to(ROOT)}" for f in _files() if len(f.read_text().splitlines()) > FILE_LIMIT] == []


def test_functions_stay_small() -> None:
    long = []
    for file in _files():
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > FUNCTION_LIMIT:
                    long.append(f"{file.relative_to(ROOT)}:{node.name} has {lines} lines")
    assert long == []


def test_no_file_is_named_for_nothing() -> None:
    assert [str(f.relative_to(ROOT)) for f in _files() if f.stem in BANNED_NAMES] == []


def test_each_module_says_what_it_is() -> None:
    silent = [
        str(f.relative_to(ROOT))
        for f in _files()
        if f.name != "__init__.py"
        and f.read_text().strip()
        and not ast.get_docstring(ast.parse(f.read_text()))
    ]
    assert silent == []


def test_the_doors_stay_narrow() -> None:
    wide = {}
    for door in ROOT.glob("starostwo/*/api.py"):
        for node in ast.parse(door.read_text()).body:
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
                names = len(node.value.elts)  # type: ignore[attr-defined]
                if names > DOOR_LIMIT:
                    wide[door.parent.name] = names
    assert wide == {}
