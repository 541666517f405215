"""The provisions of law that the software carries out, read off the marks on the tests.

What the regulations of 30 October 2006 ask point by point stands in docs/law-required.csv: each of its rows
is proved by a test or says what is missing.
`python -m checks.law REPORT...` fails when docs/law.md says something else than the run; with `--write`
before the reports it renders the page.
"""

import csv
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "law.md"
SOURCES = ROOT / "docs" / "law-sources.csv"
REQUIRED = ROOT / "docs" / "law-required.csv"
READ = {"yes": "Checked against the text.", "no": "**From memory: to be checked against the text.**"}
Proofs = dict[str, set[str]]


def main(arguments: list[str]) -> int:
    """Check the page against the reports, or render it."""
    write = arguments[:1] == ["--write"]
    proofs = _proofs(arguments[1:] if write else arguments)
    made = page(proofs)
    if write:
        PAGE.write_text(made, encoding="utf-8")
        return 0
    unknown = [provision for provision in sorted(proofs) if _act(provision) is None]
    for provision in unknown:
        print(f"{provision}: aktu nie ma w docs/law-sources.csv", file=sys.stderr)
    silent = [row["provision"] for row in _rows(REQUIRED) if not (row["missing"] or proofs[row["provision"]])]
    for provision in silent:
        print(f"{provision}: bez testu i bez słowa o tym, czego brakuje", file=sys.stderr)
    is_true = PAGE.exists() and PAGE.read_text(encoding="utf-8") == made
    if not is_true:
        print("docs/law.md nie odpowiada testom: make law", file=sys.stderr)
    return 0 if is_true and not unknown and not silent else 1


def page(proofs: Proofs) -> str:
    """What is required field by field, then acts in the order of the sources with what was proved of them."""
    parts = ["# The law that Starostwo carries out\n"]
    parts.append(
        "Made from the marks on the tests. Acts that were not read, only remembered, are marked so.\n"
    )
    parts.append(_required(proofs))
    shown = {row["provision"] for row in _rows(REQUIRED)}
    for act in _rows(SOURCES):
        own = sorted((p for p in proofs if _act(p) == act["act"] and p not in shown), key=_natural)
        if not own:
            continue
        parts.append(f"## {act['act']}\n\n{act['title']} ({act['source']}). {READ[act['read']]}\n")
        lines = ["| provision | tests |", "|---|---|"]
        for provision in own:
            tests = "<br>".join(f"`{test}`" for test in sorted(proofs[provision]))
            lines.append(f"| {provision.removeprefix(act['act']).strip() or 'as a whole'} | {tests} |")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _required(proofs: Proofs) -> str:
    """The table of what the regulations of 2006 ask, each with its tests or with what is missing."""
    lines = [
        "## Field by field\n",
        "The regulations of 30 October 2006: par. 6 (Dz.U. 2006 nr 206 poz. 1518) and annexes A-D",
        "(Dz.U. 2006 nr 206 poz. 1517).\n",
        "| provision | asks | tests | missing |",
        "|---|---|---|---|",
    ]
    for row in _rows(REQUIRED):
        tests = "<br>".join(f"`{test}`" for test in sorted(proofs.get(row["provision"], ())))
        name = row["provision"].removeprefix("rozp. MSWiA 30.10.2006").strip()
        lines.append(f"| {name} | {row['asks']} | {tests or '**not done**'} | {row['missing']} |")
    return "\n".join(lines) + "\n"


def _proofs(reports: list[str]) -> Proofs:
    proofs: Proofs = defaultdict(set)
    for report in reports:
        for name, test in json.loads(Path(report).read_text(encoding="utf-8")).items():
            if test["outcome"] == "passed":
                for provision in test["law"]:
                    proofs[provision].add(name.split("[")[0])
    return proofs


def _rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _act(provision: str) -> str | None:
    fitting = [act["act"] for act in _rows(SOURCES) if provision.startswith(act["act"])]
    return max(fitting, key=len, default=None)


def _natural(text: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", text)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
