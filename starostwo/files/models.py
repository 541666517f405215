"""The table of stored files. What the bytes are never changes; what is known about them may grow."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Blob(models.Model):
    """Plik: the bytes lie in the store under their SHA-256; equal bytes are one row."""

    class Scan(models.TextChoices):
        CLEAN = "clean", "sprawdzono, bez zagrożeń"
        INFECTED = "infected", "wykryto wirusa"
        ENCRYPTED = "encrypted", "zaszyfrowany, nie da się sprawdzić"
        UNSCANNED = "unscanned", "nie sprawdzono"
        SCANNER_DOWN = "scanner_down", "program antywirusowy nie odpowiada"

    sha256 = models.CharField("skrót SHA-256", max_length=64, unique=True)
    size = models.BigIntegerField("rozmiar w bajtach")
    media_type = models.CharField("rodzaj treści", max_length=100)
    stored_at = models.DateTimeField("zapisano", auto_now_add=True)
    wanted_at = models.DateTimeField("ostatnio przyniesiono", db_default=Now())
    scan = models.CharField(
        "sprawdzenie antywirusowe", max_length=20, choices=Scan.choices, default=Scan.UNSCANNED
    )
    scanned_with = models.CharField(
        "czym sprawdzono i z jakim wynikiem", max_length=300, default="", blank=True
    )
    text = models.TextField("tekst do wyszukiwania", default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sha256_is_64_hex_digits", condition=Q(sha256__regex="^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(name="size_of_a_blob_is_not_negative", condition=Q(size__gte=0)),
        ]
        indexes = [
            models.Index(
                fields=["id"], name="files_blob_waits_for_scanner", condition=Q(scan="scanner_down")
            ),
        ]


class Discarded(models.Model):
    """Plik do usunięcia z dysku: its row is gone, its bytes follow a day later."""

    sha256 = models.CharField("skrót SHA-256", max_length=64, unique=True)
    discarded_at = models.DateTimeField("usunięto wiersz")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="discarded_sha256_is_64_hex_digits", condition=Q(sha256__regex="^[0-9a-f]{64}$")
            ),
        ]
        indexes = [models.Index(fields=["discarded_at"], name="files_discarded_by_moment")]
