"""Transfers on the statements that the treasury took in: those that name a due are entered under it."""

from datetime import date, datetime, timedelta

from django.db import transaction

from starostwo.intake.rules.reference import found_in
from starostwo.intake.services.settling import NoSuchDue, SameReferenceElse, Transfer, record_transfer
from starostwo.office.api import Actor, Right
from starostwo.treasury import api as treasury

LOOKS_BACK = timedelta(days=60)


class MayNotPull(Exception):
    """The person does not settle fees."""


def pull_transfers(*, actor: Actor, today: date, now: datetime) -> int:
    """Enter what came and names a due by its reference; return how many were new. Twice changes nothing.

    The bank's own number is the reference, so that what was entered by hand from the same statement is known.
    """
    if not actor.may(Right.SETTLE):
        raise MayNotPull
    new = 0
    for credit in treasury.credits_since(today - LOOKS_BACK):
        named = found_in(credit.title)
        if named is None or credit.booked_on > today:
            continue
        transfer = Transfer(credit.amount, credit.booked_on, credit.reference or credit.fingerprint[:16])
        try:
            with transaction.atomic():
                _, is_new = record_transfer(
                    named, transfer, entered_by=actor.audit_name, today=today, now=now
                )
        except (NoSuchDue, SameReferenceElse):
            continue
        new += is_new
    return new
