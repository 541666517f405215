"""The plan as limits: what may be committed and paid under each position.

Law: ufp art. 52 ust. 1 pkt 2, art. 46 ust. 1.
"""

from collections import defaultdict
from collections.abc import Mapping

from django.db import connection, transaction

from starostwo.ledger.models import Classification, FiscalYear
from starostwo.ledger.services.posting import call

NAMES = "SELECT c.id, ledger_position(c, %s) FROM ledger_classification c WHERE c.id = ANY (%s)"


@transaction.atomic
def change_limit(
    year: FiscalYear, position: Classification, *, plan_by: int = 0, overcommitted_by: int = 0
) -> None:
    """Change the plan of a position, or the signed leave to commit above it, by an amount in grosze.

    Refused as `AbovePlan` when more is paid already than would be planned.
    """
    [name] = limit_names(year, [position.pk]).values()
    call("SELECT ledger_change_limit(%s, %s, %s, %s)", [year.pk, name, plan_by, overcommitted_by])


@transaction.atomic
def change_limits(year: FiscalYear, plan_by: Mapping[int, int]) -> None:
    """Change the plan of many classifications at once, each limit once and in the order that posting locks.

    Where the plan is kept by groups, a plus and a minus within one group are one change of nothing.
    """
    names = limit_names(year, list(plan_by))
    by_limit: dict[str, int] = defaultdict(int)
    for classification, amount in plan_by.items():
        by_limit[names[classification]] += amount
    for name, amount in sorted(by_limit.items()):
        call("SELECT ledger_change_limit(%s, %s, %s, %s)", [year.pk, name, amount, 0])


def limit_names(year: FiscalYear, classifications: list[int]) -> dict[int, str]:
    """The limit of each classification: its paragraph, or the group where the plan is kept by groups."""
    with connection.cursor() as cursor:
        cursor.execute(NAMES, [year.detail, classifications])
        return dict(cursor.fetchall())
