"""Tables of remittances: income of the State Treasury passed on to the voivode, less the county's share.

Law: ufp art. 255 ust. 1, from memory.
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q


class Remittance(models.Model):
    """Odprowadzenie dochodów Skarbu Państwa: what had been received by a day and was not passed on before."""

    book = models.ForeignKey("ledger.Book", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("rok")
    until = models.DateField("stan na dzień")
    pay_by = models.DateField("przekazać do")
    voucher_id = models.BigIntegerField("dowód udziału powiatu", null=True)
    made_at = models.DateTimeField("zapisano")
    made_by_name = models.CharField("kto zapisał", max_length=200)

    class Meta:
        verbose_name = "odprowadzenie dochodów Skarbu Państwa"
        constraints = [models.UniqueConstraint(fields=["book", "until"], name="one_remittance_a_day")]
        triggers = [
            pgtrigger.Protect(name="remittances_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="remittance_says_what_it_said",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["voucher_id"]),
            ),
        ]

    def __str__(self) -> str:
        return f"treasury.remittance:{self.pk}"


class RemittanceLine(models.Model):
    """Pozycja odprowadzenia: one classification, its share, and the transfer to the voivode."""

    remittance = models.ForeignKey(Remittance, on_delete=models.PROTECT, related_name="lines")
    classification = models.ForeignKey("ledger.Classification", on_delete=models.PROTECT, related_name="+")
    received = models.BigIntegerField("wpłynęło, grosze")
    percent = models.PositiveSmallIntegerField("udział powiatu, procent")
    share = models.BigIntegerField("udział powiatu, grosze")
    order = models.OneToOneField(
        "treasury.PaymentOrder", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "pozycja odprowadzenia"
        constraints = [
            models.UniqueConstraint(
                fields=["remittance", "classification"], name="one_remitted_line_a_position"
            ),
            models.CheckConstraint(
                name="share_is_a_part", condition=Q(received__gt=0, share__gte=0, share__lte=F("received"))
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="remittance_lines_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="remittance_line_changes_its_order_alone",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["order"]),
            ),
        ]

    @property
    def passed_on(self) -> int:
        """What goes to the voivode."""
        return self.received - self.share
