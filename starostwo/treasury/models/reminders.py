"""Tables of reminders: what was asked of a debtor, on which day, in which letter of records.

Law: u.p.e.a. art. 15 par. 1, from memory.
"""

import pgtrigger
from django.db import models
from django.db.models import Q

from starostwo.treasury.rules.reminders import Kind


class Reminder(models.Model):
    """Upomnienie, wezwanie albo nota: one letter to one debtor with the sums that it asked for."""

    class Kind(models.TextChoices):
        REMINDER = Kind.REMINDER.value, "upomnienie"
        CALL = Kind.CALL.value, "wezwanie do zapłaty"
        NOTE = Kind.NOTE.value, "nota odsetkowa"

    book = models.ForeignKey("ledger.Book", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("rodzaj", max_length=8, choices=Kind)
    counterparty = models.ForeignKey("ledger.Counterparty", on_delete=models.PROTECT, related_name="+")
    document = models.OneToOneField("records.Document", on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField("z dnia")
    left = models.BigIntegerField("należność główna, grosze")
    interest = models.BigIntegerField("odsetki, grosze")
    cost = models.BigIntegerField("koszty, grosze")
    made_at = models.DateTimeField("zapisano")
    made_by_name = models.CharField("kto zapisał", max_length=200)

    class Meta:
        verbose_name = "upomnienie"
        constraints = [
            models.CheckConstraint(
                name="reminder_asks_for_something", condition=Q(left__gt=0) | Q(interest__gt=0)
            ),
            models.CheckConstraint(name="only_a_reminder_costs", condition=Q(kind="REMINDER") | Q(cost=0)),
        ]
        triggers = [pgtrigger.Protect(name="reminders_stay", operation=pgtrigger.Update | pgtrigger.Delete)]
        indexes = [
            models.Index(fields=["book", "-id"], name="treasury_reminder_newest"),
            models.Index(fields=["counterparty", "-id"], name="treasury_reminder_of_debtor"),
        ]

    def __str__(self) -> str:
        return f"treasury.reminder:{self.pk}"

    @property
    def total(self) -> int:
        """What the letter asks for in all."""
        return self.left + self.interest + self.cost


class ReminderLine(models.Model):
    """Pozycja upomnienia: one claim; a public claim stands in one reminder only."""

    reminder = models.ForeignKey(Reminder, on_delete=models.PROTECT, related_name="lines")
    claim = models.ForeignKey("treasury.Claim", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("rodzaj", max_length=8, choices=Reminder.Kind)
    made_on = models.DateField("z dnia")
    left = models.BigIntegerField("pozostało, grosze")
    interest = models.BigIntegerField("odsetki, grosze")

    class Meta:
        verbose_name = "pozycja upomnienia"
        constraints = [
            models.UniqueConstraint(
                fields=["claim"], condition=Q(kind="REMINDER"), name="one_reminder_a_claim"
            ),
            models.UniqueConstraint(fields=["claim", "kind", "made_on"], name="one_letter_a_claim_a_day"),
        ]
        triggers = [
            pgtrigger.Protect(name="reminder_lines_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
