"""The table of what is not posted yet: vouchers being written."""

from django.db import models


class Draft(models.Model):
    """Dowód roboczy: freely changed until it is posted, kept as it was typed, however wrong."""

    journal = models.ForeignKey("ledger.Journal", on_delete=models.PROTECT, related_name="+")
    author_id = models.BigIntegerField("konto autora")
    content = models.JSONField("treść tak, jak ją wpisano", default=dict)
    changed_at = models.DateTimeField("zmieniono")
    version = models.PositiveIntegerField("wersja", default=1)

    class Meta:
        verbose_name = "dowód roboczy"
        indexes = [models.Index(fields=["journal", "-changed_at", "-id"], name="ledger_draft_newest")]
