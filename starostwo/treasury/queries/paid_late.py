"""Claims that were paid after their term and are closed: the interest that nobody has asked for yet.

Law: k.c. art. 481 par. 1 (interest for the time of delay, also after the principal was paid), from memory.
"""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.db.models import Sum

from starostwo.ledger.api import settlements
from starostwo.treasury.models import BankOperation, Claim
from starostwo.treasury.queries.claims import RATES_BEGIN, terms_of
from starostwo.treasury.rules.claim_interest import borne

LOOKS_BACK = timedelta(days=365)


def paid_late(book: Any, claims: Any, today: date) -> list[tuple[Claim, int]]:
    """Closed claims among these that were paid late in the last year, with the interest not taken.

    What a transfer brought above the principal was interest, taken when its statement was posted.
    """
    paid: dict[int, list[tuple[date, int]]] = defaultdict(list)
    wanted = claims.values("settlement")
    for settlement, day, amount in settlements.late_payments(wanted, since=today - LOOKS_BACK):
        paid[settlement].append((day, amount))
    if not paid:
        return []
    rows = claims.filter(settlement__in=list(paid)).select_related(
        "classification", "settlement__counterparty"
    )
    taken = _taken(list(paid))
    found = []
    for claim in rows:
        terms = terms_of(claim.settlement, claim)
        if terms.begins_on < RATES_BEGIN:
            continue
        due = sum(borne(terms, amount, day) for day, amount in paid[claim.settlement_id])
        found.append((claim, due - taken.get(claim.settlement_id, 0)))
    return [(claim, left) for claim, left in found if left > 0]


def _taken(settlement_ids: list[int]) -> dict[int, int]:
    """What transfers brought above what they paid of the principal."""
    came = BankOperation.objects.filter(
        settlement__in=settlement_ids, amount__gt=0, statement__voucher_id__isnull=False
    )
    brought = dict(
        came.values("settlement").annotate(sum=Sum("amount")).values_list("settlement", "sum").order_by()
    )
    credited = settlements.credited_by(settlement_ids, kind="WB")
    return {one: max(0, amount - credited.get(one, 0)) for one, amount in brought.items()}
