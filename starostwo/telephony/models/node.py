"""A building with an exchange of its own, which keeps calling when the line to the other one is down."""

from django.db import models
from django.db.models import Q


class Node(models.Model):
    """Węzeł: one running exchange and the seat whose phones are at home there."""

    class Mode(models.TextChoices):
        BY_HOURS = "BY_HOURS", "według godzin pracy"
        DAY = "DAY", "zawsze dzień"
        NIGHT = "NIGHT", "zawsze noc"

    code = models.CharField("kod", max_length=10, unique=True)
    name = models.CharField("nazwa", max_length=100)
    seat = models.ForeignKey("office.Seat", on_delete=models.PROTECT, related_name="+")
    host = models.GenericIPAddressField("adres IP")
    port = models.PositiveIntegerField("port SIP", default=5060)
    websocket = models.CharField(
        "adres i port dla przeglądarek", max_length=21, blank=True, default="", db_default=""
    )
    mode = models.CharField("tryb", max_length=8, choices=Mode.choices, default=Mode.BY_HOURS)

    class Meta:
        verbose_name = "węzeł telefonii"
        constraints = [
            models.UniqueConstraint(fields=["host", "port"], name="one_node_an_address"),
            models.CheckConstraint(name="node_has_code", condition=Q(code__regex=r"^[A-Z0-9]{1,10}$")),
            models.CheckConstraint(
                name="node_has_known_mode", condition=Q(mode__in=["BY_HOURS", "DAY", "NIGHT"])
            ),
            models.CheckConstraint(name="node_has_a_port", condition=Q(port__gte=1, port__lte=65535)),
            models.CheckConstraint(
                name="node_websocket_is_an_address",
                condition=Q(websocket="") | Q(websocket__regex=r"^([0-9]{1,3}\.){3}[0-9]{1,3}:[0-9]{1,5}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.name
