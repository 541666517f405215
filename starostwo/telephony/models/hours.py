"""When a building answers its phones: hours of the week and days off, read by the dial plan at each call."""

from django.db import models
from django.db.models import F, Q


class OpeningHours(models.Model):
    """Godziny pracy węzła on one weekday, 0 is Monday; a day may have several."""

    node = models.ForeignKey("telephony.Node", on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField("dzień tygodnia")
    opens = models.TimeField("od")
    closes = models.TimeField("do")

    class Meta:
        verbose_name = "godziny pracy węzła"
        constraints = [
            models.UniqueConstraint(fields=["node", "weekday", "opens"], name="one_opening_of_a_node"),
            models.CheckConstraint(name="phone_hours_are_of_a_week", condition=Q(weekday__lte=6)),
            models.CheckConstraint(name="phones_close_after_they_open", condition=Q(closes__gt=F("opens"))),
        ]


class DayOff(models.Model):
    """Dzień wolny of all buildings: those of the act, and those that the head of the office ordered."""

    day = models.DateField("dzień", unique=True)
    name = models.CharField("nazwa", max_length=100)
    is_statutory = models.BooleanField("ustawowy", default=False)

    class Meta:
        verbose_name = "dzień wolny w telefonii"
