"""Service of a letter: the proof that it reached its addressee, and the term that it started."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from starostwo.records.models.document import REMEDY_LABELS


class Delivery(models.Model):
    """Doręczenie: by the resident's opening (UPD) or by a paper receipt; written once."""

    class Proof(models.TextChoices):
        UPD = "UPD", "urzędowe poświadczenie doręczenia"
        RECEIPT = "RECEIPT", "zwrotne potwierdzenie odbioru"

    dispatch = models.OneToOneField("records.Dispatch", on_delete=models.PROTECT, related_name="+")
    proof = models.CharField("dowód", max_length=8, choices=Proof.choices)
    served_on = models.DateField("doręczono dnia")
    recorded_at = models.DateTimeField("odnotowano")
    recorded_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", verbose_name="odebrał albo odnotował"
    )
    identity = models.CharField("tożsamość odbierającego", max_length=250)
    receipt = models.ForeignKey(
        "files.Blob", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="plik poświadczenia"
    )
    remedy = models.CharField("termin na", max_length=10, choices=list(REMEDY_LABELS.items()))
    term_days = models.PositiveSmallIntegerField("długość terminu w dniach", null=True)
    term_until = models.DateField("ostatni dzień terminu", null=True)
    term_basis = models.CharField("podstawa terminu", max_length=100, blank=True)
    is_basis_verified = models.BooleanField("podstawa sprawdzona w tekście aktu", default=False)

    class Meta:
        verbose_name = "doręczenie"
        constraints = [
            models.CheckConstraint(
                name="an_upd_is_kept_as_a_file", condition=~Q(proof="UPD") | Q(receipt__isnull=False)
            ),
            models.CheckConstraint(
                name="a_term_ends_after_service",
                condition=Q(remedy="NONE", term_until=None) | Q(term_until__gt=F("served_on")),
            ),
        ]
        indexes = [models.Index(name="records_delivery_term", fields=["term_until"])]
        triggers = [
            pgtrigger.Protect(name="delivery_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"records.delivery:{self.pk}"
