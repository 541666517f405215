"""A report as data: its columns and rows, and the terms over balances that fill them.

A term is a line of text such as `- credit 130-2 [W 6*]`: sign, measure, accounts by mask, and in brackets the
kind of the classification (`D!` leaves out entries that have none), its paragraphs by mask (`!` leaves out),
the source of funding, and the kind of book when a term is for one kind only. The tables are in `data/forms`,
one a form and version, each with the day it holds from and where its text comes from.

Law: rozp. MF 29.01.2025 (sprawozdawczość budżetowa); rozp. MRiF 13.09.2017 zał. 5, 10, 11.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any

TURNOVERS = ("debit", "credit", "debit-from-opening", "credit-from-opening")
BALANCES = ("balance", "debit-balance", "credit-balance", "opening-balance")
OVERDUE = ("overdue-debit", "overdue-credit", "overdue-credit-earlier", "overdue-credit-this-year")
PLAN = "plan"
FUND = "fund"  # a title of the changes in the fund; its symbol stands where others name accounts
DEBT = "debt"  # a title of the register of debt, which stands where others name accounts
MEASURES = (*TURNOVERS, *BALANCES, *OVERDUE, PLAN, FUND, DEBT)
TERM = re.compile(r"([+-]?)\s*([a-z-]+)\s*([^\[\]]*?)\s*(?:\[([^\]]*)\])?")
BY_CLASSIFICATION, BY_SYMBOL = "classification", "symbol"
NOW, OPENING, PREVIOUS = "now", "opening", "previous"


class NotATerm(ValueError):
    """The text is no term of a report."""


@dataclass(frozen=True)
class Masks:
    """Which numbers are meant: those that fit one of `wanted` and none of `left_out`; no mask means all."""

    wanted: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def fit(self, number: str) -> bool:
        """Whether the number is meant; `130` stands for its own sub-accounts `130-1` too."""
        return _are_meant(self, number)


@lru_cache(maxsize=50_000)
def _are_meant(masks: Masks, number: str) -> bool:
    if any(_fits(number, mask) for mask in masks.left_out):
        return False
    return not masks.wanted or any(_fits(number, mask) for mask in masks.wanted)


def _fits(number: str, mask: str) -> bool:
    return fnmatchcase(number, mask) or number.startswith(mask + "-")


@dataclass(frozen=True)
class Term:
    """One summand of a cell."""

    sign: int
    measure: str
    accounts: Masks
    kind: str = ""
    paragraphs: Masks = Masks()
    funding: str | None = None
    without_funding: str | None = None
    book: str = ""
    only_classified: bool = False

    def wants(self, kind: str, paragraph: str, funding: str) -> bool:
        """Whether a classification is meant."""
        return (
            (not self.kind or kind in self.kind)
            and (kind != "" or not self.only_classified)
            and self.paragraphs.fit(paragraph)
            and (self.funding is None or funding == self.funding)
            and (self.without_funding is None or funding != self.without_funding)
        )


@dataclass(frozen=True)
class Column:
    """One column: its key (a tag of the BeSTi@ file where known), its terms and when they are taken."""

    key: str
    title: str
    terms: tuple[Term, ...] = ()
    at: str = NOW
    sectors: tuple[str, ...] = ()  # of which groups of creditors or debtors; NONE of those without a group


@dataclass(frozen=True)
class SymbolRow:
    """One row of a form by symbols: terms for each column, or the sum of other rows."""

    symbol: str
    title: str
    terms: tuple[Term, ...] = ()
    cells: tuple[tuple[str, tuple[Term, ...]], ...] = ()
    total_of: tuple[tuple[int, str], ...] = ()
    adds: tuple[tuple[str, str], ...] = ()  # rows of other forms that a consolidated row adds: form, symbol

    def terms_of(self, column: str) -> tuple[Term, ...]:
        """The terms of a cell."""
        return dict(self.cells).get(column, self.terms)


@dataclass(frozen=True)
class ExclusionKind:
    """What may be excluded from a consolidated form: from which rows of either side."""

    code: str
    title: str
    assets: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """A form in one version."""

    code: str
    title: str
    version: int
    valid_from: date
    source: str
    law: str
    rows_by: str
    kind: str
    book_kinds: tuple[str, ...]
    months: tuple[int, ...]
    has_group: bool
    with_closing: bool
    columns: tuple[Column, ...]
    rows: tuple[SymbolRow, ...]
    left_out: tuple[str, ...]
    tag: str
    senders: tuple[str, ...] = ()
    exclusions: tuple[ExclusionKind, ...] = ()

    @property
    def is_consolidated(self) -> bool:
        """Whether its rows add up rows of other forms."""
        return any(row.adds for row in self.rows)

    @property
    def slug(self) -> str:
        """How the form is written in an address."""
        return self.code.lower().replace(" ", "-")

    @property
    def accounts(self) -> list[Masks]:
        """The accounts that its terms name."""
        return [term.accounts for term in self.terms if term.measure in (*TURNOVERS, *BALANCES)]

    @property
    def terms(self) -> list[Term]:
        """All its terms."""
        by_row = [term for row in self.rows for column in self.columns for term in row.terms_of(column.key)]
        return [*(term for column in self.columns for term in column.terms), *by_row]

    @property
    def needs_plan(self) -> bool:
        """Whether a column shows the plan."""
        return any(term.measure == PLAN for term in self.terms)

    @property
    def needs_fund(self) -> bool:
        """Whether a row shows a title of the changes in the fund."""
        return any(term.measure == FUND for term in self.terms)

    @property
    def needs_debts(self) -> bool:
        """Whether a row shows titles of the register of debt."""
        return any(term.measure == DEBT for term in self.terms)

    @property
    def names_sectors(self) -> bool:
        """Whether its columns divide creditors or debtors into groups."""
        return any(column.sectors for column in self.columns)

    @property
    def needs_settlements(self) -> bool:
        """Whether a column shows what is overdue."""
        return any(term.measure in OVERDUE for term in self.terms)

    @property
    def names_places(self) -> bool:
        """Whether a term asks for a part of the classification."""
        return any(term.kind for term in self.terms)

    def column(self, key: str) -> Column | None:
        """The column of that key."""
        return next((column for column in self.columns if column.key == key), None)

    def terms_of(self, symbol: str, column: str) -> tuple[Term, ...]:
        """The terms behind a cell, through all rows that it adds up."""
        if self.rows_by == BY_CLASSIFICATION:
            found = self.column(column)
            return found.terms if found else ()
        row = next((row for row in self.rows if row.symbol == symbol), None)
        if row is None:
            return ()
        if row.total_of:
            return tuple(term for _, part in row.total_of for term in self.terms_of(part, column))
        return row.terms_of(column)


def read_term(text: str) -> Term:
    """Read a term as the tables write it."""
    found = TERM.fullmatch(text.strip())
    if found is None or found[2] not in MEASURES:
        raise NotATerm(text)
    sign, measure, accounts, brackets = found.groups()
    if (measure == PLAN) == bool(accounts):
        raise NotATerm(text)
    kind, book, paragraphs, only_classified = "", "", Masks(), False
    funding: dict[str, str] = {}
    for part in (brackets or "").split():
        if part.startswith("book="):
            book = part[5:]
        elif "=" in part:
            funding["funding" if "!=" not in part else "without_funding"] = part.split("=")[1]
        elif part.rstrip("!").isalpha():
            kind, only_classified = part.rstrip("!"), part.endswith("!")
        else:
            paragraphs = _masks(part)
    return Term(
        -1 if sign == "-" else 1, measure, _masks(accounts), kind, paragraphs, book=book,
        only_classified=only_classified, **funding,
    )  # fmt: skip


def _masks(text: str) -> Masks:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return Masks(
        tuple(part for part in parts if not part.startswith("!")),
        tuple(part[1:] for part in parts if part.startswith("!")),
    )


def read_form(told: Mapping[str, Any]) -> Form:
    """Read one table of `data/forms`."""
    return Form(
        code=told["form"], title=told["title"], version=told["version"], valid_from=told["valid_from"],
        source=told["source"], law=told["law"], rows_by=told["rows"], kind=told.get("kind", ""),
        book_kinds=tuple(told["books"]), months=tuple(told["months"]), has_group=told.get("group", False),
        with_closing=told.get("closing", False), columns=tuple(_column(one) for one in told["column"]),
        rows=tuple(_row(one) for one in told.get("row", ())), left_out=tuple(told.get("left_out", ())),
        tag=told.get("tag", ""),
        senders=tuple(told.get("senders", [kind for kind in told["books"] if kind == "UNIT"])),
        exclusions=tuple(_exclusion(one) for one in told.get("exclusion", ())),
    )  # fmt: skip


def _column(told: Mapping[str, Any]) -> Column:
    return Column(
        told["key"], told["title"], _terms(told.get("terms", ())), told.get("at", NOW), _sectors(told)
    )


def _sectors(told: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple("" if one == "NONE" else one for one in told.get("sectors", ()))


def _row(told: Mapping[str, Any]) -> SymbolRow:
    return SymbolRow(
        symbol=told["symbol"],
        title=told["title"],
        terms=_terms(told.get("terms", ())),
        cells=tuple((key, _terms(terms)) for key, terms in told.get("cells", {}).items()),
        total_of=tuple((-1 if part[0] == "-" else 1, part.lstrip("-")) for part in told.get("total", ())),
        adds=tuple(
            (form, symbol) for form, _, symbol in (one.partition(" ") for one in told.get("adds", ()))
        ),
    )


def _exclusion(told: Mapping[str, Any]) -> ExclusionKind:
    return ExclusionKind(told["kind"], told["title"], tuple(told["assets"]), tuple(told["sources"]))


def _terms(texts: Iterable[str]) -> tuple[Term, ...]:
    return tuple(read_term(text) for text in texts)


class NoSuchForm(LookupError):
    """No version of the form holds on that day."""


def form_on(forms: Sequence[Form], slug: str, day: date) -> Form:
    """The version of a form that holds on the last day of the period."""
    held = [form for form in forms if form.slug == slug and form.valid_from <= day]
    if not held:
        raise NoSuchForm(slug)
    return max(held, key=lambda form: form.valid_from)
