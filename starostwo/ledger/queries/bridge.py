"""What units report and transfer by months, what the budget has of it, and what is still to be entered."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from starostwo.ledger.models import Account, Balance, Book, Classification, Counterparty, FiscalYear, Line
from starostwo.ledger.rules.bridge import Figures, difference

ORIGIN = "bridge"
MONTHS = range(1, 13)
PAID, RECEIVED = Account.Control.PAID, Account.Control.RECEIVED
TRANSFERS = "130-0"
ENDING = {Book.Kind.UNIT: ("980", "998"), Book.Kind.BUDGET: ("991", "992")}


@dataclass(frozen=True)
class Missing:
    """A month of a unit that the budget does not have, or has otherwise."""

    unit: FiscalYear
    month: int
    figures: Figures


def units_of(budget: FiscalYear) -> QuerySet[FiscalYear]:
    """The same year of every unit."""
    same = FiscalYear.objects.filter(year=budget.year, book__kind=Book.Kind.UNIT)
    return same.select_related("book").order_by("book__name", "pk")


def missing(budget: FiscalYear, *, until: int) -> list[Missing]:
    """By unit and month to the end of one: what is to be entered into the budget."""
    units = list(units_of(budget))
    reported = _reported(units)
    entered = _entered(budget, units)
    found = []
    for unit in units:
        for month in MONTHS:
            if month <= until:
                rest = difference(reported[unit.pk, month], entered[unit.pk, month])
                found += [] if rest.is_nothing else [Missing(unit, month, rest)]
    return found


class _Sums:
    """Figures that are still being added up."""

    def __init__(self) -> None:
        self.income: dict[int, int] = defaultdict(int)
        self.spending: dict[int, int] = defaultdict(int)
        self.given = 0
        self.passed = 0

    def figures(self) -> Figures:
        return Figures(dict(self.income), dict(self.spending), self.given, self.passed)


def _reported(units: Iterable[FiscalYear]) -> defaultdict[tuple[int, int], Figures]:
    """Rb-27S, Rb-28S and transfers of each unit and month, by the turnovers of 130."""
    rows = Balance.objects.filter(account__fiscal_year__in=units, month__in=MONTHS)
    rows = rows.filter(Q(account__control__in=[PAID, RECEIVED]) | Q(account__number=TRANSFERS))
    summed = rows.values_list("account__fiscal_year", "month", "account__control", "classification").annotate(
        debits=Sum("debit"), credits=Sum("credit")
    )
    sums: dict[tuple[int, int], _Sums] = defaultdict(_Sums)
    for unit, month, control, classification, debit, credit in summed.order_by():
        at = sums[unit, month]
        if control == RECEIVED:
            at.income[classification] += debit
        elif control == PAID:
            at.spending[classification] += credit
        else:
            at.given += debit
            at.passed += credit
    return _figures(sums)


def _entered(budget: FiscalYear, units: list[FiscalYear]) -> defaultdict[tuple[int, int], Figures]:
    """What the budget has of each unit and month: entered here before, or transfers from its statements."""
    by_party = {party.pk: unit for unit in units if (party := counterparty_of(unit.book))}
    lines = Line.objects.filter(
        voucher__fiscal_year=budget, counterparty__in=by_party, account__number__in=["222", "223"]
    ).values_list("counterparty", "voucher__origin", "voucher__month", "account__number", "classification")
    sums: dict[tuple[int, int], _Sums] = defaultdict(_Sums)
    for party, origin, month, number, classification, debit, credit in lines.annotate(
        debits=Sum("debit"), credits=Sum("credit")
    ).order_by():
        unit = by_party[party]
        at = sums[unit.pk, month_in(origin, month)]
        if number == "222":
            at.passed += credit
            at.income[classification or 0] += debit
        else:
            at.given += debit
            at.spending[classification or 0] += credit
    return _figures(sums)


def _figures(sums: dict[tuple[int, int], _Sums]) -> defaultdict[tuple[int, int], Figures]:
    made: defaultdict[tuple[int, int], Figures] = defaultdict(Figures)
    made.update({key: at.figures() for key, at in sums.items()})
    return made


def of_state(year: int) -> set[int]:
    """The classifications of a year that mark income of the State Treasury."""
    return set(Classification.objects.filter(year=year, funding="SP").values_list("pk", flat=True))


def month_in(origin: str | None, month: int) -> int:
    """The month that a voucher of the bridge is about, wherever it was entered."""
    parts = (origin or "").split(":")
    return int(parts[2]) if parts[0] == ORIGIN else month


def counterparty_of(book: Book) -> Counterparty | None:
    """The unit as the budget's counterparty, known by its REGON or, without one, by its name."""
    known = Q(regon=book.regon) if book.regon else Q(name=book.name)
    return Counterparty.objects.filter(known, nip="", pesel="").order_by("pk").first()


def planned(year: FiscalYear) -> list[tuple[str, int | None, int]]:
    """What still stands on the accounts of plan and commitment: account, position, net debit."""
    rows = Balance.objects.filter(
        account__fiscal_year=year, account__number__in=ENDING[Book.Kind(year.book.kind)]
    )
    summed = (
        rows.order_by("account__number", "classification")
        .values_list("account__number", "classification")
        .annotate(net=Sum("debit") - Sum("credit"))
    )
    return [(number, classification, net) for number, classification, net in summed if net]


def executed(unit: FiscalYear) -> tuple[int, int]:
    """Income and spending of a unit in the whole year."""
    rows = Balance.objects.filter(account__fiscal_year=unit, month__in=MONTHS)
    income = rows.filter(account__control=RECEIVED).aggregate(total=Sum("debit"))["total"]
    spending = rows.filter(account__control=PAID).aggregate(total=Sum("credit"))["total"]
    return income or 0, spending or 0


def closed(unit: FiscalYear) -> tuple[int, int]:
    """What the end of the year has entered of it already: Ma 222 and Wn 223 against 800."""
    lines = Line.objects.filter(voucher__fiscal_year=unit, voucher__origin__startswith=f"{ORIGIN}-year:")
    income = lines.filter(account__number="222").aggregate(total=Sum("credit"))["total"]
    spending = lines.filter(account__number="223").aggregate(total=Sum("debit"))["total"]
    return income or 0, spending or 0
