"""The table as it is printed and kept in docs/bench.md."""

import re
from datetime import date
from pathlib import Path

from bench import assets, books, invoices, network, others, public, telephony
from bench.result import Row

MEMORY_LIMIT_MIB = 500.0
MANY_CASES_LIMIT_MS = 150.0
COLUMNS = (
    "what",
    "per second",
    "median ms",
    "p95 ms",
    "CPU ms",
    "PostgreSQL alone",
    "ratio",
    "limit p95 < 200 ms",
)

INTRODUCTION = """# How fast it is

Made by `make bench` on {day}; do not edit. One run, nothing chosen. Times depend on the machine and on what
else runs on it: compare the columns of one table rather than tables of two machines.

- Pages and searches go over loopback through the web server of `starostwo run` (granian, two processes), with
  the session of an ordinary user: a clerk of the mail desk, who sees every letter; a case worker; the head of
  the largest unit; the starosta, who heads all units. None of them is an administrator. A time ends when the
  whole page has arrived.
- Writing goes through the services as the screens call them, in one process for each client, with commits
  synced to the disk, while the worker of the installation does its jobs beside it.
- *PostgreSQL alone* writes the same rows in one transaction with prepared statements, by as many clients, on
  the same tables with their indexes, constraints and triggers. *Ratio* is our speed divided by that one. What
  lies in between is the product: rules, words of the index, files synced to the disk, signatures that are
  checked, receipts that are sealed.
- *CPU* is the time of all processors that the installation and its clients used for one operation, with the
  jobs of the worker.
- The registers were filled in bulk with the audiences that the access rules give. A letter has a text of 30
  to 90 words; the bytes of their scans are not on the disk.
"""
ON_VISITORS = (
    "wrk asks from the same two cores with 32 connections and compression. Wagtail 8 (granian, two\n"
    "processes, the same PostgreSQL, no cache) shows the same text in a template with menu and breadcrumbs.\n"
    "*Ratio* is our pages a second divided by its."
)
ON_MANY_CASES = (
    "The cases of the office repeated into the years before, closed, until there are so many; the lists\n"
    "asked for once more as above."
)
ON_MEMORY = "PSS counts shared pages once; the buffers of PostgreSQL are in it as far as they were touched."


def table(rows: list[Row]) -> str:
    """The rows as a table in Markdown, also readable on a screen."""
    cells = [COLUMNS, *(_cells(row) for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(COLUMNS))]
    lines = [_line(line, widths) for line in cells]
    rule = (
        "|"
        + "|".join("-" * (width + 1) + (":" if place else "-") for place, width in enumerate(widths))
        + "|"
    )
    return "\n".join([lines[0], rule, *lines[1:]])


def many_cases(rows: list[Row], cases: int) -> str:
    """The lists of an office with so many cases, with their own limit."""
    lines = [
        f"| with {cases:,} cases | median ms | p95 ms | CPU ms | limit p95 < 150 ms |",
        "|---|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {row.what} | {row.median:.1f} | {row.p95:.1f} | {row.processor:.1f} | "
        f"{'met' if row.is_met else '**not met**'} |"
        for row in rows
    ]
    return "\n".join(lines)


def memory_table(moments: dict[str, dict[str, float]]) -> str:
    """PSS of each kind of process at each moment."""
    kinds = sorted({kind for found in moments.values() for kind in found})
    lines = ["| PSS in MiB | " + " | ".join(moments) + " |", "|---|" + "---:|" * len(moments)]
    lines += [
        f"| {kind} | " + " | ".join(f"{found.get(kind, 0):.0f}" for found in moments.values()) + " |"
        for kind in kinds
    ]
    sums = [sum(found.values()) for found in moments.values()]
    lines.append("| **all processes** | " + " | ".join(f"**{each:.0f}**" for each in sums) + " |")
    verdicts = ["met" if each < MEMORY_LIMIT_MIB else "**not met**" for each in sums]
    lines.append(f"| limit {MEMORY_LIMIT_MIB:.0f} MiB | " + " | ".join(verdicts) + " |")
    return "\n".join(lines)


def verdict(rows: list[Row], moments: dict[str, dict[str, float]]) -> str:
    """The limits in words."""
    limited = [row for row in rows if row.is_met is not None]
    missed = [row.what for row in limited if not row.is_met]
    slowest = max(limited, key=lambda row: row.p95 or 0)
    said = [
        f"- Lists, pages and searches: p95 under 200 ms in {len(limited) - len(missed)} of {len(limited)}; "
        f"the slowest is *{slowest.what}* with {slowest.p95:.0f} ms."
        + (f" Not met by: {', '.join(missed)}." if missed else " The limit is met."),
    ]
    for moment, found in moments.items():
        whole = sum(found.values())
        kept = "met" if whole < MEMORY_LIMIT_MIB else "not met"
        said.append(f"- Memory of all processes, {moment}: {whole:.0f} MiB; the limit of 500 MiB is {kept}.")
    return "\n".join(said)


def write(
    file: Path,
    rows: list[Row],
    moments: dict[str, dict[str, float]],
    facts: dict[str, str],
    visitors: list[public.Found],
    ledgers: tuple[list[books.BooksRow], str],
    received: invoices.Found,
    devices: network.Found,
    phones: list[telephony.Load],
    lists: str,
    things: assets.Found,
    *,
    day: date,
) -> None:
    """Keep the table with everything that it depends on."""
    parts = [
        INTRODUCTION.format(day=day.isoformat()),
        "## Limits\n\n" + verdict(rows, moments) + "\n" + others.remark(),
        "## Machine and sizes\n\n" + "\n".join(f"- {name}: {value}" for name, value in facts.items()) + "\n",
        "## Times\n\n" + table(rows) + "\n",
        f"## Lists with many cases\n\n{ON_MANY_CASES}\n\n{lists}\n",
        f"## Public pages\n\n{ON_VISITORS}\n\n{public.table(visitors)}\n",
        of_books(ledgers),
        of_invoices(received),
        f"## Assets and a stock-taking\n\n{assets.ABOUT}\n\n{assets.table(things)}\n",
        of_network(devices),
        of_telephony(phones),
        f"## Memory\n\n{ON_MEMORY}\n\n{memory_table(moments)}\n",
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(parts), encoding="utf-8")


def of_books(ledgers: tuple[list[books.BooksRow], str]) -> str:
    """The section of the books."""
    return f"## Books\n\n{books.table(ledgers[0])}\n\n{ledgers[1]}\n"


def of_invoices(received: invoices.Found) -> str:
    """The section of received invoices."""
    return f"## E-invoices\n\n{invoices.ABOUT}\n\n{invoices.table(received)}\n"


def of_network(devices: network.Found) -> str:
    """The section of discovery and monitoring."""
    return f"## Network\n\n{network.ABOUT}\n\n{network.table(devices)}\n"


def of_telephony(phones: list[telephony.Load]) -> str:
    """The section of registrations and calls."""
    return f"## Telephony\n\n{telephony.ABOUT}\n\n{telephony.table(phones)}\n"


def renew(file: Path, sections: list[str], *, day: date) -> None:
    """Put sections that were measured alone into the place of those that stand; each says when."""
    standing = re.split(r"(?m)^(?=## )", file.read_text(encoding="utf-8"))
    for section in sections:
        title, _, rest = section.partition("\n\n")
        made = f"{title}\n\n- Measured alone on {day.isoformat()}.\n\n{rest}"
        found = [number for number, part in enumerate(standing) if part.startswith(f"{title}\n")]
        standing = [*standing[: found[0]], made, *standing[found[0] + 1 :]] if found else [*standing, made]
    file.write_text("\n".join(part.rstrip("\n") + "\n" for part in standing), encoding="utf-8")


def _cells(row: Row) -> tuple[str, ...]:
    met = {None: "", True: "met", False: "**not met**"}[row.is_met]
    ratio = f"{row.ratio:.2f}" if row.ratio else ""
    numbers = (row.per_second, row.median, row.p95, row.processor, row.raw_per_second)
    return (row.what, *("" if number is None else f"{number:.1f}" for number in numbers), ratio, met)


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return f"| {first[0]:<{first[1]}} | " + " | ".join(f"{cell:>{width}}" for cell, width in others) + " |"
