"""Who may see a submission and settle a quarantined one; the only place of these rights."""

from django.db.models import Q, QuerySet

from starostwo.intake.models import Submission
from starostwo.office.api import Actor, Right
from starostwo.records import api as records

WATCHERS = frozenset({Right.REGISTER, Right.COORDINATE})


def visible_submissions(actor: Actor) -> QuerySet[Submission]:
    """The submissions that the person may see: with its letter, else the mail desk and who watches it."""
    with_letter = Q(letter__in=records.visible_letters(actor).values("pk"))
    if actor.rights.isdisjoint(WATCHERS):
        return Submission.objects.filter(with_letter)
    return Submission.objects.filter(with_letter | Q(letter=None))


def may_settle(actor: Actor) -> bool:
    """Say if the person may release a submission from quarantine or refuse it."""
    return actor.may(Right.REGISTER)


def own_submissions(account_id: int) -> QuerySet[Submission]:
    """The submissions of a resident's account."""
    return Submission.objects.filter(account_id=account_id)
