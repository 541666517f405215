"""What an exchange says of itself, so that the administrator sees it without going there."""

from django.db import models
from django.db.models import Q


class ExchangeState(models.Model):
    """Stan centrali: what the program of a building last said, and when."""

    class State(models.TextChoices):
        RUNS = "RUNS", "działa"
        STARTS = "STARTS", "jest wznawiana"
        TAKEN = "TAKEN", "port zajęty"

    node = models.OneToOneField(
        "telephony.Node", on_delete=models.CASCADE, primary_key=True, related_name="state"
    )
    state = models.CharField("stan", max_length=6, choices=State.choices)
    said_at = models.DateTimeField("ostatni znak")
    started_at = models.DateTimeField("działa od", null=True, blank=True)
    waiting = models.PositiveIntegerField("wiadomości do przekazania", default=0)

    speaks = models.BooleanField("mówi powitania", default=False)

    class Meta:
        verbose_name = "stan centrali"
        constraints = [
            models.CheckConstraint(
                name="exchange_has_known_state", condition=Q(state__in=["RUNS", "STARTS", "TAKEN"])
            )
        ]
