"""Telling a resident that there is something to pay: when it is new, before its term, and after it.

A notice names no sum and no matter. What is paid, declared as transferred, under way at the operator or let
go is not told of. The row of a notice stands in the transaction that sends it; a constraint keeps it single.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from starostwo.audit import api as audit
from starostwo.intake.models import Due, DueNotice
from starostwo.intake.rules.payment_states import State
from starostwo.intake.rules.payment_terms import BEFORE, TOO_LATE, Told, pay_by, to_tell
from starostwo.office import api as office
from starostwo.records import api as records

WORDS = {
    Told.NEW: (
        gettext_lazy("Nowa opłata na Twoim koncie w urzędzie"),
        gettext_lazy("Na Twoim koncie w urzędzie jest nowa opłata."),
    ),
    Told.BEFORE: (
        gettext_lazy("Zbliża się termin opłaty w urzędzie"),
        gettext_lazy("Za kilka dni mija termin opłaty w urzędzie."),
    ),
    Told.AFTER: (
        gettext_lazy("Minął termin opłaty w urzędzie"),
        gettext_lazy("Minął termin opłaty w urzędzie, a nie widzimy wpłaty."),
    ),
}


def ask_to_pay(due: Due, *, now: datetime) -> None:
    """Set the term of a due that was asked for, and tell its payer; the caller holds the lock."""
    if due.pay_by is None:
        due.pay_by = pay_by(localdate(now))
        due.save(update_fields=["pay_by"])
    if _waits(due):
        _tell(due, Told.NEW, now)


def remind_of_dues(*, today: date, now: datetime) -> int:
    """Tell the payers whose terms are near or have passed; return how many dues were told of."""
    near = Due.objects.filter(
        state=State.DUE, declared_on=None, account__isnull=False,
        pay_by__gte=today - TOO_LATE, pay_by__lte=today + BEFORE,
    )  # fmt: skip
    keys = list(near.order_by("pay_by", "id").values_list("pk", flat=True))
    return sum(_reminded(key, today, now) for key in keys)


def _reminded(key: UUID, today: date, now: datetime) -> bool:
    """Tell of one due in a transaction of its own, unless that was done meanwhile."""
    with transaction.atomic():
        due = Due.objects.select_for_update(of=("self",)).get(pk=key)
        told = set(due.notices.values_list("kind", flat=True))
        wanted = to_tell(due.pay_by, today=today, told=told) if due.pay_by and _waits(due) else None
        return wanted is not None and _tell(due, wanted, now)


def _waits(due: Due) -> bool:
    """Whether the office waits for its payer and for nothing else."""
    return due.account_id is not None and due.state == State.DUE and due.declared_on is None


def _tell(due: Due, what: Told, now: datetime) -> bool:
    if due.account_id is None or due.notices.filter(kind=what).exists():
        return False
    reached = records.residents.tell_account(due.account_id, office.residents.Event.PAYMENT, *WORDS[what])
    DueNotice.objects.create(due=due, kind=what, told_at=now, was_reached=reached)
    if reached:
        label = str(DueNotice.Kind(what).label)
        audit.record(actor="system", verb="tell", thing=str(due), payload={"why": label}, at=now)
    return True
