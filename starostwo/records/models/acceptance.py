"""Steps of acceptance: whose turn it is, what was decided, with the remark that stays in the file."""

import pgtrigger
from django.db import models
from django.db.models import Q


class AcceptanceStep(models.Model):
    """Krok akceptacji of one round; the last step of a round is the signature."""

    class Outcome(models.TextChoices):
        WAITING = "WAITING", "oczekuje"
        ACCEPTED = "ACCEPTED", "zaakceptowano"
        RETURNED = "RETURNED", "zwrócono do poprawy"
        SIGNED = "SIGNED", "podpisano"
        DROPPED = "DROPPED", "nie doszło do skutku"

    document = models.ForeignKey("records.Document", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("records.DocumentVersion", on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField("obieg")
    order = models.PositiveSmallIntegerField("kolejność")
    is_final = models.BooleanField("podpis")
    acceptor = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", verbose_name="akceptujący"
    )
    outcome = models.CharField("wynik", max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    remark = models.TextField("uwaga", blank=True)
    decided_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="rozstrzygnął"
    )
    decided_at = models.DateTimeField("kiedy", null=True)

    class Meta:
        verbose_name = "krok akceptacji"
        constraints = [
            models.UniqueConstraint(name="one_step_at_a_place", fields=["document", "round", "order"]),
            models.UniqueConstraint(
                name="one_signature_a_round", fields=["document", "round"], condition=Q(is_final=True)
            ),
            models.CheckConstraint(
                name="decided_step_has_a_person_and_a_moment",
                condition=Q(outcome="WAITING", decided_by=None, decided_at=None)
                | ~Q(outcome="WAITING") & Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="only_the_last_step_is_a_signature", condition=~Q(outcome="SIGNED") | Q(is_final=True)
            ),
            models.CheckConstraint(
                name="a_return_says_why", condition=~Q(outcome="RETURNED") | ~Q(remark="")
            ),
        ]
        indexes = [
            models.Index(name="records_step_waiting", fields=["acceptor"], condition=Q(outcome="WAITING"))
        ]
        triggers = [
            pgtrigger.Protect(
                name="decided_step_stays",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__outcome="WAITING"),
            ),
            pgtrigger.Protect(name="step_is_not_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.round}/{self.order}"
