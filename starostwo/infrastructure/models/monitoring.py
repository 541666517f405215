"""Monitoring: what is watched, its gauges with their history, alarms, works during which none is told.

The samples, their hours and days live in tables that the migration makes (`infrastructure_sample`, `_hour`,
`_day`): samples are partitioned by day, hours by month. See `services/history.py`.
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from starostwo.infrastructure.rules.alarms import CAUSES
from starostwo.infrastructure.rules.readings import KINDS


class Watch(models.Model):
    """Nadzór nad urządzeniem: by which ways it is asked each minute, and how it was last."""

    class State(models.TextChoices):
        UNKNOWN = "UNKNOWN", "jeszcze nie sprawdzono"
        UP = "UP", "działa"
        DOWN = "DOWN", "nie odpowiada"

    device = models.OneToOneField("infrastructure.Device", on_delete=models.PROTECT, related_name="+")
    address = models.GenericIPAddressField("adres")
    access = models.ForeignKey(
        "infrastructure.SnmpAccess", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    tcp_ports = ArrayField(models.PositiveIntegerField(), verbose_name="porty TCP", default=list, blank=True)
    is_root = models.BooleanField("stąd wychodzi nadzór", default=False)
    hangs_on = models.ForeignKey(
        "infrastructure.Watch", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    is_on = models.BooleanField("włączony", default=True)
    state = models.CharField("stan", max_length=7, choices=State.choices, default=State.UNKNOWN)
    state_since = models.DateTimeField("od kiedy", null=True)
    misses = models.PositiveSmallIntegerField("braki odpowiedzi z rzędu", default=0)
    checked_at = models.DateTimeField("sprawdzono", null=True)
    method = models.CharField("sposób", max_length=4, blank=True)
    links = models.JSONField("stan portów", default=dict)

    class Meta:
        verbose_name = "nadzór"
        constraints = [
            models.CheckConstraint(name="watch_does_not_hang_on_itself", condition=~Q(hangs_on=F("id"))),
        ]

    def __str__(self) -> str:
        return str(self.device)


class Gauge(models.Model):
    """Miernik: one measured value of a watched device, in thousandths of its unit, with its thresholds."""

    class State(models.TextChoices):
        OK = "OK", "w normie"
        LOW = "LOW", "za mało"
        HIGH = "HIGH", "za dużo"

    watch = models.ForeignKey("infrastructure.Watch", on_delete=models.CASCADE, related_name="gauges")
    kind = models.CharField("rodzaj", max_length=12, choices=list(KINDS.items()))
    key = models.CharField("gdzie odczytany", max_length=60)
    label = models.CharField("nazwa", max_length=200)
    low = models.IntegerField("alarm poniżej", null=True, blank=True)
    high = models.IntegerField("alarm powyżej", null=True, blank=True)
    state = models.CharField("stan", max_length=4, choices=State.choices, default=State.OK)
    value = models.IntegerField("ostatnia wartość", null=True)
    measured_at = models.DateTimeField("kiedy", null=True)

    class Meta:
        verbose_name = "miernik"
        constraints = [
            models.UniqueConstraint(fields=["watch", "kind", "key"], name="one_gauge_a_key"),
            models.CheckConstraint(
                name="thresholds_are_in_order",
                condition=Q(low=None) | Q(high=None) | Q(low__lt=F("high")),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Alarm(models.Model):
    """Alarm: what went wrong, from when till when, whether somebody took it up, what it hides behind."""

    watch = models.ForeignKey("infrastructure.Watch", on_delete=models.CASCADE, related_name="+")
    cause = models.CharField("przyczyna", max_length=9, choices=list(CAUSES.items()))
    key = models.CharField("czego dotyczy", max_length=100, blank=True)
    words = models.CharField("treść", max_length=300)
    began_at = models.DateTimeField("od")
    ended_at = models.DateTimeField("do", null=True)
    hidden_by = models.ForeignKey(
        "infrastructure.Watch", on_delete=models.SET_NULL, related_name="+", null=True
    )
    in_works = models.BooleanField("w czasie prac", default=False)
    told_at = models.DateTimeField("powiadomiono", null=True)
    taken_at = models.DateTimeField("potwierdzono", null=True)
    taken_by_name = models.CharField("potwierdził", max_length=200, blank=True)
    note = models.CharField("uwaga", max_length=300, blank=True)

    class Meta:
        verbose_name = "alarm"
        constraints = [
            models.UniqueConstraint(
                fields=["watch", "cause", "key"], name="one_open_alarm", condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="alarm_ends_after_it_began", condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at"))
            ),
            models.CheckConstraint(
                name="taken_alarm_says_by_whom",
                condition=Q(taken_at=None, taken_by_name="")
                | (Q(taken_at__isnull=False) & ~Q(taken_by_name="")),
            ),
        ]
        indexes = [models.Index(fields=["-began_at", "-id"], name="alarms_newest")]
        triggers = [
            pgtrigger.Protect(
                name="ended_alarm_stays", operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.ended_at IS NOT NULL AND (NEW.ended_at IS DISTINCT FROM OLD.ended_at"
                    " OR NEW.began_at <> OLD.began_at OR NEW.words <> OLD.words)"
                ),
            ),
        ]  # fmt: skip


class Works(models.Model):
    """Prace: a span of time in which nobody is told of alarms of a place and all in it."""

    place = models.ForeignKey("office.Place", on_delete=models.PROTECT, related_name="+")
    begins_at = models.DateTimeField("od")
    ends_at = models.DateTimeField("do")
    reason = models.CharField("co się dzieje", max_length=200)
    made_by_name = models.CharField("wpisał", max_length=200)

    class Meta:
        verbose_name = "prace"
        constraints = [
            models.CheckConstraint(
                name="works_end_after_they_begin", condition=Q(ends_at__gt=F("begins_at"))
            ),
        ]
        indexes = [models.Index(fields=["ends_at"], name="works_by_end")]


class Reader(models.Model):
    """Odbiorca alarmów: an address to which alarms and terms are told."""

    email = models.EmailField("adres e-mail", unique=True)

    class Meta:
        verbose_name = "odbiorca alarmów"

    def __str__(self) -> str:
        return self.email


class ExpiryNotice(models.Model):
    """Powiadomienie o terminie: so that nobody is told twice of the same end at the same distance."""

    expiry = models.ForeignKey("infrastructure.Expiry", on_delete=models.CASCADE, related_name="+")
    valid_until = models.DateField("ważne do dnia")
    days = models.SmallIntegerField("na dni przed")
    told_at = models.DateTimeField("powiadomiono")

    class Meta:
        verbose_name = "powiadomienie o terminie"
        constraints = [
            models.UniqueConstraint(fields=["expiry", "valid_until", "days"], name="one_notice_a_distance"),
        ]
