"""The consolidated balance sheet: rows of other forms added by a stated mapping, minus what is mutual.

An exclusion is taken off a row of the assets and off a row of what they are paid from, by one amount, so that
it never breaks their balance. Layout and kinds of exclusions are from memory.

Law: rozp. MRiF 13.09.2017 (skonsolidowany bilans jednostki samorządu terytorialnego).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starostwo.ledger.rules.reports import Form
from starostwo.ledger.rules.reports_checks import WARNING, Finding
from starostwo.ledger.rules.reports_values import FilledRow

CONSOLIDATED = "Bilans-SK"
Cells = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Excluded:
    """What is excluded: its kind, the column, a row of each side and one amount for both."""

    kind: str
    column: str
    assets: str
    sources: str
    amount: int


class NotAnExclusion(ValueError):
    """The exclusion cannot be taken off both sides; the text says why, in Polish."""


def check_exclusion(form: Form, one: Excluded) -> None:
    """Refuse an exclusion of rows that its kind does not allow, of no amount or of no column."""
    kind = next((kind for kind in form.exclusions if kind.code == one.kind), None)
    if kind is None:
        raise NotAnExclusion("Wybierz rodzaj wyłączenia.")
    if form.column(one.column) is None:
        raise NotAnExclusion("Wybierz stan na początek albo na koniec roku.")
    if one.amount <= 0:
        raise NotAnExclusion("Kwota wyłączenia jest większa od zera.")
    if one.assets not in kind.assets:
        raise NotAnExclusion(f"Z aktywów przy tym rodzaju wyłącza się wiersze: {', '.join(kind.assets)}.")
    if one.sources not in kind.sources:
        raise NotAnExclusion(f"Z pasywów przy tym rodzaju wyłącza się wiersze: {', '.join(kind.sources)}.")


def added_up(form: Form, cells: Cells) -> list[FilledRow]:
    """The rows of a form by symbols from the cells of the rows that are no sums."""
    rows = {row.symbol: row for row in form.rows}

    def value(symbol: str, column: str) -> int:
        parts = rows[symbol].total_of
        if parts:
            return sum(sign * value(part, column) for sign, part in parts)
        return cells.get((symbol, column), 0)

    return [
        FilledRow(
            row.symbol, (row.symbol,), row.title, {c.key: value(row.symbol, c.key) for c in form.columns}
        )
        for row in form.rows
    ]


def consolidated(
    form: Form, reports: Sequence[tuple[str, Sequence[FilledRow]]], excluded: Sequence[Excluded]
) -> list[FilledRow]:
    """The consolidated rows from the reports (form and rows) of all, without what is mutual."""
    cells: dict[tuple[str, str], int] = defaultdict(int)
    for row in form.rows:
        for code, told in reports:
            for part in parts_of(form, row.symbol, code, told):
                for column in form.columns:
                    cells[row.symbol, column.key] += part.cells.get(column.key, 0)
    for one in excluded:
        cells[one.assets, one.column] -= one.amount
        cells[one.sources, one.column] -= one.amount
    return added_up(form, cells)


def parts_of(form: Form, symbol: str, code: str, rows: Sequence[FilledRow]) -> list[FilledRow]:
    """The rows of a report of form `code` that a consolidated row adds itself."""
    wanted = {part for row in form.rows if row.symbol == symbol for name, part in row.adds if name == code}
    return [row for row in rows if row.key in wanted]


def leaves(form: Form, symbol: str) -> list[str]:
    """The rows without parts of their own that a row adds up; itself, when it is one of them."""
    row = next((row for row in form.rows if row.symbol == symbol), None)
    if row is None:
        return []
    return [leaf for _, part in row.total_of for leaf in leaves(form, part)] if row.total_of else [symbol]


def too_much(form: Form, before: Sequence[FilledRow], after: Sequence[FilledRow]) -> list[Finding]:
    """Warnings where more was excluded from a row than stood in it."""
    sums = {row.symbol for row in form.rows if row.total_of}
    were = {row.key: row.cells for row in before}
    return [
        Finding(WARNING, row.key, "Wyłączono więcej, niż stało w wierszu.")
        for row in after
        for column, value in row.cells.items()
        if row.key not in sums and value < 0 <= were[row.key][column] and value != were[row.key][column]
    ]
