"""The SMTP protocol: one message to one server, as the settings name it."""

from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

BACKEND = "django.core.mail.backends.smtp.EmailBackend"
SECONDS = 20


@dataclass(frozen=True)
class Message:
    """What is sent; `mark` makes the same message recognisable when it is sent twice."""

    to: str
    subject: str
    body: str
    mark: str


def is_configured() -> bool:
    """Whether the settings name a mail server and the office's address."""
    return bool(settings.EMAIL_HOST and settings.EMAIL_FROM)


def deliver(message: Message) -> None:
    """Hand the message to the server; raises what the server or the network answers."""
    domain = parseaddr(settings.EMAIL_FROM)[1].rpartition("@")[2]
    EmailMessage(
        subject=message.subject,
        body=message.body,
        from_email=settings.EMAIL_FROM,
        to=[message.to],
        headers={"Message-ID": f"<{message.mark}@{domain}>", "Auto-Submitted": "auto-generated"},
        connection=get_connection(BACKEND, timeout=SECONDS),
    ).send()
