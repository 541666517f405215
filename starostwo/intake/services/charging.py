"""What an application owes: counted by the card of its filing day, once for each account that is paid to."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.timezone import localdate

from starostwo.audit import api as audit
from starostwo.intake import payment_access
from starostwo.intake.models import BankAccount, Due, DueLine, Submission
from starostwo.intake.rules.payment_states import Lifted, State
from starostwo.intake.rules.reference import HIGHEST, reference_of
from starostwo.intake.services.due_notices import ask_to_pay
from starostwo.intake.services.settling import settle
from starostwo.office.api import Actor
from starostwo.procedures import api as procedures
from starostwo.records import api as records

LATER = "LATER"


@dataclass(frozen=True)
class Payer:
    """Who is to pay: an account of a resident where there is one, and the name."""

    account_id: int | None
    name: str


@dataclass(frozen=True)
class Line:
    """One position of a due."""

    label: str
    amount: int
    source: str
    verified: bool = False
    fee_id: int | None = None
    goes_to: str = BankAccount.Kind.COUNTY


@transaction.atomic
def charge(
    application: UUID,
    *,
    card_code: str,
    answers: Mapping[str, str],
    payer: Payer,
    now: datetime,
    submission: Submission | None = None,
    extras: Sequence[Line] = (),
) -> list[Due]:
    """Count the fees of an application by the rates of the day; counting again changes what differs.

    Nothing is asked twice: an application has one due for each account, whatever it was charged before.
    `extras` are owed beside the fees of the card, as the duty for a power of attorney is.
    """
    today = localdate(now)
    card = procedures.card(card_code, on=today)
    _wait_for_the_same(application)
    known = {due.kind: due for due in Due.objects.select_for_update().filter(application=application)}
    wanted: dict[str, list[Line]] = {}
    for fee in card.charged(answers) if card and card.payment_time != LATER else []:
        line = Line(fee.label, fee.amount or 0, fee.source, fee.verified, fee.pk, fee.goes_to)
        wanted.setdefault(fee.goes_to, []).append(line)
    for extra in extras:
        wanted.setdefault(extra.goes_to, []).append(extra)
    title = card.title if card else ""
    for kind, lines in wanted.items():
        if kind in known:
            _charge_again(known[kind], lines, today, now)
        else:
            due = Due(application=application, kind=kind, title=title, rates_on=today, charged_at=now)
            _new(due, lines, payer, "system", now)
            known[kind] = due
    for kind in set(known) - set(wanted):
        _withdraw(known[kind], "system", now)
    for due in known.values():
        if submission is not None and due.submission_id is None:
            _belongs(due, submission, now)
    return [due for due in known.values() if due.state != State.WITHDRAWN]


def duty_lines(fees: Iterable[Mapping[str, Any]]) -> list[Line]:
    """The stamp duties that go with a submission beside the fees of its card, as for a power of attorney."""
    stamp = BankAccount.Kind.STAMP
    return [
        Line(fee["title"], fee["grosze"], fee["basis"], fee["is_verified"], goes_to=stamp)
        for fee in fees
        if fee["grosze"]
    ]


def charge_submission(
    submission: Submission, answers: Mapping[str, str], *, application: UUID | None, now: datetime
) -> None:
    """Charge what was just received, in the transaction of its receipt.

    A card may leave its fees to the office; the duties that came with the submission are due all the same.
    """
    if application is None and Due.objects.filter(submission=submission).exists():
        return
    card = procedures.card(submission.service_code, on=localdate(now)) if submission.service_code else None
    extras = duty_lines(submission.fees)
    if card is None or (card.payment_time == LATER and not extras):
        join(submission, application, now=now)
        return
    payer = Payer(submission.account_id, submission.sender_name)
    charge(
        application or submission.pk,
        card_code=card.code,
        answers=answers,
        payer=payer,
        now=now,
        submission=submission,
        extras=extras,
    )


def join(submission: Submission, application: UUID | None, *, now: datetime) -> None:
    """A submission for which nothing is counted now takes along what was charged before it was sent."""
    for due in Due.objects.select_for_update().filter(application=application, submission=None):
        if application is not None:
            _belongs(due, submission, now)


def _belongs(due: Due, submission: Submission, now: datetime) -> None:
    """From now on the due is asked for: what was not sent is owed by nobody."""
    due.submission = submission
    due.save(update_fields=["submission"])
    ask_to_pay(due, now=now)


@transaction.atomic
def withdraw(application: UUID, *, actor: str, now: datetime) -> None:
    """The application was given up before it was sent: nothing is owed, and what was paid goes back."""
    for due in Due.objects.select_for_update().filter(application=application, submission=None):
        _withdraw(due, actor, now)


class CannotCharge(Exception):
    """The case is not there for this person, or nothing sensible is charged."""


@transaction.atomic
def charge_in_case(
    mark: str, *, actor: Actor, kind: str, line: Line, payer: Payer, today: date, now: datetime
) -> Due:
    """A clerk counts a fee in a case that he holds: what the card left to the office, or a supplement.

    Law: k.p.a. art. 261 par. 1
    """
    case = records.visible_cases(actor).filter(mark=mark).first()
    if case is None or not payment_access.may_charge(actor, case):
        raise CannotCharge(mark)
    if kind not in BankAccount.Kind.values or line.amount <= 0:
        raise CannotCharge(kind)
    due = Due(case=case, kind=kind, title=f"{line.label}, {case.mark}", rates_on=today, charged_at=now)
    _new(due, [line], payer, actor.audit_name, now)
    ask_to_pay(due, now=now)
    return due


@transaction.atomic
def charge_for_claim(
    claim_id: int, lines: Sequence[Line], *, title: str, payer: Payer, today: date, now: datetime
) -> Due:
    """What is asked for a claim of the books: its open due is counted anew, else there is a new one."""
    _wait_for_the_same(f"claim-{claim_id}")
    known = Due.objects.select_for_update().filter(
        claim=claim_id, account=payer.account_id, state__in=Due.OPEN
    )
    due = known.first()
    if due is not None:
        if not due.received and due.state == State.DUE:
            _charge_again(due, lines, today, now)
        return due
    due = Due(claim_id=claim_id, kind=BankAccount.Kind.COUNTY, title=title, rates_on=today, charged_at=now)
    _new(due, lines, payer, f"account:{payer.account_id}", now)
    return due


def _charge_again(due: Due, lines: Sequence[Line], today: date, now: datetime) -> None:
    before = list(due.lines.order_by("position").values_list("label", "amount"))
    if before == [(line.label, line.amount) for line in lines] and due.lifted != Lifted.WITHDRAWN:
        return
    if due.lifted == Lifted.WAIVED:
        return
    due.lines.all().delete()
    due.amount, due.rates_on, due.lifted, due.lifted_reason = _sum(lines), today, Lifted.NO, ""
    _write(due, lines)
    settle(due, "amount", "rates_on", "lifted", "lifted_reason")
    _note(due, "charge_again", "system", now, before=[list(row) for row in before])


def _withdraw(due: Due, actor: str, now: datetime) -> None:
    if due.lifted:
        return
    due.lifted, due.lifted_at = Lifted.WITHDRAWN, now
    settle(due, "lifted", "lifted_at", ends_tries_at=now)
    _note(due, "withdraw", actor, now)


def _new(due: Due, lines: Sequence[Line], payer: Payer, actor: str, now: datetime) -> None:
    due.reference = _free_reference()
    due.account_id, due.payer = payer.account_id, payer.name[:300]
    due.amount = _sum(lines)
    due.save(force_insert=True)
    _write(due, lines)
    _note(due, "charge", actor, now, reference=due.reference)


def _write(due: Due, lines: Sequence[Line]) -> None:
    DueLine.objects.bulk_create(
        DueLine(
            due=due,
            position=position,
            fee_id=line.fee_id,
            label=line.label,
            amount=line.amount,
            source=line.source,
            verified=line.verified,
        )
        for position, line in enumerate(lines)
    )


def _free_reference() -> str:
    """A reference that no due has; the unique column stands behind it."""
    while True:
        reference = reference_of(secrets.randbelow(HIGHEST))
        if not Due.objects.filter(reference=reference).exists():
            return reference


def _wait_for_the_same(application: UUID | str) -> None:
    """Let two tabs that charge the same application go one after another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"intake.due:{application}"])


def _sum(lines: Sequence[Line]) -> int:
    return sum(line.amount for line in lines)


def _note(due: Due, verb: str, actor: str, now: datetime, **more: object) -> None:
    payload = {"amount": due.amount, "state": due.state, **more}
    audit.record(actor=actor, verb=verb, thing=str(due), payload=payload, at=now)
