"""The tables of the channels: what goes out, and what became of it."""

import uuid

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


class TextMessage(models.Model):
    """SMS that the office sends; for the gateway its `key` makes it one message in all tries."""

    class State(models.TextChoices):
        WAITING = "WAITING", "czeka na wysłanie"
        SENT = "SENT", "przyjęty przez bramkę"
        DELIVERED = "DELIVERED", "doręczony na telefon"
        UNDELIVERED = "UNDELIVERED", "nie dotarł do telefonu"
        REFUSED = "REFUSED", "numer odrzucony"
        FAILED = "FAILED", "nie udało się wysłać"
        OVER = "OVER", "nie wysłany, wyczerpany limit dnia"
        OFF = "OFF", "nie wysłany, bramka SMS nie jest skonfigurowana"

    GONE = (State.SENT.value, State.DELIVERED.value, State.UNDELIVERED.value)

    key = models.UUIDField("klucz wiadomości", unique=True, default=uuid.uuid4)
    to = models.CharField("numer", max_length=16)
    body = models.CharField("treść", max_length=480, blank=True)
    is_secret = models.BooleanField("treść znika po wysłaniu", default=False)
    state = models.CharField("stan", max_length=12, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField("liczba prób", default=0)
    last_error = models.CharField("ostatni błąd", max_length=500, default="", blank=True)
    reference = models.CharField("oznaczenie bramki", max_length=100, default="", blank=True)
    parts = models.PositiveSmallIntegerField("liczba części", default=0)
    created_at = models.DateTimeField("utworzony", auto_now_add=True)
    sent_at = models.DateTimeField("przyjęty", null=True, blank=True)
    reported_at = models.DateTimeField("potwierdzony", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="text_goes_to_e164", condition=Q(to__regex=r"^\+[1-9][0-9]{7,14}$")),
            models.CheckConstraint(
                name="gone_text_has_a_moment",
                condition=Q(
                    state__in=["SENT", "DELIVERED", "UNDELIVERED"], sent_at__isnull=False, parts__gt=0
                )
                | (~Q(state__in=["SENT", "DELIVERED", "UNDELIVERED"]) & Q(sent_at=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["sent_at"], name="channels_text_sent"),
            models.Index(
                fields=["-created_at"],
                name="channels_text_not_gone",
                condition=~Q(state__in=["SENT", "DELIVERED"]),
            ),
        ]
