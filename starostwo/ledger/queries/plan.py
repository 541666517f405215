"""What is left of the plan under positions of the classification."""

from collections.abc import Iterable

from django.db import connection

from starostwo.ledger.models import FiscalYear

LEFT = """
SELECT c.id, coalesce(t.plan - t.paid, 0), coalesce(t.plan + t.overcommitted - t.committed, 0)
FROM ledger_classification c
LEFT JOIN ledger_limit t ON t.fiscal_year_id = %s AND t.position = ledger_position(c, %s)
WHERE c.id = ANY (%s)
"""


def left_under(year: FiscalYear, classifications: Iterable[int]) -> dict[int, tuple[int, int]]:
    """By classification: grosze that may still be paid, and that may still be committed."""
    with connection.cursor() as cursor:
        cursor.execute(LEFT, [year.pk, year.detail, list(classifications)])
        return {row[0]: (int(row[1]), int(row[2])) for row in cursor.fetchall()}
