"""What is excluded from the consolidated balance sheet of a year, one amount from both of its sides.

Law: rozp. MRiF 13.09.2017 (skonsolidowany bilans jednostki samorządu terytorialnego); from memory.
"""

import pgtrigger
from django.db import models
from django.db.models import Q

WRITTEN = (
    "year", "kind", "column", "assets", "sources", "amount", "parties", "reason",
    "entered_at", "entered_by", "entered_by_name",
)  # fmt: skip


class BalanceExclusion(models.Model):
    """Wyłączenie: what two of the consolidated owe or hold of each other; withdrawn, never deleted."""

    class Kind(models.TextChoices):
        CLAIMS = "CLAIMS", "wzajemne należności i zobowiązania"
        SHARES = "SHARES", "udziały, akcje i wniesiony majątek"
        RESULT = "RESULT", "wynik na wzajemnych przychodach i kosztach"

    class Column(models.TextChoices):
        END = "koniec", "stan na koniec roku"
        BEGINNING = "poczatek", "stan na początek roku"

    year = models.PositiveSmallIntegerField("rok")
    kind = models.CharField("rodzaj", max_length=6, choices=Kind)
    column = models.CharField("stan", max_length=8, choices=Column)
    assets = models.CharField("wiersz aktywów", max_length=20)
    sources = models.CharField("wiersz pasywów", max_length=20)
    amount = models.BigIntegerField("kwota")
    parties = models.CharField("między kim", max_length=300)
    reason = models.CharField("powód", max_length=500)
    entered_at = models.DateTimeField("wpisano")
    entered_by = models.CharField("konto", max_length=100)
    entered_by_name = models.CharField("kto wpisał", max_length=200)
    withdrawn_at = models.DateTimeField("wycofano", null=True)
    withdrawn_by_name = models.CharField("kto wycofał", max_length=200, blank=True)

    class Meta:
        verbose_name = "wyłączenie z bilansu skonsolidowanego"
        constraints = [
            models.CheckConstraint(name="exclusion_has_an_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="exclusion_has_a_reason", condition=~Q(reason="") & ~Q(parties="")),
            models.CheckConstraint(
                name="exclusion_is_known",
                condition=Q(kind__in=["CLAIMS", "SHARES", "RESULT"], column__in=["koniec", "poczatek"]),
            ),
            models.CheckConstraint(
                name="exclusion_is_withdrawn_by_someone",
                condition=Q(withdrawn_at=None, withdrawn_by_name="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by_name=""),
            ),
        ]
        indexes = [
            models.Index(fields=["year"], name="ledger_exclusion_of_year", condition=Q(withdrawn_at=None))
        ]
        triggers = [
            pgtrigger.Protect(name="exclusions_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="exclusions_are_only_withdrawn",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.withdrawn_at IS NOT NULL OR "
                    + " OR ".join(f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name in WRITTEN)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assets}/{self.sources} {self.year}"
