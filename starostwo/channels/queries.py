"""What the administrator sees of the channels; rights are checked by the screen's decorator."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from starostwo.channels import smtp
from starostwo.channels.models import Mail


@dataclass(frozen=True)
class UnsentMail:
    """A message that has not left, without its content."""

    id: int
    to: str
    subject: str
    state: str
    tries: int
    last_error: str
    created_at: datetime


@dataclass(frozen=True)
class MailState:
    """Whether a server is named, and how many messages have not left."""

    is_configured: bool
    waiting: int
    failed: int
    off: int


def mail_state() -> MailState:
    """What to say about mail on the administrator's screen; one query."""
    counts = dict(
        Mail.objects.exclude(state=Mail.State.SENT)
        .values_list("state")
        .annotate(Count("id"))
        .order_by("state")
    )
    return MailState(
        is_configured=smtp.is_configured(),
        waiting=counts.get(Mail.State.WAITING, 0),
        failed=counts.get(Mail.State.FAILED, 0),
        off=counts.get(Mail.State.OFF, 0),
    )


def unsent_mail(*, limit: int = 50) -> list[UnsentMail]:
    """The messages that have not left, the newest first."""
    rows = Mail.objects.exclude(state=Mail.State.SENT).order_by("-created_at", "-id")[:limit]
    return [
        UnsentMail(
            row.pk, row.to, row.subject, row.get_state_display(), row.tries, row.last_error, row.created_at
        )
        for row in rows
    ]
