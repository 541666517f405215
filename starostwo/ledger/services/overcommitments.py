"""Leave to commit above the plan: the treasurer says how much, under which position and why; it is kept.

Law: ufp art. 46 ust. 1, u.o.n.d.f.p. art. 15 (from memory).
"""

from datetime import datetime

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.ledger import access
from starostwo.ledger.models import Classification, FiscalYear, Overcommitment
from starostwo.ledger.rules.classification import Position
from starostwo.ledger.services.dictionaries import classify
from starostwo.ledger.services.plan import change_limit
from starostwo.office.api import Actor


class MayNotAllow(Exception):
    """Only the treasurer lets commitments exceed the plan."""


class NoReason(Exception):
    """Leave needs an amount above zero and a reason."""


@transaction.atomic
def allow_above_plan(
    year: FiscalYear, position: Position, *, amount: int, reason: str, actor: Actor, now: datetime
) -> Overcommitment:
    """Let commitments under a position exceed the plan by an amount in grosze."""
    if not access.may_change_plan(actor):
        raise MayNotAllow
    why = " ".join(reason.split())
    if amount <= 0 or not why:
        raise NoReason
    classification = classify(position, year=year.year, kind=Classification.Kind.SPENDING)
    change_limit(year, classification, overcommitted_by=amount)
    made = Overcommitment.objects.create(
        fiscal_year=year, classification=classification, overcommitted_by=amount, reason=why[:500],
        signed_at=now, signed_by=actor.audit_name, signed_by_name=actor.name,
    )  # fmt: skip
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb="allow", thing=f"ledger.overcommitment:{made.pk}",
        payload={"book": year.book.code, "year": year.year, "position": str(position), "amount": amount,
                 "reason": why}, at=now,
    )  # fmt: skip
    return made
