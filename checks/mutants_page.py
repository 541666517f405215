"""What a run of the mutants showed, in words and as docs/mutants.md; the reasons why some change nothing."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from checks.mutation import Change, changes

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "mutants.md"
EQUIVALENT = ROOT / "docs" / "mutants-equivalent.csv"
HEAD = """# Do the rules bite?

Made by `make mutants`. In each module of rules one operator is changed, one number raised by one or one check
taken away, and the tests of the module must notice it. Those changes that change nothing are named below with
the reason; the list is kept in `docs/mutants-equivalent.csv`. By limit: the tests never ended.

| module | date | mutants | noticed | of these by limit | equivalent | unnoticed |
|---|---|---|---|---|---|---|
"""
Key = tuple[str, str, str, str, int]


@dataclass
class Result:
    """How the mutants of one module ended."""

    tried: list[tuple[Change, str, str]] = field(default_factory=list)

    def add(self, change: Change, ended: str, test: str) -> None:
        """Note how one mutant ended, and by which test."""
        self.tried.append((change, ended, test))

    def count(self, ended: str) -> int:
        """How many mutants ended so."""
        return sum(1 for _, how, _ in self.tried if how == ended)

    @property
    def survivors(self) -> list[Change]:
        """The changes that no test noticed."""
        return [change for change, ended, _ in self.tried if ended == "survived"]


def in_words(module: str, result: Result) -> str:
    """The result of one module: a line, and one for each change that nobody noticed."""
    reasons = _reasons()
    lines = [f"{module}: {len(result.tried)} zmian, niewykrytych {len(result.survivors)}"]
    for one in result.survivors:
        why = reasons.get(_key(module, one), "NIKT NIE ZAUWAŻYŁ")
        lines.append(f"  {one.line} {one.function}: {one.before} -> {one.after} ({why})")
    return "\n".join(lines)


def unnoticed(results: dict[str, Result]) -> int:
    """How many changes nobody noticed and nobody explained."""
    reasons = _reasons()
    survivors = [_key(module, one) for module, result in results.items() for one in result.survivors]
    return sum(key not in reasons for key in survivors)


def stale(results: dict[str, Result]) -> list[str]:
    """Name the reasons whose change is noticed after all, or is not there any more."""
    survivors = {_key(module, one) for module, result in results.items() for one in result.survivors}
    known = {key for key in _reasons() if key[0] in results}
    return [f"powód bez zmiany, której dotyczy: {_named(key)}" for key in sorted(known - survivors)]


def write(results: dict[str, Result], modules: Sequence[str]) -> None:
    """Renew the rows of the modules that were tried; the others keep theirs."""
    rows = _kept_rows()
    reasons = _reasons()
    for module, result in results.items():
        equivalent = sum(1 for one in result.survivors if _key(module, one) in reasons)
        cells = [f"`{module}`", f"{datetime.now(UTC):%Y-%m-%d}", len(result.tried)]
        cells += [len(result.tried) - len(result.survivors), result.count("limit")]
        cells += [equivalent, len(result.survivors) - equivalent]
        rows[module] = f"| {' | '.join(map(str, cells))} |"
    table = "\n".join(rows[module] for module in modules if module in rows)
    PAGE.write_text(f"{HEAD}{table}\n\n{_equivalents(reasons)}", encoding="utf-8")


def _equivalents(reasons: dict[Key, str]) -> str:
    lines = [
        "## Changes that change nothing\n",
        "| where | change | why nobody can notice |",
        "|---|---|---|",
    ]
    for module in sorted({key[0] for key in reasons}):
        source = (ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
        for one in changes(source):
            why = reasons.get(_key(module, one))
            if why:
                where = f"`{module}`:{one.line}"
                lines.append(f"| {where} | `{_cell(one.before)}` → `{_cell(one.after)}` | {why} |")
    return "\n".join(lines) + "\n"


def _kept_rows() -> dict[str, str]:
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    table = text.partition("\n## ")[0]
    return {line.split("`")[1]: line for line in table.splitlines() if line.startswith("| `")}


def _reasons() -> dict[Key, str]:
    with EQUIVALENT.open(encoding="utf-8", newline="") as file:
        return {
            (row["module"], row["function"], row["before"], row["after"], int(row["nth"])): row["reason"]
            for row in csv.DictReader(file)
        }


def _key(module: str, change: Change) -> Key:
    return module, change.function, change.before, change.after, change.nth


def _named(key: Key) -> str:
    module, function, before, after, nth = key
    return f"{module}.{function}: {before} -> {after}" + (f" ({nth})" if nth > 1 else "")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
