"""Tries at the gateway and what it says of them: in any order, twice, late, or only when asked."""

import logging
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from starostwo.audit import api as audit
from starostwo.intake import payment_access
from starostwo.intake.gateway import Gateway, NoAnswer
from starostwo.intake.models import Attempt, Due, Payment
from starostwo.intake.rules.gateway_messages import CURRENCY, Forged, Report
from starostwo.intake.rules.payment_states import Said, after
from starostwo.intake.services.settling import NoSuchDue, ReasonIsMissing, settle, take
from starostwo.office.api import Actor

log = logging.getLogger(__name__)
ASKED_AFTER = timedelta(minutes=2)
FORGOTTEN_AFTER = timedelta(hours=2)
ASKED_AT_ONCE = 50
GATEWAY = "program:gateway"


class NothingToPay(Exception):
    """The due is paid, let go or withdrawn; nothing is asked."""


class InDoubt(Exception):
    """The gateway said something that does not fit; a person looks into it before anybody pays again."""


@transaction.atomic
def begin_try(due_id: UUID, *, actor: Actor, gateway: Gateway, now: datetime) -> Attempt:
    """Begin a try, or go on with the one that is under way: two tabs lead to the same payment."""
    due = _locked(due_id, actor)
    if due.state not in Due.OPEN:
        raise NothingToPay(str(due_id))
    under_way = Attempt.objects.filter(due=due, state=Said.BEGUN).first()
    if under_way is not None and under_way.doubt:
        raise InDoubt(under_way.doubt)
    if under_way is not None and under_way.amount == due.sums.missing:
        return under_way
    if under_way is not None:
        _end(under_way, Said.CANCELLED, now)
    attempt = Attempt.objects.create(due=due, gateway=gateway.name, amount=due.sums.missing, begun_at=now)
    settle(due)
    _note(due, "begin_try", actor.audit_name, now, attempt=str(attempt.pk))
    return attempt


@transaction.atomic
def give_up_try(due_id: UUID, *, actor: Actor, now: datetime) -> Due:
    """End the try that is under way; the due waits again. Money that comes for it all the same counts."""
    due = _locked(due_id, actor)
    under_way = Attempt.objects.filter(due=due, state=Said.BEGUN).first()
    if under_way is not None and under_way.doubt:
        raise InDoubt(under_way.doubt)
    if under_way is not None:
        _end(under_way, Said.CANCELLED, now)
        settle(due)
        _note(due, "give_up_try", actor.audit_name, now, attempt=str(under_way.pk))
    return due


@transaction.atomic
def end_doubt(due_id: UUID, *, actor: Actor, reason: str, now: datetime) -> Due:
    """A clerk has looked into it: the try is over. Money, where it came, he enters by itself."""
    due = payment_access.to_settle(actor).select_for_update(of=("self",)).filter(pk=due_id).first()
    if due is None:
        raise NoSuchDue(str(due_id))
    if not reason.strip():
        raise ReasonIsMissing
    for attempt in Attempt.objects.filter(due=due).exclude(doubt=""):
        told = {"attempt": str(attempt.pk), "why": attempt.doubt, "reason": reason.strip()}
        attempt.doubt = ""
        if attempt.state == Said.BEGUN:
            attempt.state, attempt.ended_at = Said.FAILED, now
        attempt.save(update_fields=["state", "ended_at", "doubt"])
        _note(due, "end_doubt", actor.audit_name, now, **told)
    settle(due)
    return due


class Outcome(StrEnum):
    """What a report changed."""

    CHANGED = "CHANGED"
    REPEATED = "REPEATED"
    DOUBTED = "DOUBTED"
    UNKNOWN = "UNKNOWN"


@transaction.atomic
def take_report(report: Report, *, now: datetime) -> tuple[Outcome, Attempt | None]:
    """Apply what the gateway said. A second time changes nothing; paid stays paid, whatever comes after."""
    found = Attempt.objects.filter(pk=report.attempt).values_list("due_id", flat=True).first()
    if found is None:
        return Outcome.UNKNOWN, None
    due = Due.objects.select_for_update().get(pk=found)
    attempt = Attempt.objects.select_for_update().get(pk=report.attempt)
    attempt.due = due
    said = after(Said(attempt.state), report.state)
    if said == attempt.state:
        return Outcome.REPEATED, attempt
    doubt = _doubt(attempt, report)
    if doubt and doubt == attempt.doubt:
        return Outcome.DOUBTED, attempt
    if doubt:
        attempt.doubt = doubt
        attempt.save(update_fields=["doubt"])
        _note(due, "doubt", GATEWAY, now, attempt=str(attempt.pk), why=doubt)
        return Outcome.DOUBTED, attempt
    _end(attempt, said, now)
    if said == Said.PAID:
        take(_payment(attempt, report, now), now=now)
    else:
        settle(due)
        _note(due, "try_ended", GATEWAY, now, attempt=str(attempt.pk), said=said.value)
    return Outcome.CHANGED, attempt


def ask_about(attempt_id: UUID, *, gateway: Gateway, now: datetime) -> bool:
    """Ask what became of a try and apply the answer; say whether something was learnt."""
    try:
        report = gateway.ask(attempt_id)
    except (NoAnswer, Forged) as fault:
        log.warning("the payment gateway did not say what became of %s: %s", attempt_id, fault)
        return False
    if report is None or report.state == Said.BEGUN or report.attempt != attempt_id:
        return False
    return take_report(report, now=now)[0] is Outcome.CHANGED


def ask_about_open(gateway: Gateway, *, now: datetime) -> int:
    """Ask about the tries of which nothing was heard; return of how many something was learnt.

    A try that leads nowhere for hours is over, so that no due waits for ever; late money counts all the same.
    """
    learnt = 0
    waiting = Attempt.objects.filter(
        state=Said.BEGUN, doubt="", gateway=gateway.name, begun_at__lt=now - ASKED_AFTER
    )
    for attempt in waiting.order_by("begun_at")[:ASKED_AT_ONCE]:
        if ask_about(attempt.pk, gateway=gateway, now=now):
            learnt += 1
        elif now - attempt.begun_at > FORGOTTEN_AFTER:
            take_report(Report(attempt.pk, Said.CANCELLED, attempt.amount, CURRENCY, ""), now=now)
    return learnt


def _doubt(attempt: Attempt, report: Report) -> str:
    """Why money cannot be counted by this report; a person looks into it."""
    if (report.amount, report.currency) != (attempt.amount, CURRENCY):
        return f"operator podał {report.amount} gr ({report.currency}) zamiast {attempt.amount} gr"
    if report.state != Said.PAID:
        return ""
    if not report.transaction:
        return "operator nie podał numeru operacji"
    used = Payment.objects.filter(way=Payment.Way.GATEWAY, reference=report.transaction)
    return f"operator podał numer operacji innej wpłaty: {report.transaction}" if used.exists() else ""


def _payment(attempt: Attempt, report: Report, now: datetime) -> Payment:
    return Payment(
        due=attempt.due,
        way=Payment.Way.GATEWAY,
        amount=report.amount,
        received_on=localdate(now),
        reference=report.transaction,
        attempt=attempt,
        entered_by=GATEWAY,
        entered_at=now,
    )


def _end(attempt: Attempt, said: Said, now: datetime) -> None:
    attempt.state, attempt.ended_at, attempt.doubt = said, now, ""
    attempt.save(update_fields=["state", "ended_at", "doubt"])


def _locked(due_id: UUID, actor: Actor) -> Due:
    due = payment_access.own_dues(actor).select_for_update(of=("self",)).filter(pk=due_id).first()
    if due is None:
        raise NoSuchDue(str(due_id))
    return due


def _note(due: Due, verb: str, actor: str, now: datetime, **more: object) -> None:
    audit.record(actor=actor, verb=verb, thing=str(due), payload={"state": due.state, **more}, at=now)
