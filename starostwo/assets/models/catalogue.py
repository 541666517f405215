"""What holds from a day on: classes of assets with their rates, the limit of low value."""

import pgtrigger
from django.db import models
from django.db.models import Q


class KstClass(models.Model):
    """Klasyfikacja Środków Trwałych: a class with the yearly rate that holds from a day."""

    code = models.CharField("symbol", max_length=5)
    name = models.CharField("nazwa", max_length=200)
    rate = models.PositiveIntegerField("stawka roczna, setne procenta")
    valid_from = models.DateField("od dnia")
    source = models.CharField("pochodzenie", max_length=1)
    checked_on = models.DateField("sprawdzono z tekstem", null=True)
    checked_by = models.CharField("kto sprawdził", max_length=200, blank=True)

    class Meta:
        verbose_name = "klasa KŚT"
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_rate_of_a_class_from_a_day"),
            models.CheckConstraint(name="rate_is_at_most_whole", condition=Q(rate__lte=10_000)),
            models.CheckConstraint(
                name="checked_class_names_who",
                condition=Q(checked_on=None, checked_by="")
                | (Q(checked_on__isnull=False) & ~Q(checked_by="")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="classes_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="rates_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.code <> NEW.code OR OLD.rate <> NEW.rate OR OLD.valid_from <> NEW.valid_from"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Threshold(models.Model):
    """Próg: up to which value a thing is written off at once, from a day on."""

    valid_from = models.DateField("od dnia", unique=True)
    amount = models.BigIntegerField("kwota, grosze")
    source = models.CharField("podstawa", max_length=300)
    is_verified = models.BooleanField("sprawdzone z tekstem", default=False)
    set_by = models.CharField("kto ustawił", max_length=200)
    set_at = models.DateTimeField("kiedy")

    class Meta:
        verbose_name = "próg pozostałych środków trwałych"
        constraints = [models.CheckConstraint(name="threshold_is_not_negative", condition=Q(amount__gte=0))]
        triggers = [pgtrigger.Protect(name="thresholds_stay", operation=pgtrigger.Update | pgtrigger.Delete)]
