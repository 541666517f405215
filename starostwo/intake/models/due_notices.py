"""Powiadomienia o należności: what its payer was told, each thing once."""

import pgtrigger
from django.db import models
from django.db.models import Q

from starostwo.intake.models.payments import Due
from starostwo.intake.rules.payment_terms import Told


class DueNotice(models.Model):
    """Powiadomienie: that the payer was told of a due, or that there was no way to tell him."""

    class Kind(models.TextChoices):
        NEW = Told.NEW, "o nowej opłacie"
        BEFORE = Told.BEFORE, "przed terminem"
        AFTER = Told.AFTER, "po terminie"

    due = models.ForeignKey(Due, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField("o czym", max_length=10, choices=Kind.choices)
    told_at = models.DateTimeField("kiedy")
    was_reached = models.BooleanField("wysłano")

    class Meta:
        verbose_name = "powiadomienie o należności"
        constraints = [
            models.UniqueConstraint(name="one_notice_of_a_kind", fields=["due", "kind"]),
            models.CheckConstraint(
                name="due_notice_is_of_a_known_kind", condition=Q(kind__in=["NEW", "BEFORE", "AFTER"])
            ),
        ]
        triggers = [pgtrigger.Protect(name="due_notices_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.due_id}: {self.kind}"
