"""The individual limit of debt: what may fall due in a year beside current income, and how much does.

Law: ufp art. 242 (current spending within current income), art. 243 (the relation and its average), ustawa
14.12.2018 art. 9 (three years until 2025). From memory, not checked with the text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from starostwo.platform.dated import Dated, Row


@dataclass(frozen=True)
class Figures:
    """What the budget of one year says, in grosze; `programmes` are grants and spending of EU programmes."""

    year: int
    current_income: int
    programme_income: int
    current_spending: int
    programme_spending: int
    debt_service: int
    property_income: int

    @property
    def own_income(self) -> int:
        """Current income without grants for programmes: what both sides are divided by."""
        return self.current_income - self.programme_income


@dataclass(frozen=True)
class Formula:
    """How the right side is made: of how many years, with property sold, without debt service."""

    years: int
    with_property: bool
    without_service: bool


FORMULA = Dated(
    [
        Row(date(2020, 1, 1), Formula(3, True, False), "ustawa 14.12.2018 art. 9, z pamięci"),
        Row(date(2026, 1, 1), Formula(7, False, True), "ufp art. 243 ust. 1, z pamięci"),
    ]
)


class NoIncome(ValueError):
    """A year without current income of its own has no relation."""


def formula_for(year: int) -> Row[Formula]:
    """The formula of a year with its source."""
    return FORMULA.row_on(date(year, 1, 1))


def one_year(figures: Figures, formula: Formula) -> Fraction:
    """The relation of one earlier year: what current income left, to that income."""
    if figures.own_income <= 0:
        raise NoIncome(figures.year)
    spending = figures.current_spending - figures.programme_spending
    if formula.without_service:
        spending -= figures.debt_service
    left = figures.own_income - spending
    if formula.with_property:
        left += figures.property_income
    return Fraction(left, figures.own_income)


@dataclass(frozen=True)
class Relation:
    """Both sides for a year; None where figures are missing, which `missing` names by year."""

    year: int
    burden: int
    left: Fraction | None
    right: Fraction | None
    missing: tuple[int, ...]
    years: int
    source: str

    @property
    def holds(self) -> bool | None:
        """Whether the left side is within the right one; None when either is not known."""
        return None if self.left is None or self.right is None else self.left <= self.right


def relation(year: int, burden: int, known: Mapping[int, Figures]) -> Relation:
    """What falls due in the year to its own income, beside the average of the years before."""
    row = formula_for(year)
    formula = row.value
    before = range(year - formula.years, year)
    missing = tuple(one for one in (*before, year) if one not in known or known[one].own_income <= 0)
    right = left = None
    if all(one not in missing for one in before):
        right = sum((one_year(known[one], formula) for one in before), Fraction(0)) / formula.years
    if year not in missing:
        left = Fraction(burden, known[year].own_income)
    return Relation(year, burden, left, right, missing, formula.years, row.source)


def percent(value: Fraction | None) -> str:
    """A relation as it is written, in hundredths of a percent: 4,25 %; half goes up."""
    if value is None:
        return ""
    hundredths = (abs(value) * 10_000 * 2 + 1) // 2
    sign = "−" if value < 0 and hundredths else ""
    return f"{sign}{hundredths // 100},{hundredths % 100:02d} %"


def is_balanced(figures: Figures, surplus: int = 0) -> bool:
    """Whether current spending stays within current income and what earlier years left. Law: ufp art. 242."""
    return figures.current_spending <= figures.current_income + surplus
