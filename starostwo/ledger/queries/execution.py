"""Plan, commitment and execution by position of the classification, and summed by division."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from starostwo.ledger.models import Book, DictionaryEntry, FiscalYear, Limit
from starostwo.ledger.rules.chart import Measured


@dataclass(frozen=True)
class Row:
    """One position: what was planned, bound and done, and what is left."""

    position: str
    is_spending: bool
    plan: int
    committed: int
    overcommitted: int
    paid: int

    @property
    def paragraph(self) -> str:
        """The paragraph, or the group where the plan is kept by groups."""
        return self.position.rsplit(".", 1)[-1]

    @property
    def left(self) -> int:
        """What may still be paid, or is still to come in."""
        return self.plan - self.paid

    @property
    def free(self) -> int:
        """What may still be committed, with signed leave above the plan."""
        return self.plan + self.overcommitted - self.committed


def limits(year: FiscalYear, kind: str) -> QuerySet[Limit]:
    """The limits of a year: of income (D) or of spending (W)."""
    return Limit.objects.filter(fiscal_year=year, position__startswith=f"{kind}.")


def rows_of(year: FiscalYear, found: list[Limit]) -> list[Row]:
    """The limits as rows; in the budget execution is what its units reported."""
    reported = _reported(year) if year.book.kind == Book.Kind.BUDGET else {}
    return [
        Row(
            limit.position[2:], limit.position.startswith("W"), limit.plan, limit.committed,
            limit.overcommitted, reported.get(limit.position, limit.paid),
        )
        for limit in found
    ]  # fmt: skip


REPORTED = """
SELECT ledger_position(c, %s), sum(CASE a.number WHEN '901' THEN b.credit ELSE b.debit END)
FROM ledger_balance b JOIN ledger_account a ON a.id = b.account_id AND a.number IN ('901', '902')
JOIN ledger_classification c ON c.id = b.classification_id
WHERE a.fiscal_year_id = %s AND b.month BETWEEN 1 AND 12 GROUP BY 1
"""


def _reported(year: FiscalYear) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(REPORTED, [year.detail, year.pk])
        return {position: int(amount) for position, amount in cursor.fetchall()}


def by_division(year: FiscalYear, kind: str) -> list[Measured]:
    """Sums of every division, in their order, each with its name."""
    sums: dict[str, list[int]] = {}
    for row in rows_of(year, list(limits(year, kind).order_by("position"))):
        division = sums.setdefault(row.position.split(".")[0], [0, 0, 0])
        for place, amount in enumerate((row.plan, row.committed, row.paid)):
            division[place] += amount
    names = dict(
        DictionaryEntry.objects.filter(kind=DictionaryEntry.Kind.DIVISION, symbol__in=sums).values_list(
            "symbol", "name"
        )
    )
    return [Measured(f"{symbol} {names.get(symbol, '')}", *sums[symbol]) for symbol in sums]
