"""Requests for public information: which cases they are, which letters they got, how they ended."""

import pgtrigger
from django.db import models
from django.db.models import Q

from starostwo.records.rules.information import ENDS, GROUNDS, NOTICES, End, Notice

ROLES = [(one.value, NOTICES[one].label) for one in Notice] + [(one.value, ENDS[one].label) for one in End]
NOTICE_ROLES = frozenset(one.value for one in Notice)
GROUND_CHOICES = [(one.value, f"{said.label} ({said.law})") for one, said in GROUNDS.items()]


class InformationRequest(models.Model):
    """Wniosek o informację publiczną: a case with the term of the act; it ends once."""

    case = models.OneToOneField(
        "records.Case", on_delete=models.PROTECT, related_name="+", verbose_name="sprawa"
    )
    received_on = models.DateField("wpłynął")
    noted_at = models.DateTimeField("uznano za wniosek")
    noted_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", verbose_name="uznał(a)"
    )
    ended_as = models.CharField(
        "jak się zakończył", max_length=12, blank=True, choices=[(one.value, ENDS[one].label) for one in End]
    )
    ended_on = models.DateField("zakończono", null=True)
    ground = models.CharField("podstawa odmowy", max_length=10, blank=True, choices=GROUND_CHOICES)
    due_on = models.DateField("termin w dniu zakończenia", null=True)

    class Meta:
        verbose_name = "wniosek o informację publiczną"
        constraints = [
            models.CheckConstraint(
                name="a_request_ends_in_some_way_on_a_day",
                condition=Q(ended_as="", ended_on=None, due_on=None)
                | ~Q(ended_as="") & Q(ended_on__isnull=False, due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_refusal_alone_has_a_ground",
                condition=Q(ended_as=End.REFUSED.value) & ~Q(ground="")
                | ~Q(ended_as=End.REFUSED.value) & Q(ground=""),
            ),
        ]
        indexes = [models.Index(name="information_by_day", fields=["-received_on", "-id"])]
        triggers = [
            pgtrigger.Protect(name="information_requests_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="a_request_ends_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"records.information:{self.pk}"


class InformationLetter(models.Model):
    """What a letter of the office is to a request: a notice on the way, or the answer that ends it."""

    request = models.ForeignKey("records.InformationRequest", on_delete=models.PROTECT, related_name="+")
    document = models.OneToOneField("records.Document", on_delete=models.PROTECT, related_name="+")
    role = models.CharField("czym jest pismo", max_length=12, choices=ROLES)
    ground = models.CharField("podstawa odmowy", max_length=10, blank=True, choices=GROUND_CHOICES)
    amount = models.PositiveIntegerField("koszty w groszach", null=True)

    class Meta:
        verbose_name = "pismo w sprawie wniosku o informację"
        constraints = [
            models.CheckConstraint(
                name="a_letter_of_refusal_alone_has_a_ground",
                condition=Q(role=End.REFUSED.value) & ~Q(ground="")
                | ~Q(role=End.REFUSED.value) & Q(ground=""),
            ),
            models.CheckConstraint(
                name="a_notice_of_costs_alone_has_an_amount",
                condition=Q(role=Notice.COSTS.value, amount__gte=1)
                | ~Q(role=Notice.COSTS.value) & Q(amount=None),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="information_letters_stay", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.document_id}"

    @property
    def is_notice(self) -> bool:
        """Whether it only tells the applicant something on the way."""
        return self.role in NOTICE_ROLES
