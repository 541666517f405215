"""Dated shares of input tax: the pre-proportion and the proportion of each unit.

Law: ustawa o VAT art. 86 ust. 2a-2h (sposób określenia proporcji), art. 90 (proporcja); rozp. MF 17.12.2015.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q

DAYS = Func("valid_from", "valid_to", function="daterange", output_field=DateRangeField())


class VatShare(models.Model):
    """Współczynnik: how much of the input tax a unit deducts, in whole per cent, from a day on."""

    class Kind(models.TextChoices):
        PRE = "PRE", "prewspółczynnik (działalność gospodarcza)"
        PROPORTION = "PROP", "współczynnik (sprzedaż opodatkowana)"

    unit = models.ForeignKey("treasury.InvoiceUnit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("rodzaj", max_length=4, choices=Kind)
    percent = models.PositiveSmallIntegerField("procent")
    valid_from = models.DateField("od dnia")
    valid_to = models.DateField("do dnia (wyłącznie)", null=True, blank=True)
    source = models.CharField("skąd", max_length=300)

    class Meta:
        verbose_name = "współczynnik odliczenia"
        constraints = [
            models.CheckConstraint(name="vat_share_is_a_percent", condition=Q(percent__lte=100)),
            ExclusionConstraint(
                name="one_vat_share_a_day",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
            ),
        ]
