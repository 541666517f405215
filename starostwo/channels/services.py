"""Sending: a message is written down with the change that causes it and leaves after commit."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from starostwo.channels.models import Mail
from starostwo.channels.tasks import send_mail
from starostwo.platform import jobs

AGAIN = (Mail.State.FAILED, Mail.State.OFF)


class NotAnAddress(Exception):
    """The text is no e-mail address."""


class CannotSendAgain(Exception):
    """The message is on its way or has been sent."""


@transaction.atomic
def send(*, to: str, subject: str, body: str, is_secret: bool = False) -> int:
    """Write a message for sending after commit and return its id. No content of cases belongs into it.

    The body of a secret one, which holds a link with a token, is deleted once the server has taken it.
    """
    try:
        validate_email(to)
    except ValidationError as error:
        raise NotAnAddress(to) from error
    mail = Mail.objects.create(to=to, subject=" ".join(subject.split())[:200], body=body, is_secret=is_secret)
    jobs.defer(send_mail, mail_id=mail.pk)
    return mail.pk


@transaction.atomic
def send_again(mail_id: int) -> None:
    """Queue a message anew that failed or could not leave because no server was named."""
    mail = Mail.objects.select_for_update(of=("self",)).filter(pk=mail_id, state__in=AGAIN).first()
    if mail is None:
        raise CannotSendAgain(str(mail_id))
    mail.state, mail.tries = Mail.State.WAITING, 0
    mail.save(update_fields=["state", "tries"])
    jobs.defer(send_mail, mail_id=mail.pk)
