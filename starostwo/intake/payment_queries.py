"""Reading dues: the resident's own, those of an application or a case, and the lists of the finance unit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from starostwo.intake import payment_access as access
from starostwo.intake.models import Attempt, BankAccount, Due, DueLine, GivenBack, Payment
from starostwo.intake.rules.payment_states import Said, State
from starostwo.office.api import Actor
from starostwo.records import api as records

OLDEST = ("charged_at", "id")
NEWEST = ("-charged_at", "-id")
IN_DOUBT = "IN_DOUBT"


@dataclass(frozen=True)
class DueView:
    """A due with all that belongs to it."""

    due: Due
    lines: Sequence[DueLine]
    account: BankAccount | None
    attempts: Sequence[Attempt]
    payments: Sequence[Payment]
    returns: Sequence[GivenBack]

    @property
    def missing(self) -> int:
        """What is still to be paid."""
        return self.due.sums.missing

    @property
    def surplus(self) -> int:
        """What is to be given back."""
        return self.due.sums.surplus

    @property
    def is_open(self) -> bool:
        """Whether the resident is asked to pay."""
        return self.due.state in Due.OPEN

    @property
    def is_from_memory(self) -> bool:
        """Whether nobody has read the act behind one of the lines."""
        return not all(line.verified for line in self.lines)

    @property
    def under_way(self) -> Attempt | None:
        """The try of which nothing final was heard."""
        return next((each for each in self.attempts if each.state == Said.BEGUN), None)

    @property
    def doubt(self) -> str:
        """What the gateway said that does not fit."""
        return next((each.doubt for each in self.attempts if each.doubt), "")


def account_of(kind: str, *, on: date) -> BankAccount | None:
    """Where money of the kind goes on the day; None where the office has not said."""
    rows = BankAccount.objects.filter(kind=kind, valid_from__lte=on)
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=on)).first()


def all_accounts() -> list[BankAccount]:
    """Every account that was or will be used, by kind and time."""
    return list(BankAccount.objects.order_by("kind", "valid_from"))


def due_of_resident(due_id: UUID, *, actor: Actor, on: date) -> DueView | None:
    """One due of the resident; None also when it is somebody else's."""
    return _view(access.own_dues(actor).select_related("submission__letter", "case").filter(pk=due_id), on)


def due_of_staff(due_id: UUID, *, actor: Actor, on: date) -> DueView | None:
    """One due that the member of staff may see."""
    seen = access.visible_dues(actor).select_related("submission__letter__case", "case", "lifted_by")
    return _view(seen.filter(pk=due_id), on)


def dues_of_resident(actor: Actor) -> list[Due]:
    """All dues of the account, what is to be paid first, then the newest."""
    rows = (
        access.own_dues(actor).exclude(state=State.WITHDRAWN).exclude(_waits_as_a_claim()).order_by(*NEWEST)
    )
    return sorted(rows, key=lambda due: due.state not in Due.OPEN)


def open_dues_of(actor: Actor) -> list[Due]:
    """What the resident is asked to pay now."""
    return list(access.own_dues(actor).filter(state__in=Due.OPEN, claim=None).order_by(*OLDEST))


def _waits_as_a_claim() -> Q:
    """What is asked for a claim stands among the claims until somebody begins to pay it."""
    return Q(claim__isnull=False, state=State.DUE, received=0, declared_on=None)


def dues_of_application(application: UUID, *, actor: Actor) -> list[Due]:
    """What an application of this resident owes or owed, sent or not."""
    rows = access.own_dues(actor).filter(application=application).exclude(state=State.WITHDRAWN)
    return list(rows.order_by("kind"))


def dues_of_submission(submission_id: UUID, *, actor: Actor) -> list[Due]:
    """What a sent application of this resident owes or owed."""
    rows = access.own_dues(actor).filter(submission=submission_id).exclude(state=State.WITHDRAWN)
    return list(rows.order_by("kind"))


def dues_of_case(mark: str, letters: Collection[int], *, actor: Actor) -> list[Due]:
    """What this resident owes in a case: for its applications, and what was charged in it."""
    belongs = Q(submission__letter__in=letters)
    if mark:
        belongs |= Q(case__mark=mark)
    return list(access.own_dues(actor).filter(belongs).exclude(state=State.WITHDRAWN).order_by(*OLDEST))


def dues_in_case(case_id: int, *, actor: Actor) -> list[Due]:
    """The dues of a case for a member of staff who sees it."""
    belongs = Q(case=case_id) | Q(submission__letter__case=case_id)
    return list(access.visible_dues(actor).filter(belongs).order_by(*OLDEST))


def letters_of_case(case_id: int, *, actor: Actor) -> list[Any]:
    """The letters of a case from whose senders a payer is picked."""
    return list(records.visible_letters(actor).filter(case=case_id).order_by("registered_at", "id"))


def listed(actor: Actor, *, state: str, words: str) -> QuerySet[Due]:
    """The dues in a state, cut down by reference, payer or title; the caller takes a page."""
    rows = access.visible_dues(actor).select_related("submission__letter__case", "case")
    rows = rows.annotate(in_doubt=Exists(Attempt.objects.filter(due=OuterRef("pk")).exclude(doubt="")))
    if state == IN_DOUBT:
        rows = rows.filter(in_doubt=True)
    elif state in Due.State.values:
        rows = rows.filter(state=state)
    if words:
        reference = "".join(words.upper().split())
        rows = rows.filter(
            Q(reference__startswith=reference) | Q(payer__icontains=words) | Q(title__icontains=words)
        )
    return rows


def _view(rows: QuerySet[Due], on: date) -> DueView | None:
    due = rows.first()
    if due is None:
        return None
    return DueView(
        due=due,
        lines=list(due.lines.order_by("position")),
        account=account_of(due.kind, on=on),
        attempts=list(due.attempts.order_by("begun_at", "id")),
        payments=list(due.payments.order_by("entered_at", "id")),
        returns=list(due.returns.order_by("entered_at", "id")),
    )
