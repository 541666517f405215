"""The file plan as it is read."""

from datetime import date

from django.db.models import Q, QuerySet

from starostwo.records.models import PlanClass, PlanEdition


def edition_on(day: date) -> PlanEdition | None:
    """Return the edition in force on the day."""
    return PlanEdition.objects.filter(valid_from__lte=day).exclude(valid_to__lte=day).first()


def classes_of(edition: PlanEdition, typed: str = "") -> QuerySet[PlanClass]:
    """Return the classes of an edition in the order of symbols, or those that fit what was typed."""
    rows = PlanClass.objects.filter(edition=edition).order_by("symbol")
    if not typed:
        return rows
    return rows.filter(Q(symbol__startswith=typed) | Q(title__icontains=typed))
