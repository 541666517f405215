"""What was published: each publication of the pages with the hash of every file."""

import pgtrigger
from django.db import models


class Publication(models.Model):
    """Publikacja: one writing of all pages; it never changes, the next one takes its place."""

    made_at = models.DateTimeField("opublikowano")
    made_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="opublikował(a)"
    )
    folder = models.CharField("folder", max_length=40, unique=True)
    pages = models.JSONField("strony i ich skróty SHA-256")

    class Meta:
        verbose_name = "publikacja"
        triggers = [
            pgtrigger.Protect(name="publications_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.folder
