"""Sending: a message is written down with the change that causes it and leaves after commit."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from starostwo.channels.models import Mail, TextMessage
from starostwo.channels.rules.phone import takes_texts
from starostwo.channels.rules.texts import plain
from starostwo.channels.tasks import send_mail, send_sms
from starostwo.platform import jobs
from starostwo.platform.telephone import e164

AGAIN = (Mail.State.FAILED, Mail.State.OFF)
TEXT_AGAIN = (TextMessage.State.FAILED, TextMessage.State.OFF, TextMessage.State.OVER)


class NotAnAddress(Exception):
    """The text is no e-mail address."""


class NotANumber(Exception):
    """The text is no telephone number that takes an SMS."""


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


def number_for_texts(typed: str) -> str:
    """The number as it is kept and dialled, from what somebody typed."""
    number = e164(typed)
    if number is None or not takes_texts(number):
        raise NotANumber(typed)
    return number


@transaction.atomic
def send_text(*, to: str, body: str, is_secret: bool = False) -> int:
    """Write an SMS for sending after commit and return its id. No content and no mark of a case belong in it.

    It leaves without diacritics, which would more than halve what fits. The body of a secret one, which holds
    a code or a link, is deleted once the gateway has taken it.
    """
    message = TextMessage.objects.create(to=number_for_texts(to), body=plain(body), is_secret=is_secret)
    jobs.defer(send_sms, text_id=message.pk)
    return message.pk


@transaction.atomic
def send_text_again(text_id: int) -> None:
    """Queue an SMS anew that failed or was held back; for the gateway it is the same message."""
    waiting = TextMessage.objects.select_for_update(of=("self",)).filter(pk=text_id, state__in=TEXT_AGAIN)
    message = waiting.first()
    if message is None:
        raise CannotSendAgain(str(text_id))
    message.state, message.tries = TextMessage.State.WAITING, 0
    message.save(update_fields=["state", "tries"])
    jobs.defer(send_sms, text_id=message.pk)
