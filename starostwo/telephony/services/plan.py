"""What every installation begins with: kinds of outside numbers, emergency numbers, statutory days off."""

from datetime import date

from django.db import transaction

from starostwo.platform import workdays
from starostwo.telephony.models import DayOff, EmergencyNumber, NumberClass
from starostwo.telephony.rules.classes import BEGINNINGS, EMERGENCY

YEARS_AHEAD = 2
STATUTORY = "dzień wolny z ustawy"


@transaction.atomic
def load_classes() -> None:
    """Kinds of outside numbers and emergency numbers from memory of the numbering plan; known ones stay."""
    NumberClass.objects.bulk_create(
        [NumberClass(beginning=beginning, needs=needs) for beginning, needs in BEGINNINGS],
        ignore_conflicts=True,
    )
    EmergencyNumber.objects.bulk_create(
        [EmergencyNumber(number=number, name=name) for number, name in EMERGENCY.items()],
        ignore_conflicts=True,
    )


@transaction.atomic
def load_days_off(today: date) -> int:
    """Days off by the act in this and the next years, Sundays left out; says how many were new.

    What the office ordered stays, also where the act names the same day.
    """
    years = range(today.year, today.year + YEARS_AHEAD)
    days = {day for year in years for day in workdays.days_off(year)}
    days -= set(DayOff.objects.filter(day__in=days).values_list("day", flat=True))
    DayOff.objects.bulk_create(
        [DayOff(day=day, name=STATUTORY, is_statutory=True) for day in sorted(days)], ignore_conflicts=True
    )
    return len(days)
