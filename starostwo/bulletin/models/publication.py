"""What was written to files: each publication with the hash of every page of it, and how each page stands."""

import pgtrigger
from django.db import models
from django.db.models import Q


class Publication(models.Model):
    """Publikacja: one writing of pages, those that changed; it never changes itself."""

    body = models.ForeignKey(
        "bulletin.Body", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="podmiot"
    )
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


class Page(models.Model):
    """Strona: what lies at an address now; `content_print` is the hash of the page without its moment."""

    body = models.ForeignKey(
        "bulletin.Body", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="podmiot"
    )
    address = models.CharField("adres", max_length=300)
    sha256 = models.CharField("skrót SHA-256", max_length=64, blank=True)
    content_print = models.CharField("skrót bez chwili publikacji", max_length=64, blank=True)
    written_at = models.DateTimeField("zapisano")

    class Meta:
        verbose_name = "strona"
        constraints = [
            models.UniqueConstraint(
                name="one_page_an_address", fields=["body", "address"], nulls_distinct=False
            ),
            models.CheckConstraint(
                name="hash_of_a_page", condition=Q(sha256="") | Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return self.address


class Check(models.Model):
    """Sprawdzenie: files and versions compared with the chained history, with what was found."""

    body = models.ForeignKey(
        "bulletin.Body", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="podmiot"
    )
    made_at = models.DateTimeField("sprawdzono")
    pages = models.PositiveIntegerField("stron")
    versions = models.PositiveIntegerField("wersji")
    faults = models.JSONField("niezgodności")

    class Meta:
        verbose_name = "sprawdzenie"
        triggers = [pgtrigger.Protect(name="checks_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"bulletin.check:{self.pk}"
