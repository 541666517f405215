"""What happened to the clock of a case: excluded time, notices with a new day, complexity."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from starostwo.records.models.laws import differs, of_closed_case
from starostwo.records.rules.clock import BASES, Basis

WRITTEN = tuple("case_id kind basis from_on new_due_on reason noted_at noted_by_id".split())
WITH_A_NEW_DAY = ["EXTENSION", "LONGER", "COSTS", "MANNER"]


class ClockEntry(models.Model):
    """Zdarzenie of the clock; an open exclusion is ended once, everything else stays as written."""

    class Kind(models.TextChoices):
        EXCLUSION = "EXCLUSION", "okres nieliczony"
        EXTENSION = "EXTENSION", "nowy termin (art. 36 k.p.a.)"
        COMPLEX = "COMPLEX", "sprawa szczególnie skomplikowana"
        LONGER = "LONGER", "nowy termin (art. 13 ust. 2 u.d.i.p.)"
        COSTS = "COSTS", "powiadomienie o kosztach (art. 15 ust. 2 u.d.i.p.)"
        MANNER = "MANNER", "powiadomienie o sposobie (art. 14 ust. 2 u.d.i.p.)"

    case = models.ForeignKey(
        "records.Case", on_delete=models.PROTECT, related_name="+", verbose_name="sprawa"
    )
    kind = models.CharField("rodzaj", max_length=10, choices=Kind.choices)
    basis = models.CharField(
        "podstawa", max_length=10, blank=True, choices=[(one.value, BASES[one].label) for one in Basis]
    )
    from_on = models.DateField("od dnia", null=True)
    to_on = models.DateField("do dnia (wyłącznie)", null=True)
    new_due_on = models.DateField("nowy termin", null=True)
    reason = models.CharField("uzasadnienie", max_length=500)
    noted_at = models.DateTimeField("zapisano")
    noted_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="zapisał(a)"
    )
    ended_at = models.DateTimeField("zapisano koniec", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="clock_entry_fits_its_kind",
                condition=(Q(kind="EXCLUSION", from_on__isnull=False, new_due_on=None) & ~Q(basis=""))
                | Q(kind__in=WITH_A_NEW_DAY, from_on=None, to_on=None, basis="", new_due_on__isnull=False)
                | Q(kind="COMPLEX", from_on=None, to_on=None, basis="", new_due_on=None),
            ),
            models.CheckConstraint(
                name="exclusion_ends_after_it_begins", condition=Q(to_on=None) | Q(to_on__gt=F("from_on"))
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(kind="COMPLEX"), name="complex_once"),
        ]
        indexes = [models.Index(fields=["case", "noted_at"], name="clockentry_of_case")]
        triggers = [
            pgtrigger.Protect(name="clock_entries_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="only_the_end_is_added",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(f"OLD.to_on IS NOT NULL OR {differs(WRITTEN)}"),
            ),
            of_closed_case("clock_of_open_cases", operation=pgtrigger.Insert | pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.kind}"
