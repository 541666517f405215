"""Money that came, money that went back, and what nobody has to pay. Each verb locks the due first."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.intake import payment_access
from starostwo.intake.models import Attempt, Due, GivenBack, Payment
from starostwo.intake.rules.payment_states import Lifted, Said, state_of
from starostwo.office.api import Actor


@dataclass(frozen=True)
class Transfer:
    """One credit on the bank's statement, or a payment at the cash desk."""

    amount: int
    received_on: date
    bank_reference: str
    way: str = Payment.Way.TRANSFER


class NoSuchDue(Exception):
    """There is no such due for this person."""


class SameReferenceElse(Exception):
    """The bank's reference was entered before, for another due or another amount."""


class NotAnAmount(Exception):
    """An amount is more than nothing, and no more goes back than is too much."""


class NotYetHappened(Exception):
    """Money is entered when it has come; the day lies ahead."""


def settle(due: Due, *changed: str, ends_tries_at: datetime | None = None) -> None:
    """Write the changed columns with the state that the sums make; the caller holds the lock."""
    tries = Attempt.objects.filter(due=due, state=Said.BEGUN)
    if ends_tries_at is not None:
        tries.update(state=Said.CANCELLED, ended_at=ends_tries_at)
    due.state = state_of(replace(due.sums, is_under_way=tries.exists()))
    due.save(update_fields=sorted({*changed, "state"}))


@transaction.atomic
def record_transfer(
    reference: str, transfer: Transfer, *, entered_by: str, today: date, now: datetime
) -> tuple[Payment, bool]:
    """Enter a transfer under the due that its title names; the bank's reference makes it happen once.

    Return the payment and whether it is new. The same reference with the same due and amount is the same
    transfer, so that a statement may be read twice.
    """
    due = Due.objects.select_for_update().filter(reference=reference).first()
    if due is None:
        raise NoSuchDue(reference)
    if transfer.amount <= 0:
        raise NotAnAmount(transfer.amount)
    if transfer.received_on > today:
        raise NotYetHappened(transfer.received_on)
    number = transfer.bank_reference.strip()
    known = Payment.objects.filter(way=transfer.way, reference=number).first()
    if known is not None:
        if (known.due_id, known.amount) != (due.pk, transfer.amount):
            raise SameReferenceElse(number)
        return known, False
    payment = Payment(
        due=due,
        way=transfer.way,
        amount=transfer.amount,
        received_on=transfer.received_on,
        reference=number,
        entered_by=entered_by,
        entered_at=now,
    )
    take(payment, now=now)
    return payment, True


def take(payment: Payment, *, now: datetime) -> None:
    """Add the money to its due, which the caller has locked."""
    due = payment.due
    payment.save(force_insert=True)
    due.received += payment.amount
    settle(due, "received")
    _note(due, "pay", payment.entered_by, now, amount=payment.amount, way=payment.way)


@transaction.atomic
def enter_by_hand(due_id: UUID, transfer: Transfer, *, actor: Actor, today: date, now: datetime) -> Payment:
    """A clerk enters what he reads on the statement; a transfer that stands there already is named so."""
    due = payment_access.to_settle(actor).filter(pk=due_id).first()
    if due is None:
        raise NoSuchDue(str(due_id))
    payment, is_new = record_transfer(
        due.reference, transfer, entered_by=actor.audit_name, today=today, now=now
    )
    if not is_new:
        raise SameReferenceElse(transfer.bank_reference)
    return payment


class ReasonIsMissing(Exception):
    """Whoever lets a due go says why."""


class NothingToWaive(Exception):
    """The due was let go before or was withdrawn."""


@transaction.atomic
def waive(due_id: UUID, *, actor: Actor, reason: str, now: datetime) -> Due:
    """Let the due go: the payer is exempt. What was paid already is to be given back."""
    due = _locked(due_id, actor)
    if not reason.strip():
        raise ReasonIsMissing
    if due.lifted:
        raise NothingToWaive(str(due_id))
    due.lifted, due.lifted_reason = Lifted.WAIVED, reason.strip()[:500]
    due.lifted_at, due.lifted_by_id = now, actor.account_id
    settle(due, "lifted", "lifted_reason", "lifted_at", "lifted_by", ends_tries_at=now)
    _note(due, "waive", actor.audit_name, now, reason=due.lifted_reason)
    return due


@transaction.atomic
def give_back(
    due_id: UUID,
    *,
    actor: Actor,
    amount: int,
    given_on: date,
    reference: str,
    reason: str,
    today: date,
    now: datetime,
) -> Due:
    """Note that a surplus went back to the payer, under the reference of the transfer."""
    due = _locked(due_id, actor)
    if not 0 < amount <= due.sums.surplus:
        raise NotAnAmount(amount)
    if given_on > today:
        raise NotYetHappened(given_on)
    if not reason.strip():
        raise ReasonIsMissing
    if GivenBack.objects.filter(reference=reference.strip()).exists():
        raise SameReferenceElse(reference)
    GivenBack.objects.create(
        due=due,
        amount=amount,
        given_on=given_on,
        reference=reference.strip(),
        reason=reason.strip()[:500],
        entered_by=actor.audit_name,
        entered_at=now,
    )
    due.given_back += amount
    settle(due, "given_back")
    _note(due, "give_back", actor.audit_name, now, amount=amount)
    return due


@transaction.atomic
def declare(due_id: UUID, *, actor: Actor, today: date, now: datetime) -> Due:
    """The payer says that he has made the transfer; the office goes on and waits for the statement."""
    due = payment_access.own_dues(actor).select_for_update(of=("self",)).filter(pk=due_id).first()
    if due is None:
        raise NoSuchDue(str(due_id))
    if due.state in Due.OPEN and due.declared_on is None:
        due.declared_on = today
        due.save(update_fields=["declared_on"])
        _note(due, "declare_transfer", actor.audit_name, now)
    return due


def _locked(due_id: UUID, actor: Actor) -> Due:
    found = payment_access.to_settle(actor).select_for_update(of=("self",)).filter(pk=due_id).first()
    if found is None:
        raise NoSuchDue(str(due_id))
    return found


def _note(due: Due, verb: str, actor: str, now: datetime, **more: object) -> None:
    payload = {"state": due.state, "received": due.received, "given_back": due.given_back, **more}
    audit.record(actor=actor, verb=verb, thing=str(due), payload=payload, at=now)
