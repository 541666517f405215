"""The official sign of the bulletin, as the office got it; each one stays, the newest is shown."""

import pgtrigger
from django.db import models
from django.db.models import Q


class OfficialSign(models.Model):
    """Znak BIP: the file that stands in the header of every page; without a file the words stand there."""

    class Kind(models.TextChoices):
        SVG = "svg", "rysunek SVG"
        PNG = "png", "obraz PNG"
        NONE = "", "bez znaku"

    kind = models.CharField("rodzaj", max_length=3, choices=Kind.choices, blank=True)
    content = models.BinaryField("plik")
    width = models.PositiveIntegerField("szerokość")
    height = models.PositiveIntegerField("wysokość")
    added_at = models.DateTimeField("wstawiono")
    added_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="wstawił(a)"
    )

    class Meta:
        verbose_name = "znak BIP"
        constraints = [
            models.CheckConstraint(
                name="a_sign_has_a_file_and_a_size",
                condition=Q(kind="", width=0, height=0) | Q(~Q(kind=""), width__gte=1, height__gte=1),
            ),
        ]
        triggers = [pgtrigger.Protect(name="signs_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"bulletin.sign:{self.pk}"
