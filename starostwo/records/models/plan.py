"""The file plan (JRWA): editions by validity and their classes."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from starostwo.records.rules.plan import MODE_LABELS, Mode


class PlanEdition(models.Model):
    """Wydanie wykazu akt, in force from a day until the next edition takes over."""

    name = models.CharField("nazwa", max_length=200)
    source = models.CharField("podstawa", max_length=300)
    is_demo = models.BooleanField("wykaz demonstracyjny", default=False)
    valid_from = models.DateField("obowiązuje od")
    valid_to = models.DateField("obowiązuje do (wyłącznie)", null=True)
    imported_at = models.DateTimeField("wczytano")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="plan_edition_ends_after_start",
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
            ),
            ExclusionConstraint(
                name="one_plan_edition_a_day",
                expressions=[
                    (
                        Func("valid_from", "valid_to", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    )
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlanClass(models.Model):
    """Klasa wykazu akt: a symbol, what it is about, and for final classes the category."""

    edition = models.ForeignKey(
        PlanEdition, on_delete=models.PROTECT, related_name="+", verbose_name="wydanie"
    )
    symbol = models.CharField("symbol", max_length=10)
    title = models.CharField("hasło klasyfikacyjne", max_length=500)
    category = models.CharField("kategoria archiwalna", max_length=6, blank=True)
    remarks = models.TextField("uszczegółowienie hasła", blank=True)
    mode = models.CharField(
        "sposób prowadzenia",
        max_length=6,
        choices=[(one.value, MODE_LABELS[one]) for one in Mode],
        default=Mode.EZD,
    )
    makes_case = models.BooleanField("tworzy akta sprawy", default=True)
    is_final = models.BooleanField("klasa końcowa")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "symbol"], name="one_class_one_symbol"),
            models.CheckConstraint(
                name="plan_symbol_is_decimal", condition=Q(symbol__regex=r"^[0-9]{1,10}$")
            ),
            models.CheckConstraint(
                name="category_on_final_classes_only",
                condition=Q(category="") | Q(is_final=True, category__regex=r"^(A|Bc|B\*|BE?[1-9][0-9]?)$"),
            ),
            models.CheckConstraint(
                name="plan_mode_is_known", condition=Q(mode__in=[one.value for one in Mode])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {self.title}"
