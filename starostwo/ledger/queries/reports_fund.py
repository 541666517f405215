"""Changes in the fund: the lines of the vouchers of a year that enter 800.

Law: rozp. MRiF 13.09.2017 zał. 11; from memory.
"""

from django.db import connection

from starostwo.ledger.models import FiscalYear
from starostwo.ledger.rules.fund import Change, FundLine, changes

LINES = """
SELECT l.id, l.voucher_id, v.correction = 'RED', a.number, (l.debit - l.credit)::bigint
FROM ledger_line l JOIN ledger_voucher v ON v.id = l.voucher_id
JOIN ledger_account a ON a.id = l.account_id AND a.kind = 'BALANCE'
WHERE l.voucher_id IN (
    SELECT m.voucher_id FROM ledger_line m
    JOIN ledger_account b ON b.id = m.account_id AND b.fiscal_year_id = %s AND b.number LIKE '800%%'
) AND v.month BETWEEN 1 AND %s
ORDER BY l.voucher_id, l.position
"""


def fund_of(year: FiscalYear, month: int) -> list[Change]:
    """What changed in the fund after the opening, to the end of a month (13 is the closing)."""
    with connection.cursor() as cursor:
        cursor.execute(LINES, [year.pk, month])
        return list(changes(FundLine(*row) for row in cursor.fetchall()))
