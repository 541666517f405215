"""Verbs of the table of fees: a new rate from a day on, a new line, the end of one, when one pays.

What held on past days is never changed: a rate begins tomorrow at the earliest, and so does an end.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from starostwo.audit import api as audit
from starostwo.office.api import Actor
from starostwo.procedures.access import may_build
from starostwo.procedures.models import Fee, PaymentTime, ServiceCard
from starostwo.procedures.queries import thing_of


@dataclass(frozen=True)
class Rate:
    """What is charged from a day on: an amount, or words where the law gives a range; by which provision."""

    label: str
    amount: int | None
    source: str
    valid_from: date
    text: str = ""
    verified: bool = False
    goes_to: str = Fee.GoesTo.COUNTY
    by_office: bool = False


class NotYours(Exception):
    """Only who keeps the cards may do this."""


class NoSuchLine(Exception):
    """There is no such card or line of fees."""


class DayHasBegun(Exception):
    """Today and the past stay as they were; a change holds from tomorrow at the earliest."""


class DayIsTaken(Exception):
    """A rate of this line begins on that very day already; take it back first."""


class NothingIsSaid(Exception):
    """A rate has an amount or words, and says by which provision."""


@transaction.atomic
def change_fee(card_code: str, position: int, rate: Rate, *, actor: Actor, today: date, now: datetime) -> Fee:
    """Let a line cost something else from a day on; it stays owed in the same cases as before."""
    card = _locked(card_code, actor)
    _check(rate, today)
    rows = Fee.objects.filter(card=card, position=position)
    before = rows.order_by("-valid_from").first()
    if before is None:
        raise NoSuchLine(f"{card_code} {position}")
    if rows.filter(valid_from=rate.valid_from).exists():
        raise DayIsTaken(str(rate.valid_from))
    after = rows.filter(valid_from__gt=rate.valid_from).order_by("valid_from").first()
    _standing(rows, rate.valid_from).update(valid_to=rate.valid_from)
    fee = _enter(card, position, rate, when=before.when, valid_to=after.valid_from if after else None)
    _note(card, "change_fee", actor, now, fee)
    return fee


@transaction.atomic
def add_fee(card_code: str, rate: Rate, *, actor: Actor, today: date, now: datetime) -> Fee:
    """Charge something new from a day on."""
    card = _locked(card_code, actor)
    _check(rate, today)
    highest = Fee.objects.filter(card=card).aggregate(highest=Max("position"))["highest"]
    fee = _enter(card, 0 if highest is None else highest + 1, rate, when=None, valid_to=None)
    _note(card, "add_fee", actor, now, fee)
    return fee


@transaction.atomic
def end_fee(
    card_code: str, position: int, *, valid_to: date, actor: Actor, today: date, now: datetime
) -> None:
    """Charge a line no longer from a day on."""
    card = _locked(card_code, actor)
    if valid_to <= today:
        raise DayHasBegun(str(valid_to))
    fee = _standing(Fee.objects.filter(card=card, position=position), valid_to).first()
    if fee is None:
        raise NoSuchLine(f"{card_code} {position}")
    fee.valid_to = valid_to
    fee.save(update_fields=["valid_to"])
    _note(card, "end_fee", actor, now, fee)


@transaction.atomic
def take_back(card_code: str, fee_id: int, *, actor: Actor, today: date, now: datetime) -> None:
    """Take back a rate that does not hold yet; the one before it goes on."""
    card = _locked(card_code, actor)
    fee = Fee.objects.filter(card=card, pk=fee_id).first()
    if fee is None:
        raise NoSuchLine(str(fee_id))
    if fee.valid_from <= today:
        raise DayHasBegun(str(fee.valid_from))
    before = Fee.objects.filter(card=card, position=fee.position, valid_to=fee.valid_from)
    until = fee.valid_to
    _note(card, "take_back_fee", actor, now, fee)
    fee.delete()
    before.update(valid_to=until)


@transaction.atomic
def confirm(card_code: str, fee_id: int, *, actor: Actor, now: datetime) -> None:
    """Note that somebody read the act and the row says what it says."""
    card = _locked(card_code, actor)
    fee = Fee.objects.filter(card=card, pk=fee_id).first()
    if fee is None:
        raise NoSuchLine(str(fee_id))
    if not fee.verified:
        fee.verified = True
        fee.save(update_fields=["verified"])
        _note(card, "confirm_fee", actor, now, fee)


@transaction.atomic
def set_payment_time(
    card_code: str, moment: str, *, valid_from: date, actor: Actor, today: date, now: datetime
) -> PaymentTime:
    """Say when one pays for the service from a day on; a choice that was to begin later falls away."""
    card = _locked(card_code, actor)
    if valid_from <= today:
        raise DayHasBegun(str(valid_from))
    rows = PaymentTime.objects.filter(card=card)
    rows.filter(valid_from__gte=valid_from).delete()
    _standing(rows, valid_from).update(valid_to=valid_from)
    chosen = PaymentTime.objects.create(card=card, moment=PaymentTime.Moment(moment), valid_from=valid_from)
    payload = {"moment": moment, "from": valid_from.isoformat()}
    audit.record(
        actor=actor.audit_name, verb="set_payment_time", thing=thing_of(card_code), payload=payload, at=now
    )
    return chosen


def _locked(card_code: str, actor: Actor) -> ServiceCard:
    """The card that holds, locked, for who may change it."""
    if not may_build(actor):
        raise NotYours(actor.audit_name)
    card = ServiceCard.objects.select_for_update().filter(code=card_code, valid_to=None).first()
    if card is None:
        raise NoSuchLine(card_code)
    return card


def _check(rate: Rate, today: date) -> None:
    if rate.valid_from <= today:
        raise DayHasBegun(str(rate.valid_from))
    if (rate.amount is None and not rate.text.strip()) or not rate.source.strip() or not rate.label.strip():
        raise NothingIsSaid(rate.label)


def _standing(rows: Any, day: date) -> Any:
    """The row that would hold on the day."""
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lt=day)


def _enter(card: ServiceCard, position: int, rate: Rate, *, when: Any, valid_to: date | None) -> Fee:
    return Fee.objects.create(
        card=card,
        position=position,
        label=rate.label.strip(),
        amount=rate.amount,
        text=rate.text.strip(),
        source=rate.source.strip(),
        verified=rate.verified,
        goes_to=rate.goes_to,
        by_office=rate.by_office,
        when=when,
        valid_from=rate.valid_from,
        valid_to=valid_to,
    )


def _note(card: ServiceCard, verb: str, actor: Actor, now: datetime, fee: Fee) -> None:
    payload = {
        "label": fee.label,
        "amount": fee.amount,
        "from": fee.valid_from.isoformat(),
        "to": fee.valid_to.isoformat() if fee.valid_to else None,
        "source": fee.source,
    }
    audit.record(actor=actor.audit_name, verb=verb, thing=thing_of(card.code), payload=payload, at=now)
