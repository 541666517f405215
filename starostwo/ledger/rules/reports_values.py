"""Filling a report: pure sums of what the balances, the plan and the open settlements tell.

Law: rozp. MF 29.01.2025 (sprawozdawczość budżetowa): turnovers and balances by classification.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from starostwo.ledger.rules.fund import Change
from starostwo.ledger.rules.reports import (
    BY_CLASSIFICATION,
    DEBT,
    FUND,
    NOW,
    OPENING,
    PLAN,
    PREVIOUS,
    Column,
    Form,
    SymbolRow,
    Term,
)

NO_PLACE = "brak"


@dataclass(frozen=True)
class Place:
    """Where in the classification an amount stands; all empty when it has none."""

    kind: str = ""
    division: str = ""
    chapter: str = ""
    paragraph: str = ""
    group: str = ""
    funding: str = ""


@dataclass(frozen=True)
class Fact:
    """What one account holds under one place: its opening, its turnovers, and its two-sided balances."""

    account: str
    place: Place = Place()
    opening_debit: int = 0
    opening_credit: int = 0
    debit: int = 0
    credit: int = 0
    debit_balance: int = 0
    credit_balance: int = 0
    opening_debit_balance: int = 0
    opening_credit_balance: int = 0
    sector: str = ""


@dataclass(frozen=True)
class Overdue:
    """What is left of settlements after their terms, debit less credit; `settlement` when it is of one."""

    account: str
    place: Place
    amount: int
    due_on: date
    settlement: int = 0
    sector: str = ""


@dataclass(frozen=True)
class Planned:
    """The plan of a place; `paragraph` is empty where the plan is kept by groups."""

    place: Place
    amount: int


def place_of_limit(position: str, group: str = "") -> Place:
    """The place of a limit such as W.750.75020.4300, W.750.75020.g1500 or P.9520."""
    kind, *places, last = position.split(".")
    division, chapter = places or ("", "")
    if last.startswith("g"):
        return Place(kind, division, chapter, "", last[1:])
    return Place(kind, division, chapter, last, group)


@dataclass(frozen=True)
class Debt:
    """What is left of one title of the register of debt, of the group of its creditor."""

    title: str
    sector: str
    amount: int
    settlement: int = 0


@dataclass(frozen=True)
class Facts:
    """All that one period of one year tells."""

    balances: Sequence[Fact] = ()
    debts: Sequence[Debt] = ()
    overdue: Sequence[Overdue] = ()
    plan: Sequence[Planned] = ()
    fund: Sequence[Change] = ()
    year: int = 0
    book: str = ""


@dataclass(frozen=True)
class FilledRow:
    """A row with its amounts; `parts` are division, chapter, group, paragraph, or the symbol."""

    key: str
    parts: tuple[str, ...]
    title: str
    cells: Mapping[str, int] = field(default_factory=dict)


def fill(form: Form, facts: Mapping[str, Facts], *, by_group: bool = False) -> list[FilledRow]:
    """The rows of a report from the facts of this year ('now') and, where wanted, of the one before."""
    if form.rows_by == BY_CLASSIFICATION:
        return _by_classification(form, facts[NOW], by_group)
    return _by_symbol(form, facts)


def _by_classification(form: Form, facts: Facts, by_group: bool) -> list[FilledRow]:
    cells: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for column in form.columns:
        for term in column.terms:
            for place, amount in amounts(term, column.at, facts):
                if place.kind and place.kind not in form.kind:
                    continue
                parts = row_parts(form, place, by_group)
                cells[parts][column.key] = cells[parts].get(column.key, 0) + term.sign * amount
    return [
        FilledRow(key_of(form, parts), parts, "", {name: value for name, value in row.items() if value})
        for parts, row in sorted(cells.items())
        if any(row.values())
    ]


def row_parts(form: Form, place: Place, by_group: bool) -> tuple[str, ...]:
    """The row in which a place stands: with its group where the form has one."""
    if form.has_group:
        return (place.division, place.chapter, place.group, "" if by_group else place.paragraph)
    return (place.division, place.chapter, place.paragraph)


def key_of(form: Form, parts: Sequence[str]) -> str:
    """The row in one word, such as 750.75020.4300, or 750.75020.g1500 where the plan is by groups."""
    if not any(parts):
        return NO_PLACE
    division, chapter, *rest = parts
    last = rest[-1] or f"g{rest[0]}"
    return ".".join(part for part in (division, chapter, last) if part)


def _by_symbol(form: Form, facts: Mapping[str, Facts]) -> list[FilledRow]:
    rows = {row.symbol: row for row in form.rows}
    filled: dict[tuple[str, str], int] = {}

    def value(row: SymbolRow, column: Column) -> int:
        if (row.symbol, column.key) not in filled:
            filled[row.symbol, column.key] = (
                sum(sign * value(rows[part], column) for sign, part in row.total_of)
                if row.total_of
                else _sum(row.terms_of(column.key), _asked(row, column), facts)
            )
        return filled[row.symbol, column.key]

    return [
        FilledRow(row.symbol, (row.symbol,), row.title, {c.key: value(row, c) for c in form.columns})
        for row in form.rows
    ]


def _asked(row: SymbolRow, column: Column) -> Column:
    """A cell with terms of its own says itself of whom it speaks."""
    return replace(column, sectors=()) if column.key in dict(row.cells) else column


def _sum(terms: Sequence[Term], column: Column, facts: Mapping[str, Facts]) -> int:
    told = of_sectors(column, facts.get(PREVIOUS if column.at == PREVIOUS else NOW, Facts()))
    return sum(term.sign * amount for term in terms for _, amount in amounts(term, column.at, told))


def of_sectors(column: Column, facts: Facts) -> Facts:
    """The facts of the groups of creditors or debtors that a column is for."""
    if not column.sectors:
        return facts
    return replace(
        facts,
        balances=[one for one in facts.balances if one.sector in column.sectors],
        debts=[one for one in facts.debts if one.sector in column.sectors],
        overdue=[one for one in facts.overdue if one.sector in column.sectors],
    )


def amounts(term: Term, at: str, facts: Facts) -> list[tuple[Place, int]]:
    """The amounts that a term finds, each with its place."""
    if term.book and term.book != facts.book:
        return []
    if term.measure == PLAN:
        return [(p.place, p.amount) for p in facts.plan if _wants(term, p.place)]
    if term.measure == FUND:
        return [(Place(), one.amount) for one in facts.fund if term.accounts.fit(one.title)]
    if term.measure == DEBT:
        return [(Place(), one.amount) for one in facts.debts if term.accounts.fit(one.title)]
    if term.measure.startswith("overdue"):
        return [
            (one.place, _overdue(term.measure, one, facts.year))
            for one in facts.overdue
            if term.accounts.fit(one.account) and _wants(term, one.place)
        ]
    return [
        (fact.place, _measured(term.measure, at, fact))
        for fact in facts.balances
        if term.accounts.fit(fact.account) and _wants(term, fact.place)
    ]


def is_meant(term: Term, one: Overdue, year: int) -> bool:
    """Whether an open settlement is part of what a term finds."""
    return (
        term.accounts.fit(one.account) and _wants(term, one.place) and _overdue(term.measure, one, year) != 0
    )


def _wants(term: Term, place: Place) -> bool:
    return term.wants(place.kind, place.paragraph, place.funding)


def _overdue(measure: str, one: Overdue, year: int) -> int:
    if measure == "overdue-debit":
        return max(one.amount, 0)
    if measure.endswith("earlier") and one.due_on.year >= year:
        return 0
    if measure.endswith("this-year") and one.due_on.year < year:
        return 0
    return max(-one.amount, 0)


def _measured(measure: str, at: str, fact: Fact) -> int:
    opening = fact.opening_debit - fact.opening_credit
    if at == OPENING:
        return {
            "balance": opening,
            "opening-balance": opening,
            "debit-balance": fact.opening_debit_balance,
            "credit-balance": fact.opening_credit_balance,
        }[measure]
    return {
        "debit": fact.debit,
        "credit": fact.credit,
        "debit-from-opening": fact.opening_debit + fact.debit,
        "credit-from-opening": fact.opening_credit + fact.credit,
        "balance": opening + fact.debit - fact.credit,
        "opening-balance": opening,
        "debit-balance": fact.debit_balance,
        "credit-balance": fact.credit_balance,
    }[measure]


def joined(reports: Sequence[Sequence[FilledRow]]) -> list[FilledRow]:
    """Reports of several units added up, row by row."""
    sums: dict[str, dict[str, int]] = defaultdict(dict)
    heads: dict[str, FilledRow] = {}
    for row in (row for rows in reports for row in rows):
        heads.setdefault(row.key, row)
        for key, value in row.cells.items():
            sums[row.key][key] = sums[row.key].get(key, 0) + value
    rows = [FilledRow(key, head.parts, head.title, sums[key]) for key, head in heads.items()]
    return rows if any(row.title for row in rows) else sorted(rows, key=lambda row: row.parts)


def without(form: Form, rows: Sequence[FilledRow], excluded: Mapping[str, int]) -> list[FilledRow]:
    """A joint statement without what its units owe each other: taken off its rows, totals added up anew.

    Only the last column, the state at the end, knows exclusions.
    Law: rozp. MRiF 13.09.2017 par. 28 (łączne sprawozdanie, wyłączenia wzajemnych rozliczeń), zał. 3 (976).
    """
    heads, cells = {row.symbol: row for row in form.rows}, {row.key: dict(row.cells) for row in rows}
    column = form.columns[-1].key

    def value(symbol: str) -> int:
        parts = heads[symbol].total_of
        if parts:
            return sum(sign * value(part) for sign, part in parts)
        return cells.get(symbol, {}).get(column, 0) - excluded.get(symbol, 0)

    return [
        FilledRow(row.key, row.parts, row.title, {**row.cells, column: value(row.key)})
        if row.key in heads
        else row
        for row in rows
    ]


def row_of_exclusion(form: Form, account: str) -> str:
    """The row that a sub-account of 976 excludes from: 976-B-BII1 is row B.II.1 of the balance sheet."""
    _, letter, symbol = ([*account.split("-", 2), "", ""])[:3]
    if letter != form.code[:1]:
        return ""
    return next(
        (row.symbol for row in form.rows if row.symbol.replace(".", "") == symbol.replace("-", "")), ""
    )
