"""Depreciation for tax beside that of the balance sheet, year by year.

Law: u.p.d.o.p. art. 16h ust. 2 (the method stays to the end), art. 16i ust. 5 (a rate changes from the first
month of a tax year), art. 16f ust. 3 (small values at once); u.o.r. art. 32. From memory, to be checked.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from starostwo.assets.rules.depreciation import Change, Instalment
from starostwo.assets.rules.kinds import AT_ONCE, DECLINING, LINEAR, METHODS, NEVER
from starostwo.assets.rules.methods import MOST_MONTHS, Terms, totals

TAX_METHODS = {one: METHODS[one] for one in (LINEAR, DECLINING, AT_ONCE, NEVER)}


@dataclass(frozen=True)
class Year:
    """What both ways write off in a year, and all at its end."""

    year: int
    balance: int
    balance_total: int
    tax: int
    tax_total: int

    @property
    def difference(self) -> int:
        """How much more the tax writes off in the year."""
        return self.tax - self.balance


class WrongTerms(ValueError):
    """The terms do not follow those before; the field and why, in Polish."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field, self.words = field, words


def check_terms(new: Terms, before: Sequence[Terms]) -> None:
    """Whether terms may follow those that hold."""
    if new.method not in TAX_METHODS:
        raise WrongTerms("method", "Wybierz metodę podatkową z listy.")
    if new.since.day != 1:
        raise WrongTerms("since", "Podaj pierwszy dzień miesiąca.")
    if not before:
        return
    last = max(before, key=lambda one: one.since)
    if new.since <= last.since:
        raise WrongTerms("since", f"Nowa stawka musi zacząć się po {last.since:%d.%m.%Y}.")
    if new.since.month != 1:
        raise WrongTerms("since", "Stawkę podatkową zmienia się od początku roku podatkowego, 1 stycznia.")
    if new.method != last.method:
        raise WrongTerms("method", "Metodę podatkową wybiera się raz, do pełnego zamortyzowania.")


def tax_course(
    changes: Sequence[Change], terms: Sequence[Terms], *, written_off: int
) -> Iterator[Instalment]:
    """The months of the tax: from its first terms on, with what was written off for tax before them."""
    since = min(one.since for one in terms)
    value = sum(one.value for one in changes if one.since <= since)
    later = [one for one in changes if one.since > since]
    return totals([Change(since, value, written_off), *later], terms, shares=True)


def by_year(instalments: Iterable[Instalment], *, until: int, value: int) -> dict[int, tuple[int, int]]:
    """The sum and the total at the end of each year, as far as something is left, and at least to `until`."""
    years: dict[int, tuple[int, int]] = {}
    last = 0
    for count, one in enumerate(instalments):
        is_over = last >= value or count >= MOST_MONTHS
        if is_over and one.month.month == 1 and one.month.year > until:
            break
        amount, _ = years.get(one.month.year, (0, 0))
        years[one.month.year] = (amount + one.amount, one.total)
        last = one.total
    return years


def compared(balance: dict[int, tuple[int, int]], tax: dict[int, tuple[int, int]]) -> list[Year]:
    """Both side by side, for each year in which either writes off; a total goes on when one has ended."""
    found: list[Year] = []
    balance_total = tax_total = 0
    for year in sorted({*balance, *tax}):
        of_balance, balance_total = balance.get(year, (0, balance_total))
        of_tax, tax_total = tax.get(year, (0, tax_total))
        if of_balance or of_tax:
            found.append(Year(year, of_balance, balance_total, of_tax, tax_total))
    return found


def first_month(changes: Sequence[Change]) -> date | None:
    """The month in which the tax may begin: the one in which the balance sheet does."""
    return min((one.since.replace(day=1) for one in changes), default=None)
