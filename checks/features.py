"""The table of features: what `docs/features.csv` claims must have been proved by the run just made.

`python -m checks.features REPORT...` fails on a claim without a passed test; `--write` renders the page
and the README's line of counts.
"""

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "docs" / "features.csv"
PAGE = ROOT / "docs" / "features.md"
README = ROOT / "README.md"
COUNTED = re.compile(r"^Today: .*$", re.MULTILINE)
COLUMNS = ["table", "row", "feature", "state", "test", "note"]
STATES = ("yes", "part", "no")
TITLES = {
    "records": "Records and cases",
    "public-web": "Public web",
    "finance": "Finance",
    "telephony": "Telephony",
    "assets": "Assets",
    "complaints": "Complaints of others",
    "goals": "Goals of public pages",
}
Row = dict[str, str]


def main(arguments: list[str]) -> int:
    """Check the table against the reports, or render its page."""
    rows = read()
    if arguments == ["--write"]:
        PAGE.write_text(page(rows), encoding="utf-8")
        README.write_text(COUNTED.sub(counts(rows), README.read_text(encoding="utf-8")), encoding="utf-8")
        return 0
    ended = {name: str(test["outcome"]) for report in arguments for name, test in _load(report).items()}
    faults = [*faults_of(rows, ended)]
    if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page(rows):
        faults.append("docs/features.md nie odpowiada tabeli: python -m checks.features --write")
    if counts(rows) not in README.read_text(encoding="utf-8").splitlines():
        faults.append(f"README.md nie podaje liczb z tabeli: {counts(rows)}")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def read() -> list[Row]:
    """The rows of the table, in its order."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def faults_of(rows: list[Row], ended: dict[str, str]) -> Iterator[str]:
    """What the table claims and the run did not show; `ended` maps node ids to outcomes."""
    if rows and list(rows[0]) != COLUMNS:
        yield f"docs/features.csv: kolumny powinny być {', '.join(COLUMNS)}"
        return
    by_function: dict[str, set[str]] = {}
    for name, outcome in ended.items():
        by_function.setdefault(name.split("[")[0], set()).add(outcome)
    for number, times in Counter((row["table"], row["row"]) for row in rows).items():
        if times > 1:
            yield f"docs/features.csv: wiersz {' '.join(number)} stoi {times} razy"
    for row in rows:
        where = f"{row['table']} {row['row']}"
        if row["state"] not in STATES:
            yield f"{where}: nieznany stan {row['state']!r}"
        elif row["state"] == "yes" and not row["test"].split():
            yield f"{where}: stan 'yes' bez testu"
        for test in row["test"].split():
            if (by_function.get(test) or {ended.get(test, "missing")}) != {"passed"}:
                yield f"{where}: test {test} nie istnieje albo nie przeszedł"


def page(rows: list[Row]) -> str:
    """The table as a page to be read."""
    parts = ["# What Starostwo does\n"]
    parts.append(
        "Made from `docs/features.csv`. Each yes names the tests that prove it; CI holds them to it.\n"
    )
    for table in dict.fromkeys(row["table"] for row in rows):
        own = [row for row in rows if row["table"] == table]
        counted = Counter(row["state"] for row in own)
        sums = ", ".join(f"{state}: {counted[state]}" for state in STATES)
        parts.append(f"## {TITLES.get(table, table)}\n\n{sums}\n")
        lines = ["| row | feature | state | note |", "|---|---|---|---|"]
        lines += [f"| {r['row']} | {r['feature']} | {r['state']} | {r['note']} |" for r in own]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def counts(rows: list[Row]) -> str:
    """The line of the README that says how far each table is."""
    parts = []
    for table in dict.fromkeys(row["table"] for row in rows):
        states = Counter(row["state"] for row in rows if row["table"] == table)
        title = TITLES.get(table, table).lower()
        parts.append(f"{title} {states['yes']} yes, {states['part']} in part of {states.total()}")
    return f"Today: {'; '.join(parts)}."


def _load(report: str) -> dict[str, dict[str, object]]:
    loaded: dict[str, dict[str, object]] = json.loads(Path(report).read_text(encoding="utf-8"))
    return loaded


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
