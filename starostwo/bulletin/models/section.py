"""Sections of the bulletin: the subject menu."""

from django.db import models
from django.db.models import F, Q


class Section(models.Model):
    """Dział: one place of the subject menu, within another one or at the top; its address lasts."""

    slug = models.CharField("część adresu", max_length=60, unique=True)
    name = models.CharField("nazwa", max_length=120)
    law = models.CharField("podstawa prawna", max_length=160, blank=True)
    parent = models.ForeignKey(
        "bulletin.Section", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="w dziale"
    )
    position = models.PositiveSmallIntegerField("kolejność")

    class Meta:
        verbose_name = "dział"
        constraints = [
            models.CheckConstraint(
                name="slug_of_a_section_fits_an_address", condition=Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$")
            ),
            models.CheckConstraint(name="a_section_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="a_section_is_not_within_itself", condition=Q(parent=None) | ~Q(parent=F("id"))
            ),
        ]

    def __str__(self) -> str:
        return f"bulletin.section:{self.pk}"
