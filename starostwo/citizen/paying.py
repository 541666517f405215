"""A draft whose service is paid for before sending: what it owes by the rates of today."""

from dataclasses import asdict
from datetime import datetime

from django.utils.timezone import localdate

from starostwo.citizen.queries import DraftView
from starostwo.intake import api as intake
from starostwo.office.api import Actor
from starostwo.procedures import api as procedures

BEFORE = "BEFORE"


def charge_before_sending(view: DraftView, *, actor: Actor, now: datetime) -> None:
    """Count the fees where the card asks for them before sending; counting again asks nothing twice."""
    card = procedures.card(view.draft.card_code, on=localdate(now))
    if card is None or card.payment_time != BEFORE:
        return
    intake.payments.charge(
        view.draft.pk,
        card_code=card.code,
        answers=view.answered.said,
        payer=intake.payments.Payer(actor.account_id, actor.name),
        now=now,
        extras=intake.payments.duty_lines(asdict(fee) for fee in view.fees(localdate(now))),
    )


def may_send(view: DraftView, *, actor: Actor, now: datetime) -> bool:
    """Say if the draft may go: what is asked before sending is paid, or its transfer is under way."""
    charge_before_sending(view, actor=actor, now=now)
    return intake.payments.may_be_sent(view.draft.pk, actor=actor)
