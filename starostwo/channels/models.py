"""The tables of the channels: what goes out, and what became of it."""

from django.db import models
from django.db.models import Q


class Mail(models.Model):
    """Wiadomość e-mail that the office sends; kept with its state so that a failed one is seen."""

    class State(models.TextChoices):
        WAITING = "WAITING", "czeka na wysłanie"
        SENT = "SENT", "wysłana"
        FAILED = "FAILED", "nie udało się wysłać"
        OFF = "OFF", "nie wysłana, poczta nie jest skonfigurowana"

    to = models.EmailField("do")
    subject = models.CharField("temat", max_length=200)
    body = models.TextField("treść")
    is_secret = models.BooleanField("treść znika po wysłaniu", default=False)
    state = models.CharField("stan", max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField("liczba prób", default=0)
    last_error = models.CharField("ostatni błąd", max_length=500, default="", blank=True)
    created_at = models.DateTimeField("utworzona", auto_now_add=True)
    sent_at = models.DateTimeField("wysłana", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sent_mail_has_a_moment",
                condition=Q(state="SENT", sent_at__isnull=False) | (~Q(state="SENT") & Q(sent_at=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at"], name="channels_mail_not_sent", condition=~Q(state="SENT")),
        ]
