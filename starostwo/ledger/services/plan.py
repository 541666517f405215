"""The plan as limits: what may be committed and paid under each position.

Law: ufp art. 52 ust. 1 pkt 2, art. 46 ust. 1.
"""

from django.db import connection, transaction

from starostwo.ledger.models import Classification, FiscalYear
from starostwo.ledger.services.posting import call


@transaction.atomic
def change_limit(
    year: FiscalYear, position: Classification, *, plan_by: int = 0, overcommitted_by: int = 0
) -> None:
    """Change the plan of a position, or the signed leave to commit above it, by an amount in grosze.

    Refused as `AbovePlan` when more is paid already than would be planned.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ledger_position(c, %s) FROM ledger_classification c WHERE c.id = %s",
            [year.detail, position.pk],
        )
        [(name,)] = cursor.fetchall()
    call("SELECT ledger_change_limit(%s, %s, %s, %s)", [year.pk, name, plan_by, overcommitted_by])
