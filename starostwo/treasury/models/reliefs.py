"""Table of decisions on claims: what was let go, put off, or divided into instalments.

Law: ufp art. 55-64 (reliefs of civil and public claims), from memory.
"""

import pgtrigger
from django.db import models
from django.db.models import Q

from starostwo.treasury.rules.reliefs import Kind


class Relief(models.Model):
    """Decyzja o uldze: of one claim; the books have its voucher, new terms are claims of their own."""

    class Kind(models.TextChoices):
        REMISSION = Kind.REMISSION.value, "umorzenie"
        INSTALMENTS = Kind.INSTALMENTS.value, "rozłożenie na raty"
        DEFERRAL = Kind.DEFERRAL.value, "odroczenie terminu"

    claim = models.ForeignKey("treasury.Claim", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("rodzaj", max_length=11, choices=Kind)
    number = models.CharField("numer decyzji", max_length=100)
    decided_on = models.DateField("z dnia")
    amount = models.BigIntegerField("kwota, grosze")
    reason = models.CharField("uzasadnienie", max_length=300)
    voucher_id = models.BigIntegerField("dowód w księgach")
    made_at = models.DateTimeField("zapisano")
    made_by_name = models.CharField("kto zapisał", max_length=200)

    class Meta:
        verbose_name = "decyzja o uldze"
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="one_decision_a_number"),
            models.CheckConstraint(name="relief_is_an_amount", condition=Q(amount__gt=0)),
        ]
        triggers = [pgtrigger.Protect(name="reliefs_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"treasury.relief:{self.pk}"


class ReliefLapse(models.Model):
    """Wygaśnięcie decyzji: parts not paid in their terms are owed as before it, since the first term.

    Law: o.p. art. 259 par. 1 pkt 2, from memory.
    """

    relief = models.ForeignKey(Relief, on_delete=models.PROTECT, related_name="lapses")
    on_day = models.DateField("z dniem")
    amount = models.BigIntegerField("kwota, grosze")
    is_whole = models.BooleanField("cała reszta decyzji")
    voucher_id = models.BigIntegerField("dowód w księgach")
    made_at = models.DateTimeField("zapisano")
    made_by_name = models.CharField("kto zapisał", max_length=200)

    class Meta:
        verbose_name = "wygaśnięcie decyzji"
        constraints = [models.CheckConstraint(name="lapse_is_an_amount", condition=Q(amount__gt=0))]
        triggers = [pgtrigger.Protect(name="lapses_stay", operation=pgtrigger.Update | pgtrigger.Delete)]
