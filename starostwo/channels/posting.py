"""One attempt to send a waiting message, and what is written down about it."""

import logging
import smtplib
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from starostwo.channels import smtp
from starostwo.channels.models import Mail

log = logging.getLogger(__name__)
MOST_TRIES = 8
SECRET_KEPT = timedelta(days=30)
LONGEST_ERROR = 500


class NotDelivered(Exception):
    """The server did not take the message; it is tried again later."""


def post(mail_id: int) -> None:
    """Try to send the message once; a sent one is left alone. Raises NotDelivered while tries are left."""
    error = _try(mail_id)
    if error:
        raise NotDelivered(error)


@transaction.atomic
def _try(mail_id: int) -> str | None:
    mail = Mail.objects.select_for_update(of=("self",)).get(pk=mail_id)
    if mail.state != Mail.State.WAITING:
        return None
    if not smtp.is_configured():
        log.warning(
            "wiadomość %s nie wysłana: poczta nie jest skonfigurowana (EMAIL_HOST, EMAIL_FROM)", mail.pk
        )
        mail.state = Mail.State.OFF
        mail.save(update_fields=["state"])
        return None
    mail.tries += 1
    try:
        smtp.deliver(smtp.Message(mail.to, mail.subject, mail.body, mark=f"starostwo-{mail.pk}"))
    except (OSError, smtplib.SMTPException) as error:
        return _failed(mail, str(error))
    mail.state, mail.sent_at = Mail.State.SENT, timezone.now()
    mail.body = "" if mail.is_secret else mail.body
    mail.save(update_fields=["state", "sent_at", "tries", "body"])
    return None


def _failed(mail: Mail, error: str) -> str | None:
    """Write the error down; after the last try the message is given up and shown as failed."""
    log.error("wiadomość %s, próba %s: %s", mail.pk, mail.tries, error)
    mail.last_error = error[:LONGEST_ERROR]
    if mail.tries >= MOST_TRIES:
        mail.state = Mail.State.FAILED
    mail.save(update_fields=["state", "tries", "last_error"])
    return error if mail.state == Mail.State.WAITING else None


@transaction.atomic
def forget_secret(*, now: datetime) -> int:
    """Delete old secret messages with the address to which they went, sent or not; return how many."""
    old = Mail.objects.filter(is_secret=True, created_at__lt=now - SECRET_KEPT)
    return old.exclude(state=Mail.State.WAITING).delete()[0]
