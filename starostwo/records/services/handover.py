"""The work of a person who leaves, given to another of the unit in one step.

Law: rozp. PRM 18.01.2011, annex 1 par. 48 (the head settles the account of who leaves).
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from starostwo.office import api as office
from starostwo.office.api import Actor, Right
from starostwo.records.models import Case, Letter
from starostwo.records.rules.assignment import Target
from starostwo.records.services.assignments import assign
from starostwo.records.services.cases import CannotHandOver, hand_over


@dataclass(frozen=True)
class HandedOver:
    """How much went to the new holder."""

    cases: int
    letters: int


@transaction.atomic
def hand_over_all(
    *, actor: Actor, unit: str, from_id: int, to_id: int, today: date, now: datetime
) -> HandedOver:
    """Give all open cases and assigned letters of a person in a unit to another of it; the head does it."""
    if not actor.may(Right.ASSIGN) or unit not in actor.heads:
        raise CannotHandOver("Pracę osoby, która odchodzi, rozdziela naczelnik komórki.")
    if from_id == to_id or to_id not in {one.id for one in office.people(today, unit)}:
        raise CannotHandOver("Przejąć może tylko inny pracownik tej komórki.")
    cases = list(Case.objects.filter(unit=unit, holder_id=from_id, state=Case.State.OPEN).order_by("pk"))
    for case in cases:
        hand_over(case.pk, actor=actor, holder_id=to_id, today=today, now=now)
    letters = Letter.objects.filter(unit=unit, holder_id=from_id, state=Letter.State.ASSIGNED)
    chosen = list(letters.order_by("pk").values_list("pk", flat=True))
    if chosen:
        assign(chosen, actor=actor, lead=Target(account_id=to_id), today=today, now=now)
    return HandedOver(cases=len(cases), letters=len(chosen))
