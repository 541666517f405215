"""Floor plans and what is marked on them."""

from django.db import models
from django.db.models import Q

WHOLE = 10_000


class FloorPlan(models.Model):
    """Rzut piętra: an image of a place."""

    place = models.OneToOneField("office.Place", on_delete=models.PROTECT, related_name="+")
    image = models.ForeignKey("files.Blob", on_delete=models.PROTECT, related_name="+")
    width = models.PositiveIntegerField("szerokość obrazu")
    height = models.PositiveIntegerField("wysokość obrazu")
    drawn_at = models.DateTimeField("wczytano")

    class Meta:
        verbose_name = "rzut piętra"
        constraints = [
            models.CheckConstraint(name="plan_has_a_size", condition=Q(width__gte=1, height__gte=1))
        ]


class PlanSpot(models.Model):
    """Punkt na rzucie: where a device stands, in ten-thousandths of the image's sides."""

    plan = models.ForeignKey("infrastructure.FloorPlan", on_delete=models.CASCADE, related_name="spots")
    device = models.OneToOneField("infrastructure.Device", on_delete=models.CASCADE, related_name="spot")
    x = models.PositiveSmallIntegerField("od lewej")
    y = models.PositiveSmallIntegerField("od góry")

    class Meta:
        verbose_name = "punkt na rzucie"
        constraints = [
            models.CheckConstraint(name="spot_lies_on_its_plan", condition=Q(x__lte=WHOLE, y__lte=WHOLE))
        ]
