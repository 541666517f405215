"""What is kept about signatures: reports made once, stamps made in batches, and who holds which key.

The database itself refuses to change a report or a stamp once it is made.
"""

from django.db import models
from django.db.models import Q

SHA256 = "^[0-9a-f]{64}$"


class StoredReport(models.Model):
    """Raport ze sprawdzenia podpisów pliku. A later check is a further row about something else."""

    blob_sha256 = models.CharField("skrót pliku", max_length=64)
    about = models.CharField("czego dotyczy", max_length=100, default="", blank=True)
    verdict = models.CharField("ocena", max_length=5)
    report = models.JSONField("raport")
    checked_at = models.DateTimeField("sprawdzono")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blob_sha256", "about"], name="one_report_for_a_file_in_a_thing"),
            models.CheckConstraint(name="report_names_a_file", condition=Q(blob_sha256__regex=SHA256)),
        ]


class TimeStamp(models.Model):
    """Znacznik czasu nad skrótem: queued at once, stamped in a batch, never changed after."""

    sha256 = models.CharField("skrót", max_length=64, unique=True)
    queued_at = models.DateTimeField("zgłoszono")
    token = models.BinaryField("znacznik", null=True)
    made_at = models.DateTimeField("czas znacznika", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="stamp_is_over_a_sha256", condition=Q(sha256__regex=SHA256)),
            models.CheckConstraint(
                name="stamp_has_token_and_time",
                condition=Q(token=None, made_at=None) | Q(token__isnull=False, made_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["queued_at"], condition=Q(token=None), name="stamps_waiting")]


class StaffKey(models.Model):
    """Klucz do podpisu przypisany osobie. The key itself lies in its token or file, never here."""

    account_id = models.BigIntegerField("konto")
    provider = models.CharField("magazyn", max_length=10)
    location = models.CharField("położenie", max_length=500)
    label = models.CharField("nazwa", max_length=200)
    assigned_at = models.DateTimeField("przypisano")
    withdrawn_at = models.DateTimeField("odebrano", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account_id", "location", "label"],
                condition=Q(withdrawn_at=None),
                name="a_key_is_assigned_once",
            ),
        ]
        indexes = [models.Index(fields=["account_id"], name="keys_of_an_account")]
