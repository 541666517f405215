"""Files of an asset: invoice, manual, photographs; a file taken away stays in the history and on the disk."""

import pgtrigger
from django.db import models
from django.db.models import Q


class Attachment(models.Model):
    """Plik składnika majątku."""

    class Kind(models.TextChoices):
        INVOICE = "INVOICE", "faktura, umowa"
        MANUAL = "MANUAL", "instrukcja, gwarancja"
        PHOTO = "PHOTO", "zdjęcie"
        OTHER = "OTHER", "inny"

    asset = models.ForeignKey("assets.Asset", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("rodzaj", max_length=7, choices=Kind.choices)
    name = models.CharField("nazwa pliku", max_length=200)
    blob = models.ForeignKey("files.Blob", on_delete=models.PROTECT, related_name="+", verbose_name="plik")
    added_at = models.DateTimeField("dodano")
    added_by_name = models.CharField("kto dodał", max_length=200)
    removed_at = models.DateTimeField("usunięto", null=True)

    class Meta:
        verbose_name = "plik składnika majątku"
        constraints = [
            models.UniqueConstraint(
                fields=["asset", "blob"], condition=Q(removed_at=None), name="one_file_of_an_asset_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="attachments_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="removed_attachment_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.removed_at IS NOT NULL OR (NEW.asset_id, NEW.blob_id, NEW.name)"
                    " IS DISTINCT FROM (OLD.asset_id, OLD.blob_id, OLD.name)"
                ),
            ),
        ]
