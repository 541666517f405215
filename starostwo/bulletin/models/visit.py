"""How often a page was opened on a day; nothing is known of who opened it."""

from django.db import models
from django.db.models import Q


class VisitCount(models.Model):
    """Odwiedziny: openings of one page on one day."""

    body = models.ForeignKey(
        "bulletin.Body", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="podmiot"
    )
    day = models.DateField("dzień")
    address = models.CharField("strona", max_length=300)
    count = models.PositiveIntegerField("otwarcia")

    class Meta:
        verbose_name = "odwiedziny"
        constraints = [
            models.UniqueConstraint(
                name="one_count_of_a_page_of_a_body_a_day",
                fields=["day", "body", "address"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="what_is_counted_was_opened", condition=Q(count__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.address}"
