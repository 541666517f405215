"""Tables of the register of contracts, and of leave to commit above the plan. What is entered stays.

Law: ufp art. 34a (public register of contracts), art. 46 ust. 1; u.o.n.d.f.p. art. 15. From memory.
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q

STAYS = pgtrigger.Update | pgtrigger.Delete


class ContractDraft(models.Model):
    """Umowa w przygotowaniu: kept as it was typed, however wrong, until it is registered."""

    book = models.ForeignKey("ledger.Book", on_delete=models.PROTECT, related_name="+")
    author = models.CharField("kto ostatnio zmienił", max_length=200)
    content = models.JSONField("treść tak, jak ją wpisano", default=dict)
    changed_at = models.DateTimeField("zmieniono")

    class Meta:
        verbose_name = "umowa w przygotowaniu"
        indexes = [models.Index(fields=["book", "-changed_at", "-id"], name="ledger_contractdraft_newest")]


class Contract(models.Model):
    """Umowa: what the county bound itself to; the source of its commitments (998 and 999)."""

    book = models.ForeignKey("ledger.Book", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("rok rejestru")
    number = models.PositiveIntegerField("numer w rejestrze")
    document_number = models.CharField("numer umowy", max_length=100)
    counterparty = models.ForeignKey("ledger.Counterparty", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField("przedmiot", max_length=300)
    signed_on = models.DateField("zawarta dnia")
    place = models.CharField("miejsce zawarcia", max_length=100, blank=True, default="")
    starts_on = models.DateField("obowiązuje od")
    ends_on = models.DateField("obowiązuje do", null=True, blank=True)
    amount = models.BigIntegerField("wartość, grosze")
    funding = models.CharField("źródła współfinansowania", max_length=300, blank=True, default="")
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
        indexes = [models.Index(fields=["-year", "-number", "-id"], name="ledger_contract_newest")]
        triggers = [pgtrigger.Protect(name="contracts_stay", operation=STAYS)]

    def __str__(self) -> str:
        return self.document_number


class ContractAnnex(models.Model):
    """Aneks: by how much a contract's value changes, and until when it now holds."""

    contract = models.ForeignKey("ledger.Contract", on_delete=models.PROTECT, related_name="annexes")
    number = models.PositiveSmallIntegerField("który z kolei")
    document_number = models.CharField("numer aneksu", max_length=100)
    subject = models.CharField("czego dotyczy", max_length=300)
    signed_on = models.DateField("zawarty dnia")
    ends_on = models.DateField("umowa obowiązuje do", null=True, blank=True)
    amount = models.BigIntegerField("zmiana wartości, grosze")

    class Meta:
        verbose_name = "aneks"
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="one_annex_a_number"),
        ]
        triggers = [pgtrigger.Protect(name="annexes_stay", operation=STAYS)]


class ContractPart(models.Model):
    """Część umowy: what it, or an annex to it, takes from one position in one year."""

    contract = models.ForeignKey("ledger.Contract", on_delete=models.PROTECT, related_name="parts")
    annex = models.ForeignKey(
        "ledger.ContractAnnex", on_delete=models.PROTECT, null=True, related_name="parts"
    )
    classification = models.ForeignKey("ledger.Classification", on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField("kwota, grosze")

    class Meta:
        verbose_name = "część umowy"
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "annex", "classification"],
                nulls_distinct=False,
                name="one_part_a_classification",
            ),
            models.CheckConstraint(
                name="only_an_annex_cuts",
                condition=Q(amount__gt=0) | (Q(amount__lt=0) & Q(annex__isnull=False)),
            ),
        ]
        triggers = [pgtrigger.Protect(name="parts_stay", operation=STAYS)]


class Overcommitment(models.Model):
    """Zgoda na zaangażowanie ponad plan: how much more than planned may be committed, who said so and why."""

    fiscal_year = models.ForeignKey("ledger.FiscalYear", on_delete=models.PROTECT, related_name="+")
    classification = models.ForeignKey("ledger.Classification", on_delete=models.PROTECT, related_name="+")
    overcommitted_by = models.BigIntegerField("o ile ponad plan, grosze")
    reason = models.CharField("powód", max_length=500)
    signed_at = models.DateTimeField("podpisano")
    signed_by = models.CharField("kto podpisał", max_length=100)
    signed_by_name = models.CharField("imię i nazwisko", max_length=200)

    class Meta:
        verbose_name = "zgoda na zaangażowanie ponad plan"
        constraints = [
            models.CheckConstraint(name="overcommitment_is_more", condition=Q(overcommitted_by__gt=0)),
            models.CheckConstraint(name="overcommitment_has_a_reason", condition=~Q(reason="")),
        ]
        indexes = [models.Index(fields=["fiscal_year", "-id"], name="ledger_overcommitment_newest")]
        triggers = [pgtrigger.Protect(name="overcommitments_stay", operation=STAYS)]
