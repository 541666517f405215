"""Tables of the plan: acts that are still being typed, and the chain of those that were approved.

Law: ufp art. 233, 257-258 (who changes the plan), art. 52 ust. 1 pkt 2 (the plan limits spending).
"""

import pgtrigger
from django.db import models
from django.db.models import Q

PLACE_IS_FREE = """
    IF NEW.position > (SELECT v.size FROM ledger_planversion v WHERE v.id = NEW.version_id) THEN
        RAISE EXCEPTION 'plan version % is complete', NEW.version_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""


class PlanDraft(models.Model):
    """Akt w przygotowaniu: kept as it was typed, however wrong, until it is approved or thrown away."""

    fiscal_year = models.ForeignKey("ledger.FiscalYear", on_delete=models.PROTECT, related_name="+")
    author = models.CharField("kto ostatnio zmienił", max_length=200)
    content = models.JSONField("treść tak, jak ją wpisano", default=dict)
    changed_at = models.DateTimeField("zmieniono")

    class Meta:
        verbose_name = "akt w przygotowaniu"
        indexes = [models.Index(fields=["fiscal_year", "-changed_at", "-id"], name="ledger_plandraft_newest")]


class PlanVersion(models.Model):
    """Wersja planu: one approved act; the versions of a year up to a day make the plan of that day."""

    class Act(models.TextChoices):
        COUNCIL = "COUNCIL", "uchwała rady powiatu"
        BOARD = "BOARD", "uchwała zarządu powiatu"
        HEAD = "HEAD", "decyzja kierownika jednostki"

    fiscal_year = models.ForeignKey("ledger.FiscalYear", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("numer wersji")
    act = models.CharField("rodzaj aktu", max_length=7, choices=Act)
    act_number = models.CharField("numer aktu", max_length=200)
    act_on = models.DateField("data aktu")
    text = models.CharField("czego dotyczy", max_length=200)
    size = models.PositiveSmallIntegerField("liczba zmienionych pozycji")
    approved_at = models.DateTimeField("zatwierdzono")
    approved_by = models.CharField("zatwierdził", max_length=100)
    approved_by_name = models.CharField("imię i nazwisko", max_length=200)

    class Meta:
        verbose_name = "wersja planu"
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "number"], name="one_plan_version_a_number"),
            models.UniqueConstraint(
                fields=["fiscal_year", "act", "act_number"], name="one_plan_version_an_act"
            ),
            models.CheckConstraint(
                name="plan_version_has_known_act", condition=Q(act__in=["COUNCIL", "BOARD", "HEAD"])
            ),
            models.CheckConstraint(name="plan_version_changes_something", condition=Q(size__gt=0)),
        ]
        triggers = [
            pgtrigger.Protect(name="plan_versions_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


class PlanChange(models.Model):
    """Zmiana planu: by how much a version changes one position of the classification."""

    version = models.ForeignKey("ledger.PlanVersion", on_delete=models.PROTECT, related_name="changes")
    position = models.PositiveSmallIntegerField("pozycja")
    classification = models.ForeignKey("ledger.Classification", on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField("kwota zmiany, grosze")

    class Meta:
        verbose_name = "zmiana planu"
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="one_plan_change_a_position"),
            models.UniqueConstraint(
                fields=["classification", "version"], name="one_plan_change_a_classification"
            ),
            models.CheckConstraint(
                name="plan_change_changes_something",
                condition=~Q(amount=0) & Q(position__gt=0),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="plan_changes_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="plan_version_is_complete",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=PLACE_IS_FREE,
            ),
        ]
