"""Whom the county does not answer for a while: numbers of the public network that call to harass."""

from django.db import models
from django.db.models import Q


class BarredCaller(models.Model):
    """Zablokowany dzwoniący: calls from this number end at the exchange up to and with a day."""

    number = models.CharField("numer", max_length=16, unique=True)
    why = models.CharField("powód", max_length=200)
    until = models.DateField("do dnia")
    set_at = models.DateTimeField("zablokowano")
    set_by = models.CharField("zablokował(a)", max_length=100)

    class Meta:
        verbose_name = "zablokowany dzwoniący"
        constraints = [
            models.CheckConstraint(
                name="barred_number_is_whole", condition=Q(number__regex=r"^\+[1-9][0-9]{6,14}$")
            ),
            models.CheckConstraint(name="barred_for_a_reason", condition=~Q(why="")),
        ]

    def __str__(self) -> str:
        return self.number
