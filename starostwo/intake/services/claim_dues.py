"""Claims of the books that a resident pays through his account, and what was paid entered into the books."""

from datetime import date, datetime, timedelta

from django.db import transaction

from starostwo.intake.models import Due, Payment
from starostwo.intake.rules.reference import shown
from starostwo.intake.services.charging import Line, Payer, charge_for_claim
from starostwo.office.api import Actor, Right
from starostwo.treasury import api as treasury

LOOKS_BACK = timedelta(days=90)
OwnClaim = treasury.resident_claims.OwnClaim
WAYS_TO_ENTER = (Payment.Way.GATEWAY, Payment.Way.DESK)  # transfers stand on statements


class NoSuchClaim(Exception):
    """There is no such open claim of this person."""


def own_claims(pesel: str, today: date) -> list[OwnClaim]:
    """What the person with this proven PESEL owes by the books."""
    return treasury.resident_claims.those_of(pesel, today)


@transaction.atomic
def ask_for(claim_id: int, *, pesel: str, actor: Actor, today: date, now: datetime) -> Due:
    """A due for an own claim with interest to today; one that is open already is counted anew."""
    found = next((one for one in own_claims(pesel, today) if one.id == claim_id), None)
    if found is None:
        raise NoSuchClaim(claim_id)
    lines = [Line("należność główna", found.left, found.basis)]
    if found.interest:
        lines.append(Line(f"odsetki na dzień {today:%d.%m.%Y}", found.interest, "stawki z pamięci"))
    return charge_for_claim(
        claim_id, lines, title=f"{found.number} {found.text}"[:500],
        payer=Payer(actor.account_id, actor.name), today=today, now=now,
    )  # fmt: skip


class MayNotEnter(Exception):
    """The person does not keep the books."""


def enter_payments(*, actor: Actor, today: date, now: datetime) -> int:
    """Enter into the books what came for claims through the operator; each payment once. Return how many."""
    if not actor.may(Right.KEEP_BOOKS):
        raise MayNotEnter
    rows = Payment.objects.filter(
        due__claim__isnull=False, way__in=WAYS_TO_ENTER, received_on__gte=today - LOOKS_BACK
    )
    new = 0
    for payment in rows.select_related("due").order_by("id"):
        text = f"Wpłata {shown(payment.due.reference)}, {payment.get_way_display()}"
        new += treasury.resident_claims.receive(
            payment.due.claim_id or 0, payment.amount, received_on=payment.received_on,
            origin=str(payment), text=text, actor=actor, now=now,
        )  # fmt: skip
    return new
