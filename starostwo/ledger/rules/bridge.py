"""From the books of a unit to the books of the budget: what reports and transfers of a month enter there.

Law: rozp. MRiF 13.09.2017 zał. 2 (222/901 and 902/223 by the unit's reports, 223/133 and 133/222 by
transfers), zał. 3 (800/222 and 223/800 at the end of the year). From memory.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figures:
    """A month of a unit in grosze: income and spending by classification, money given and passed on."""

    income: Mapping[int, int] = field(default_factory=dict)
    spending: Mapping[int, int] = field(default_factory=dict)
    given: int = 0
    passed: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to enter."""
        return not (any(self.income.values()) or any(self.spending.values()) or self.given or self.passed)

    @property
    def income_total(self) -> int:
        """Income of all positions."""
        return sum(self.income.values())

    @property
    def spending_total(self) -> int:
        """Spending of all positions."""
        return sum(self.spending.values())


@dataclass(frozen=True)
class Side:
    """One entry to be: account, side, classification; `of_unit` names the unit as counterparty."""

    account: str
    debit: int = 0
    credit: int = 0
    classification: int | None = None
    of_unit: bool = True


def difference(there: Figures, entered: Figures) -> Figures:
    """What is still to be entered; a correction of the unit is a difference, also a negative one."""
    return Figures(
        income=_less(there.income, entered.income),
        spending=_less(there.spending, entered.spending),
        given=there.given - entered.given,
        passed=there.passed - entered.passed,
    )


def _less(there: Mapping[int, int], entered: Mapping[int, int]) -> dict[int, int]:
    keys = sorted(set(there) | set(entered))
    return {key: rest for key in keys if (rest := there.get(key, 0) - entered.get(key, 0))}


def report_sides(figures: Figures, of_state: Collection[int] = ()) -> list[Side]:
    """Rb-27S and Rb-28S of the unit in the budget: 222/901 and 902/223.

    Income of the State Treasury is owed to its budget instead: 222/224.
    """
    sides = []
    for classification, amount in figures.income.items():
        against = "224" if classification in of_state else "901"
        sides.append(Side("222", debit=amount, classification=classification))
        sides.append(Side(against, credit=amount, classification=classification))
    for classification, amount in figures.spending.items():
        sides.append(Side("902", debit=amount, classification=classification))
        sides.append(Side("223", credit=amount, classification=classification))
    return sides


def money_sides(figures: Figures) -> list[Side]:
    """Transfers in the budget: 223/133 for money given to the unit, 133/222 for income that it passed on."""
    sides = []
    if figures.given:
        sides += [Side("223", debit=figures.given), Side("133", credit=figures.given)]
    if figures.passed:
        sides += [Side("133", debit=figures.passed), Side("222", credit=figures.passed)]
    return sides


def closing_sides(income: int, spending: int) -> list[Side]:
    """The end of the year in the unit: 800/222 for income, 223/800 for spending."""
    sides = []
    if income:
        sides += [Side("800", debit=income, of_unit=False), Side("222", credit=income, of_unit=False)]
    if spending:
        sides += [Side("223", debit=spending, of_unit=False), Side("800", credit=spending, of_unit=False)]
    return sides


def ending_sides(standing: Iterable[tuple[str, int | None, int]]) -> list[Side]:
    """The end of plan and commitment of a year: each balance leaves by the other side of its account.

    What is left of the plan expires, and so does what was committed and not paid (980, 998; 991, 992).
    """
    return [
        Side(account, debit=max(-net, 0), credit=max(net, 0), classification=row, of_unit=False)
        for account, row, net in standing
    ]


def by_sign(sides: Iterable[Side]) -> list[list[Side]]:
    """The sides parted into what is added and what is taken back, for no voucher mixes the two."""
    all_of_them = list(sides)
    added = [side for side in all_of_them if side.debit + side.credit > 0]
    taken_back = [side for side in all_of_them if side.debit + side.credit < 0]
    return [group for group in (added, taken_back) if group]
