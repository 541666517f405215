"""What depreciation rests on beside documents: readings of use, terms for tax with dated rates."""

import pgtrigger
from django.db import models
from django.db.models import Q

from starostwo.assets.rules.methods import LEAST_FACTOR, MOST_FACTOR
from starostwo.assets.rules.tax import TAX_METHODS


class UseReading(models.Model):
    """Odczyt użycia: how much work a thing did since the reading before."""

    asset = models.ForeignKey("assets.Asset", on_delete=models.PROTECT, related_name="+")
    on = models.DateField("do dnia")
    units = models.PositiveBigIntegerField("ile")
    entered_at = models.DateTimeField("wpisano")
    entered_by_name = models.CharField("kto wpisał", max_length=200)

    class Meta:
        verbose_name = "odczyt użycia"
        constraints = [models.UniqueConstraint(fields=["asset", "on"], name="one_reading_of_use_a_day")]
        triggers = [
            pgtrigger.Protect(name="use_readings_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


class TaxTerms(models.Model):
    """Amortyzacja podatkowa of an asset, from a day on; `written_off` is what it was before the first row."""

    asset = models.ForeignKey("assets.Asset", on_delete=models.PROTECT, related_name="+")
    since = models.DateField("od dnia")
    method = models.CharField("metoda", max_length=10, choices=list(TAX_METHODS.items()))
    rate = models.PositiveIntegerField("stawka roczna, setne procenta")
    factor = models.PositiveSmallIntegerField("współczynnik, setne", default=LEAST_FACTOR)
    written_off = models.BigIntegerField("odpisano wcześniej, grosze", default=0)
    ground = models.CharField("podstawa", max_length=300)
    set_at = models.DateTimeField("wpisano")
    set_by_name = models.CharField("kto wpisał", max_length=200)

    class Meta:
        verbose_name = "amortyzacja podatkowa"
        constraints = [
            models.UniqueConstraint(fields=["asset", "since"], name="one_tax_rate_from_a_day"),
            models.CheckConstraint(
                name="tax_terms_are_sound",
                condition=Q(
                    method__in=list(TAX_METHODS), rate__lte=10_000, factor__gte=LEAST_FACTOR,
                    factor__lte=MOST_FACTOR, written_off__gte=0,
                ),
            ),
            models.CheckConstraint(name="tax_terms_have_a_ground", condition=~Q(ground="")),
        ]  # fmt: skip
        triggers = [pgtrigger.Protect(name="tax_terms_stay", operation=pgtrigger.Update | pgtrigger.Delete)]
