"""Which forms of the ledger come into the bulletin by themselves, as two editors decided."""

from django.db import models
from django.db.models import F, Q


class ReportRule(models.Model):
    """Reguła sprawozdań: approved reports of a form are taken without a click.

    Without `approved_by` they are handed over and wait for an editor; with it they are published.
    """

    form = models.CharField("formularz", max_length=10, unique=True)
    basis = models.CharField("na jakiej podstawie", max_length=200)
    publishes = models.BooleanField("publikować bez oglądania")
    made_at = models.DateTimeField("wpisano")
    made_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", verbose_name="wpisał(a)"
    )
    approved_at = models.DateTimeField("zatwierdzono", null=True)
    approved_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="zatwierdził(a)"
    )

    class Meta:
        verbose_name = "reguła sprawozdań"
        constraints = [
            models.CheckConstraint(
                name="report_rule_is_approved_by_another",
                condition=Q(approved_by=None, approved_at=None)
                | Q(publishes=True, approved_at__isnull=False) & ~Q(approved_by=F("made_by")),
            ),
            models.CheckConstraint(name="report_rule_says_its_basis", condition=~Q(basis="")),
        ]

    def __str__(self) -> str:
        return f"bulletin.report_rule:{self.pk}"
