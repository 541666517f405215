"""What the administrator sees of the channels; rights are checked by the screen's decorator."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count

from starostwo.channels import gateway, smtp
from starostwo.channels.models import Mail, TextMessage
from starostwo.channels.texting import used_today


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


@dataclass(frozen=True)
class TextState:
    """Whether a gateway is named, what has not left, and how much of the day's limit is used."""

    is_configured: bool
    waiting: int
    failed: int
    over: int
    used: int
    limit: int
    price: int

    @property
    def cost(self) -> int:
        """What today's messages cost, in grosze, as the settings say."""
        return self.used * self.price


def text_state(*, now: datetime) -> TextState:
    """What to say about SMS on the administrator's screen; two queries."""
    counts = dict(
        TextMessage.objects.exclude(state__in=TextMessage.GONE)
        .values_list("state")
        .annotate(Count("id"))
        .order_by("state")
    )
    return TextState(
        is_configured=gateway.is_configured(),
        waiting=counts.get(TextMessage.State.WAITING, 0),
        failed=counts.get(TextMessage.State.FAILED, 0) + counts.get(TextMessage.State.REFUSED, 0),
        over=counts.get(TextMessage.State.OVER, 0),
        used=used_today(now=now),
        limit=settings.SMS_A_DAY,
        price=settings.SMS_PRICE,
    )


@dataclass(frozen=True)
class UnsentText:
    """An SMS that has not arrived, without its content and without its whole number."""

    id: int
    to: str
    state: str
    last_error: str
    created_at: datetime
    can_go_again: bool


def unsent_texts(*, limit: int = 50) -> list[UnsentText]:
    """The SMS that did not leave or arrive, the newest first."""
    rows = TextMessage.objects.exclude(state__in=["SENT", "DELIVERED"]).order_by("-created_at", "-id")[:limit]
    again = ("FAILED", "OFF", "OVER")
    return [
        UnsentText(
            row.pk, f"…{row.to[-3:]}", row.get_state_display(), row.last_error, row.created_at,
            row.state in again,
        )
        for row in rows
    ]  # fmt: skip
