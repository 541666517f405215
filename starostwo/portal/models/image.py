"""The media library: pictures drawn anew within limits, each with its text or marked decorative."""

from django.db import models
from django.db.models import Q

SMALL_SIDE = 800  # of the drawing for lists and phones: sharp on 400 pixels of a fine screen


class Image(models.Model):
    """Obraz w bibliotece: what is served is our own re-drawing of what was sent."""

    site = models.ForeignKey(
        "portal.UnitSite", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="jednostka"
    )
    blob = models.ForeignKey("files.Blob", on_delete=models.PROTECT, related_name="+")
    small = models.ForeignKey(
        "files.Blob", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="mniejszy obraz"
    )
    title = models.CharField("nazwa w bibliotece", max_length=120)
    alt = models.CharField("tekst alternatywny", max_length=300, blank=True)
    is_decorative = models.BooleanField("ozdobny", default=False)
    author = models.CharField("autor i prawa", max_length=150)
    width = models.PositiveIntegerField("szerokość")
    height = models.PositiveIntegerField("wysokość")
    added_at = models.DateTimeField("dodano")
    added_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="dodał(a)"
    )

    class Meta:
        verbose_name = "obraz"
        constraints = [
            models.CheckConstraint(
                name="portal_image_has_a_text_or_is_decorative",
                condition=Q(is_decorative=True, alt="") | (Q(is_decorative=False) & ~Q(alt="")),
            ),
            models.CheckConstraint(name="portal_image_has_a_size", condition=Q(width__gt=0, height__gt=0)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def small_width(self) -> int:
        """How wide the small drawing is, for a browser that has to choose."""
        return round(self.width * SMALL_SIDE / max(self.width, self.height))
