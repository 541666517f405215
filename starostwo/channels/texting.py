"""One attempt to hand a waiting SMS to the gateway, what is noted about it, and what came of it later."""

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from starostwo.channels import gateway
from starostwo.channels.models import TextMessage
from starostwo.channels.posting import LONGEST_ERROR, MOST_TRIES, SECRET_KEPT, NotDelivered
from starostwo.channels.rules.texts import parts

log = logging.getLogger(__name__)
MOST_A_NUMBER = 10
State = TextMessage.State
REPORTED = {"delivered": State.DELIVERED, "undelivered": State.UNDELIVERED}


def text(text_id: int) -> None:
    """Try to send the SMS once; a sent one is left alone. Raises NotDelivered while tries are left."""
    error = _try(text_id, now=timezone.now())
    if error:
        raise NotDelivered(error)


@transaction.atomic
def note_report(key: str, *, outcome: str, now: datetime) -> bool:
    """Note what became of a sent SMS; the first word counts, and one said twice changes nothing."""
    if outcome not in REPORTED:
        return False
    found = TextMessage.objects.select_for_update(of=("self",)).filter(key=key).first()
    if found is None or found.state != State.SENT:
        return False
    found.state, found.reported_at = REPORTED[outcome], now
    found.save(update_fields=["state", "reported_at"])
    return True


def used_today(*, now: datetime, to: str = "") -> int:
    """How many parts were handed over since midnight: to everybody, or to one number."""
    begin = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    sent = TextMessage.objects.filter(sent_at__gte=begin)
    if to:
        sent = sent.filter(to=to)
    return sent.aggregate(all=Sum("parts"))["all"] or 0


@transaction.atomic
def forget_texts(*, now: datetime) -> int:
    """Delete old messages with their numbers, whatever became of them; return how many."""
    return (
        TextMessage.objects.filter(created_at__lt=now - SECRET_KEPT).exclude(state=State.WAITING).delete()[0]
    )


@transaction.atomic
def _try(text_id: int, *, now: datetime) -> str | None:
    message = TextMessage.objects.select_for_update(of=("self",)).get(pk=text_id)
    if message.state != State.WAITING:
        return None
    held_back = _held_back(message, now)
    if held_back is not None:
        log.warning("SMS %s nie wysłany: %s", message.pk, held_back.label)
        _end(message, held_back)
        return None
    message.tries += 1
    try:
        taken = gateway.gateway()(gateway.Text(str(message.key), message.to, message.body))
    except gateway.NumberRefused as refusal:
        _end(message, State.REFUSED, str(refusal))
        return None
    except gateway.GatewayFault as fault:
        return _failed(message, str(fault))
    message.reference, message.parts, message.sent_at = taken.reference, taken.parts, now
    _end(message, State.SENT)
    return None


def _held_back(message: TextMessage, now: datetime) -> TextMessage.State | None:
    """Why the message does not leave at all: no gateway, or too many today."""
    if not gateway.is_configured():
        return State.OFF
    wanted = parts(message.body)
    if used_today(now=now) + wanted > settings.SMS_A_DAY:
        return State.OVER
    return State.OVER if used_today(now=now, to=message.to) + wanted > MOST_A_NUMBER else None


def _failed(message: TextMessage, error: str) -> str | None:
    log.error("SMS %s, próba %s: %s", message.pk, message.tries, error)
    is_last = message.tries >= MOST_TRIES
    _end(message, State.FAILED if is_last else State.WAITING, error)
    return None if is_last else error


def _end(message: TextMessage, state: TextMessage.State, error: str = "") -> None:
    message.state, message.last_error = state, error[:LONGEST_ERROR]
    if state == State.SENT and message.is_secret:
        message.body = ""
    message.save(update_fields=["state", "last_error", "tries", "body", "reference", "parts", "sent_at"])
