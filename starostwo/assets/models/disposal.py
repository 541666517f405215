"""Liquidation by a commission: application, examination, decision, and the LT that carries it out."""

import pgtrigger
from django.db import models
from django.db.models import Q

from starostwo.assets.rules.kinds import WAYS_OUT


class Disposal(models.Model):
    """Wniosek o likwidację with what the commission found and what was decided."""

    class State(models.TextChoices):
        APPLIED = "APPLIED", "czeka na oględziny"
        EXAMINED = "EXAMINED", "czeka na decyzję"
        APPROVED = "APPROVED", "czeka na wykonanie"
        DONE = "DONE", "wykonany"
        REFUSED = "REFUSED", "odmowa"

    year = models.PositiveSmallIntegerField("rok")
    number = models.PositiveIntegerField("numer")
    reason = models.CharField("uzasadnienie", max_length=500)
    applied_on = models.DateField("złożono")
    applied_by_name = models.CharField("kto złożył", max_length=200)
    state = models.CharField("stan", max_length=8, choices=State.choices, default=State.APPLIED)
    examined_on = models.DateField("oględziny", null=True)
    finding = models.CharField("co stwierdzono", max_length=1000, blank=True)
    way = models.CharField("sposób", max_length=10, choices=list(WAYS_OUT.items()), blank=True)
    decided_on = models.DateField("decyzja z dnia", null=True)
    decided_by_name = models.CharField("kto zdecydował", max_length=200, blank=True)
    decision = models.CharField("treść decyzji", max_length=500, blank=True)
    document = models.ForeignKey("assets.Document", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = "wniosek o likwidację"
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="one_disposal_a_number"),
            models.CheckConstraint(
                name="disposal_is_examined_before_it_is_decided",
                condition=Q(state="APPLIED") | (Q(examined_on__isnull=False) & ~Q(finding="") & ~Q(way="")),
            ),
            models.CheckConstraint(
                name="disposal_is_done_by_a_document",
                condition=(Q(state="DONE") & Q(document__isnull=False))
                | (~Q(state="DONE") & Q(document=None)),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="disposals_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="ended_disposal_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state IN ('DONE', 'REFUSED')"),
            ),
        ]

    def __str__(self) -> str:
        return f"WL/{self.number}/{self.year}"


class DisposalMember(models.Model):
    """Członek komisji likwidacyjnej of an application."""

    disposal = models.ForeignKey("assets.Disposal", on_delete=models.PROTECT, related_name="commission")
    account = models.ForeignKey("office.Account", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "członek komisji likwidacyjnej"
        constraints = [
            models.UniqueConstraint(fields=["disposal", "account"], name="one_place_in_a_commission")
        ]
        triggers = [
            pgtrigger.Protect(name="disposal_members_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


class DisposalItem(models.Model):
    """Składnik wniosku o likwidację."""

    disposal = models.ForeignKey("assets.Disposal", on_delete=models.PROTECT, related_name="items")
    asset = models.ForeignKey("assets.Asset", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "składnik wniosku o likwidację"
        constraints = [
            models.UniqueConstraint(fields=["disposal", "asset"], name="one_item_of_a_disposal_an_asset")
        ]
        triggers = [
            pgtrigger.Protect(name="disposal_items_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
