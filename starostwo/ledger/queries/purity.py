"""Whether the turnovers of 130 are pure, and the vouchers that break them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet, Sum

from starostwo.ledger.models import Balance, Classification, FiscalYear, Line, Voucher
from starostwo.ledger.rules.purity import INCOME, SPENDING, Turn, impure

ORIGIN = "purity"
BOTH = (SPENDING, INCOME)


@dataclass(frozen=True)
class Turnover:
    """Turnovers of 130-1 or 130-2: what was executed, and what stands on the wrong side."""

    account: str
    right: int
    wrong: int

    @property
    def executed(self) -> int:
        """What was really spent or received: refunds taken off."""
        return self.right - self.wrong


def turnovers(year: FiscalYear) -> list[Turnover]:
    """Both accounts with their turnovers of the year."""
    rows = Balance.objects.filter(account__fiscal_year=year, account__number__in=BOTH)
    summed = {
        number: (debit, credit)
        for number, debit, credit in rows.order_by()
        .values_list("account__number")
        .annotate(debits=Sum("debit"), credits=Sum("credit"))
    }
    spent, received = summed.get(SPENDING, (0, 0)), summed.get(INCOME, (0, 0))
    return [Turnover(SPENDING, spent[1], spent[0]), Turnover(INCOME, received[0], received[1])]


BROKEN = """
SELECT DISTINCT key FROM (
    SELECT CASE WHEN v.origin LIKE 'purity:%%' THEN split_part(v.origin, ':', 2)::bigint ELSE v.id END AS key,
        CASE a.number WHEN '130-2' THEN l.debit ELSE l.credit END AS wrong, a.id AS account,
        l.classification_id AS classification
    FROM ledger_line l
    JOIN ledger_account a ON a.id = l.account_id JOIN ledger_voucher v ON v.id = l.voucher_id
    WHERE a.fiscal_year_id = %s AND a.number IN ('130-1', '130-2')
) turns GROUP BY key, account, classification HAVING sum(wrong) <> 0
"""


def breaking(year: FiscalYear) -> QuerySet[Voucher]:
    """The vouchers that leave something on the wrong side, with their technical entries counted in."""
    with connection.cursor() as cursor:
        cursor.execute(BROKEN, [year.pk])
        found = [key for (key,) in cursor.fetchall()]
    return Voucher.objects.filter(fiscal_year=year, pk__in=found).select_related("journal")


def left_by(vouchers: Iterable[Voucher]) -> dict[int, dict[tuple[str, int | None], int]]:
    """By voucher: what each left on the wrong side of which account and classification."""
    ids = {f"{ORIGIN}:{voucher.pk}": voucher.pk for voucher in vouchers}
    lines = Line.objects.filter(account__number__in=BOTH).select_related("voucher", "account")
    turns: dict[int, list[Turn]] = {pk: [] for pk in ids.values()}
    for line in lines.filter(voucher__in=ids.values()) | lines.filter(voucher__origin__in=ids):
        pk = ids.get(line.voucher.origin or "", line.voucher_id)
        turn = Turn(line.account.number, line.classification_id, line.debit, line.credit)
        turns[pk].append(turn)
    return {pk: impure(of_voucher) for pk, of_voucher in turns.items()}


def names_of(classifications: Iterable[int | None]) -> dict[int, str]:
    """The positions as they are written."""
    rows = Classification.objects.filter(pk__in=[pk for pk in classifications if pk])
    return {row.pk: str(row) for row in rows}
