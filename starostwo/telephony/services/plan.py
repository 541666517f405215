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
def load_days_off(today: date) -> None:
    """Days off by the act in this and the next years, Sundays left out; what the office ordered stays."""
    years = range(today.year, today.year + YEARS_AHEAD)
    days = sorted(day for year in years for day in workdays.days_off(year))
    DayOff.objects.bulk_create(
        [DayOff(day=day, name=STATUTORY, is_statutory=True) for day in days], ignore_conflicts=True
    )
