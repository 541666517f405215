"""`make mutants`: proves that the rules bite: one operator is changed or one check removed, and a test fails.

Nothing is written into the source tree: each mutant lives in a process of its own, in which the module is
compiled from the changed syntax tree. A survivor is a change that no test of the module noticed.
"""

import ast
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
TARGETS: dict[str, Sequence[str]] = {
    "starostwo.records.rules.clock": ("tests/records/test_rules_clock.py",),
    "starostwo.records.rules.ledger": ("tests/records/test_rules_clock.py",),
    "starostwo.records.rules.terms": ("tests/records/test_rules_clock.py",),
    "starostwo.records.rules.numbering": ("tests/records/test_rules_numbering.py",),
    "starostwo.records.rules.delivery": ("tests/records/test_delivery_rules.py",),
    "starostwo.platform.workdays": ("tests/platform/test_workdays.py",),
    "starostwo.records.access": (
        "tests/records/test_visibility.py",
        "tests/records/test_assignments.py",
        "tests/records/test_cases.py",
        "tests/records/test_letters_register.py",
    ),
    "starostwo.records.services.series": (
        "tests/records/test_letters_register.py",
        "tests/records/test_numbering_under_load.py",
    ),
    "starostwo.signatures.xades.references": ("tests/signatures",),
    "starostwo.signatures.xades.verifier": ("tests/signatures",),
    "starostwo.signatures.rules.verdict": ("tests/signatures",),
}
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
MODULE, NUMBER = "STAROSTWO_MUTANT_MODULE", "STAROSTWO_MUTANT_NUMBER"
LONGEST_SECONDS = 300


@dataclass(frozen=True)
class Mutant:
    """One changed place of a module."""

    module: str
    number: int
    line: int
    change: str


def mutants_of(module: str) -> list[Mutant]:
    """Every single change that can be made to the module."""
    found = []
    for number, (line, change, _) in enumerate(_changes(_tree(module))):
        found.append(Mutant(module, number, line, change))
    return found


def changed_tree(module: str, number: int) -> ast.Module:
    """The module's syntax tree with one change made."""
    return next(tree for at, (_, _, tree) in enumerate(_changes(_tree(module))) if at == number)


def survives(mutant: Mutant) -> bool:
    """Whether the tests of the module pass in spite of the change."""
    environment = os.environ | {MODULE: mutant.module, NUMBER: str(mutant.number), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "checks.mutants", "--test", *TARGETS[mutant.module]]
    try:
        ended = subprocess.run(
            command, cwd=ROOT, env=environment, timeout=LONGEST_SECONDS, check=False, capture_output=True
        )
    except subprocess.TimeoutExpired:
        return False
    return ended.returncode == 0


class ChangedModule(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the one module from the changed tree; every other comes as usual."""

    def __init__(self, module: str, number: int) -> None:
        self._module = module
        self._tree = changed_tree(module, number)

    def find_spec(
        self, fullname: str, path: object, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._module:
            return None
        return importlib.util.spec_from_file_location(fullname, _file(fullname), loader=self)

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._tree, str(_file(self._module)), "exec"), module.__dict__)  # noqa: S102


def _changes(tree: ast.Module) -> Iterator[tuple[int, str, ast.Module]]:
    """Yield each change: the line, what was changed, the whole tree with it."""
    for place, node in enumerate(ast.walk(tree)):
        for change in _changes_of(node):
            fresh = copy.deepcopy(tree)
            twin = list(ast.walk(fresh))[place]
            change_text = _apply(twin, change)
            yield getattr(node, "lineno", 0), change_text, ast.fix_missing_locations(fresh)


def _changes_of(node: ast.AST) -> list[str]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in SWAPS:
            return ["compare"]
        case ast.BoolOp() | ast.BinOp(op=ast.Add() | ast.Sub()):
            return ["operator"]
        case ast.UnaryOp(op=ast.Not()):
            return ["not"]
        case ast.If(body=[ast.Raise()] | [ast.Return()], orelse=[]):
            return ["check"]
        case ast.Constant(value=bool()):
            return ["flag"]
        case ast.Constant(value=int()):
            return ["number"]
    return []


def _apply(node: ast.AST, change: str) -> str:
    """Make the change in place; return it in words."""
    match node:
        case ast.Compare(ops=[op]):
            node.ops = [SWAPS[type(op)]()]  # type: ignore[list-item]
            return f"{type(op).__name__} -> {type(node.ops[0]).__name__}"
        case ast.BoolOp(op=op) | ast.BinOp(op=op):
            node.op = SWAPS[type(op)]()  # type: ignore[assignment]
            return f"{type(op).__name__} -> {type(node.op).__name__}"
        case ast.UnaryOp():
            node.operand = ast.UnaryOp(ast.Not(), node.operand)
            return "not removed"
        case ast.If():
            node.test = ast.Constant(False)
            return "check removed"
        case ast.Constant(value=bool() as value):
            node.value = not value
            return f"{value} -> {not value}"
        case ast.Constant(value=int() as number):
            node.value = number + 1
            return f"{number} -> {number + 1}"
    raise TypeError(change)


def _tree(module: str) -> ast.Module:
    return ast.parse(_file(module).read_text())


def _file(module: str) -> Path:
    return ROOT / f"{module.replace('.', '/')}.py"


def _test(paths: Sequence[str]) -> int:
    """Run inside the mutant's process: the change first, then the tests, until one fails."""
    sys.meta_path.insert(0, ChangedModule(os.environ[MODULE], int(os.environ[NUMBER])))
    import pytest  # noqa: PLC0415  the finder stands before anything of ours is imported

    return int(
        pytest.main(["-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-m", "not journey", *paths])
    )


def main(arguments: Sequence[str]) -> int:
    """Try all mutants of the named modules (or of all), two at a time; name the survivors."""
    if arguments[:1] == ["--test"]:
        return _test(arguments[1:])
    modules = [name for name in TARGETS if not arguments or any(part in name for part in arguments)]
    mutants = [mutant for module in modules for mutant in mutants_of(module)]
    survivors = []
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for done, (mutant, alive) in enumerate(zip(mutants, pool.map(survives, mutants), strict=True), 1):
            if alive:
                survivors.append(mutant)
                print(f"przeżył: {mutant.module}:{mutant.line} {mutant.change}", flush=True)
            if done % 20 == 0:
                print(f"{done} z {len(mutants)}", flush=True)
    print(f"{len(mutants) - len(survivors)} zmian wykrytych, {len(survivors)} niewykrytych")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
