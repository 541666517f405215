"""Our books and, in the same run and on the same server, django-hordak and Tryton with the same vouchers."""

import json
import secrets
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg

from bench import others
from bench.environments import environment_of
from bench.ground import ROOT, Ground
from starostwo.site import cluster as postgres

LOCK = "books_anchor"
TIMES = 30
FILLED_TABLES = (
    "ledger_line", "ledger_voucher", "ledger_balance", "ledger_settlement", "ledger_settlementsum",
    "ledger_settlementbalance",
)  # fmt: skip
Found = dict[str, dict[str, float]]
Tell = Callable[[str], None]
COLUMNS = (
    "what", "ours", "p95 ms", "goal", "kept", "django-hordak 2.0", "ratio", "Tryton 8.2", "ratio",
)  # fmt: skip


ABOUT = """\
- One process, commits synced to the disk; vouchers of four lines, half of them payments that the plan must
  allow. Ours go through the service: access, plan, running balances, numbers without a gap, chained hashes,
  a line of history each. *p95* is of one voucher, one batch, one answer. *Ratio*: how many times faster."""
FILLED = """\
- Ours were filled by the service in batches of collective vouchers over 300 suppliers and 5,000 open debts,
  most of them overdue, which the report looks through; django-hordak by COPY under its triggers,
  Tryton by SQL that repeats the lines of its moves. Its trial balance is what its list of accounts reads."""
NO_TRYTON = "- Tryton was not run: `--without-tryton` left it out, since making its database takes a minute."


@dataclass(frozen=True)
class BooksRow:
    """One thing that ledgers do: vouchers a second, or milliseconds to an answer; None was not measured."""

    what: str
    unit: str
    ours: float
    p95: float
    goal: float
    hordak: float | None = None
    tryton: float | None = None

    @property
    def is_kept(self) -> bool:
        """Whether ours reaches the goal: so many a second, or the slow end of the times below it."""
        return self.ours >= self.goal if self.unit == "/s" else self.p95 < self.goal

    def ratio(self, theirs: float | None) -> float | None:
        """How many times faster ours is."""
        if not theirs:
            return None
        return self.ours / theirs if self.unit == "/s" else theirs / self.ours


def measure(
    ground: Ground, *, lines: int, seconds: float, with_tryton: bool, tell: Tell
) -> tuple[list[BooksRow], str]:
    """Measure ours, then the others, alone on the server; return the rows and what has to be said of them."""
    postgres.start(ground.cluster)
    tell(f"books: our own, {lines} lines")
    ours = _asked(ground, sys.executable, "bench.books_ours", "write", str(seconds), str(lines))
    with psycopg.connect(ground.cluster.url(role=postgres.OWNER_ROLE), autocommit=True) as owner:
        for table in FILLED_TABLES:
            owner.execute(f"VACUUM ANALYZE {table}")
    ours |= _asked(ground, sys.executable, "bench.books_ours", "read", str(TIMES))
    hordak = others.tried(
        "books: django-hordak", lambda: _beside(ground, "hordak", seconds, lines), tell=tell
    )
    tryton: Found | None = None
    if with_tryton:
        tryton = others.tried("books: Tryton", lambda: _beside(ground, "tryton", seconds, lines), tell=tell)
    return _rows(ours, hordak, tryton), _said(ours, hordak, tryton, with_tryton)


def table(rows: list[BooksRow]) -> str:
    """The rows as a table in Markdown."""
    lines = ["| " + " | ".join(COLUMNS) + " |", "|---|" + "---:|" * (len(COLUMNS) - 1)]
    for row in rows:
        cells = [
            row.what, _number(row.ours, row.unit), f"{row.p95:.1f}",
            f"{'at least' if row.unit == '/s' else 'under'} {_number(row.goal, row.unit)}",
            "met" if row.is_kept else "**not met**",
        ]  # fmt: skip
        for theirs in (row.hordak, row.tryton):
            ratio = row.ratio(theirs)
            cells += [_number(theirs, row.unit), "" if ratio is None else f"{ratio:.1f}"]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _rows(ours: Found, hordak: Found | None, tryton: Found | None) -> list[BooksRow]:
    def row(what: str, key: str, unit: str, goal: float) -> BooksRow:
        column = "per_second" if unit == "/s" else "median"
        theirs = [found[key][column] if found and key in found else None for found in (hordak, tryton)]
        return BooksRow(what, unit, ours[key][column], ours[key]["p95"], goal, *theirs)

    return [
        row("vouchers posted one by one", "one", "/s", 400),
        row("vouchers imported, 500 at a time", "batch", "/s", 1_000),
        row("trial balance of the year", "trial", " ms", 20),
        row("report Rb-28S to December", "report", " ms", 50),
        row("account card, first page", "card", " ms", 5),
    ]


def _said(ours: Found, hordak: Found | None, tryton: Found | None, with_tryton: bool) -> str:
    held = f"{ours['lines']['count']:.0f} lines in ours"
    held += f", {hordak['lines']['count']:.0f} in django-hordak" if hordak else ""
    held += f", {tryton['lines']['count']:.0f} in Tryton" if tryton else ""
    said = [ABOUT, f"- Trial balance and card were asked with {held}.", FILLED]
    if hordak:
        said.append(
            "- django-hordak one by one with `create` for each leg; with `bulk_create` of the legs "
            f"{hordak['one_bulk']['per_second']:.1f}/s. Its imports use `bulk_create`."
        )
    if not with_tryton:
        said.append(NO_TRYTON)
    return "\n".join(said)


def _beside(ground: Ground, name: str, seconds: float, lines: int) -> Found:
    python = environment_of(LOCK, wheels_only=False) / "bin" / "python"
    database = f"books_{name}"
    postgres.create_database(ground.cluster, database)
    more = {
        "DJANGO_SETTINGS_MODULE": "bench.books_anchor.settings",
        "ANCHOR_SECRET": secrets.token_urlsafe(50),
        "ANCHOR_DATABASE": database,
        "ANCHOR_USER": postgres.OWNER_ROLE,
        "ANCHOR_HOST": str(ground.cluster.socket_folder),
        "TRYTOND_DATABASE_URI": f"postgresql://{postgres.OWNER_ROLE}@/?host={ground.cluster.socket_folder}",
    }
    values = (str(seconds), str(lines), str(TIMES))
    return _asked(ground, str(python), f"bench.books_anchor.{name}_run", *values, **more)


def _asked(ground: Ground, python: str, *module: str, **more: str) -> Found:
    """Run a module in its environment; the last line that it prints is its answer."""
    done = subprocess.run(
        [python, "-m", *module], cwd=ROOT, env=ground.environment | more, stdout=subprocess.PIPE, text=True,
        check=True,
    )  # fmt: skip
    answer: Any = json.loads(done.stdout.splitlines()[-1])
    return dict(answer)


def _number(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:.1f}{unit}"
