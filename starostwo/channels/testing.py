"""For tests of other packages: a real mail server, and sending at once what the worker would send."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP as POLICY
from typing import Any

from aiosmtpd.controller import Controller

from starostwo.channels.models import Mail
from starostwo.channels.posting import NotDelivered, post


class Mailbox:
    """What the server took; `answer` is what it says to the next messages."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.answer = "250 przyjęto"
        self.port = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's name
        if self.answer.startswith("250"):
            message = BytesParser(_class=EmailMessage, policy=POLICY).parsebytes(envelope.content)
            self.messages.append(message)
        return self.answer


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """A mail server on a free port of this machine; the settings EMAIL_HOST and EMAIL_PORT lead to it."""
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        box.port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=box.port, ready_timeout=10)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def post_all() -> int:
    """Try once to send every waiting message; return how many were sent."""
    sent = 0
    for mail in Mail.objects.filter(state=Mail.State.WAITING).order_by("id"):
        try:
            post(mail.pk)
        except NotDelivered:
            continue
        sent += Mail.objects.filter(pk=mail.pk, state=Mail.State.SENT).count()
    return sent
