"""Tables of what is not posted yet: vouchers being written, and contracts that commit the plan."""

from django.db import models
from django.db.models import F, Q


class Draft(models.Model):
    """Dowód roboczy: freely changed until it is posted, kept as it was typed, however wrong."""

    journal = models.ForeignKey("ledger.Journal", on_delete=models.PROTECT, related_name="+")
    author_id = models.BigIntegerField("konto autora")
    content = models.JSONField("treść tak, jak ją wpisano", default=dict)
    changed_at = models.DateTimeField("zmieniono")
    version = models.PositiveIntegerField("wersja", default=1)

    class Meta:
        verbose_name = "dowód roboczy"
        indexes = [models.Index(fields=["journal", "-changed_at", "-id"], name="ledger_draft_newest")]


class Contract(models.Model):
    """Umowa: what the county bound itself to; the source of its commitments (998 and 999)."""

    book = models.ForeignKey("ledger.Book", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("rok rejestru")
    number = models.PositiveIntegerField("numer w rejestrze")
    document_number = models.CharField("numer umowy", max_length=100)
    counterparty = models.ForeignKey("ledger.Counterparty", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField("przedmiot", max_length=300)
    signed_on = models.DateField("zawarta dnia")
    starts_on = models.DateField("obowiązuje od")
    ends_on = models.DateField("obowiązuje do", null=True, blank=True)
    amount = models.BigIntegerField("wartość, grosze")
    case_mark = models.CharField("znak sprawy", max_length=60, blank=True)

    class Meta:
        verbose_name = "umowa"
        constraints = [
            models.UniqueConstraint(fields=["book", "year", "number"], name="one_contract_a_number"),
            models.CheckConstraint(name="contract_has_a_value", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="contract_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.document_number
