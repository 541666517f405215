"""Who may see a due, charge one and settle it; the only place of these rights."""

from django.db.models import Q, QuerySet

from starostwo.intake.models import Due
from starostwo.office.api import Actor, Right
from starostwo.records import api as records

WATCHERS = frozenset({Right.SETTLE, Right.INSPECT})


def own_dues(actor: Actor) -> QuerySet[Due]:
    """The dues of a resident's account."""
    return Due.objects.filter(account_id=actor.account_id)


def visible_dues(actor: Actor) -> QuerySet[Due]:
    """The dues that a member of staff may see: all of them who settles, else with their letter or case."""
    if not actor.rights.isdisjoint(WATCHERS):
        return Due.objects.all()
    with_letter = Q(submission__letter__in=records.visible_letters(actor).values("pk"))
    return Due.objects.filter(with_letter | Q(case__in=records.visible_cases(actor).values("pk")))


def to_settle(actor: Actor) -> QuerySet[Due]:
    """The dues that the person may settle: the finance unit all, nobody else any."""
    return Due.objects.all() if may_settle(actor) else Due.objects.none()


def may_settle(actor: Actor) -> bool:
    """Say if the person enters payments, lets dues go and notes what was given back."""
    return actor.is_staff and actor.may(Right.SETTLE)


def may_charge(actor: Actor, case: object) -> bool:
    """Say if the person may count a fee in the case: he holds it."""
    holder = getattr(case, "holder_id", None)
    return actor.may(Right.HANDLE) and holder in (actor.account_id, *actor.in_place_of)
