"""Money that came for a due and money that went back. Rows are only added; their sums stand in the due."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from starostwo.intake.models.payments import Attempt, Due
from starostwo.intake.models.sums import sums_agree


def rows_stay() -> pgtrigger.Trigger:
    """Money that came or went is not unsaid."""
    return pgtrigger.Protect(name="money_stays", operation=pgtrigger.Update | pgtrigger.Delete)


class Payment(models.Model):
    """Wpłata: what came, by which way, under which reference of the bank or of which try."""

    class Way(models.TextChoices):
        TRANSFER = "TRANSFER", gettext_lazy("przelew")
        GATEWAY = "GATEWAY", gettext_lazy("operator płatności")
        DESK = "DESK", gettext_lazy("kasa")

    due = models.ForeignKey(Due, on_delete=models.PROTECT, related_name="payments")
    way = models.CharField("sposób", max_length=10, choices=Way.choices)
    amount = models.PositiveIntegerField("kwota")
    received_on = models.DateField("dzień wpływu")
    reference = models.CharField("numer operacji", max_length=80)
    attempt = models.OneToOneField(Attempt, on_delete=models.PROTECT, related_name="payment", null=True)
    entered_by = models.CharField("kto zapisał", max_length=60)
    entered_at = models.DateTimeField("zapisano")

    class Meta:
        verbose_name = "wpłata"
        constraints = [
            models.CheckConstraint(name="payment_is_an_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="gateway_payment_has_its_try",
                condition=Q(way="GATEWAY", attempt__isnull=False)
                | (~Q(way="GATEWAY") & Q(attempt__isnull=True)),
            ),
            models.UniqueConstraint(name="one_payment_a_reference", fields=["way", "reference"]),
            models.CheckConstraint(name="payment_has_a_reference", condition=~Q(reference="")),
        ]
        triggers = [rows_stay(), sums_agree(row="NEW.due_id", operation=pgtrigger.Insert)]

    def __str__(self) -> str:
        return f"intake.payment:{self.pk}"


class GivenBack(models.Model):
    """Zwrot: a surplus that the office gave back."""

    due = models.ForeignKey(Due, on_delete=models.PROTECT, related_name="returns")
    amount = models.PositiveIntegerField("kwota")
    given_on = models.DateField("dzień zwrotu")
    reference = models.CharField("numer operacji", max_length=80, unique=True)
    reason = models.CharField("powód", max_length=500)
    entered_by = models.CharField("kto zapisał", max_length=60)
    entered_at = models.DateTimeField("zapisano")

    class Meta:
        verbose_name = "zwrot"
        constraints = [models.CheckConstraint(name="return_is_an_amount", condition=Q(amount__gt=0))]
        triggers = [rows_stay(), sums_agree(row="NEW.due_id", operation=pgtrigger.Insert)]

    def __str__(self) -> str:
        return f"intake.givenback:{self.pk}"
