"""Switchboards, electric circuits, and which outlets and supplies hang on them."""

from django.db import models
from django.db.models import Q


class PowerPanel(models.Model):
    """Rozdzielnia elektryczna."""

    place = models.ForeignKey("office.Place", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("nazwa", max_length=60, unique=True)

    class Meta:
        verbose_name = "rozdzielnia"

    def __str__(self) -> str:
        return self.name


class ElectricCircuit(models.Model):
    """Obwód elektryczny: a breaker of a switchboard; what it bears is amperes by volts by phases."""

    panel = models.ForeignKey("infrastructure.PowerPanel", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("oznaczenie", max_length=30)
    amperes = models.PositiveSmallIntegerField("zabezpieczenie, A", default=16)
    volts = models.PositiveSmallIntegerField("napięcie, V", default=230)
    phases = models.PositiveSmallIntegerField("liczba faz", choices=[(1, "1"), (3, "3")], default=1)
    note = models.CharField("uwagi", max_length=500, blank=True)

    class Meta:
        verbose_name = "obwód elektryczny"
        constraints = [
            models.UniqueConstraint(fields=["panel", "name"], name="one_electric_circuit_a_name"),
            models.CheckConstraint(
                name="electric_circuit_bears_something",
                condition=Q(amperes__gte=1, volts__gte=1, phases__in=[1, 3]),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Feed(models.Model):
    """Zasilanie: the device (an outlet, a UPS, a strip) hangs on the circuit."""

    circuit = models.ForeignKey("infrastructure.ElectricCircuit", on_delete=models.PROTECT, related_name="+")
    device = models.OneToOneField("infrastructure.Device", on_delete=models.CASCADE, related_name="feed")

    class Meta:
        verbose_name = "zasilanie z obwodu"
