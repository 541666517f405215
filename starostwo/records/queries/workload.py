"""How much each person of the units that somebody heads holds, and what of it runs late."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from starostwo.office.api import Actor
from starostwo.records.access import visible_cases

SOON_DAYS = 7


@dataclass(frozen=True)
class Load:
    """The open cases of one person in one unit."""

    unit: str
    holder_id: int
    holder: str
    open: int
    soon: int
    late: int


def workload(actor: Actor, *, today: date) -> list[Load]:
    """Return the load of everybody whose cases the person sees, who is the latest first; one query."""
    running = Q(settled_on=None)
    rows = (
        visible_cases(actor)
        .filter(state="OPEN")
        .values_list("unit", "holder_id", "holder__given_name", "holder__family_name")
        .annotate(
            all=Count("pk"),
            soon=Count(
                "pk", filter=running & Q(due_on__gte=today, due_on__lt=today + timedelta(days=SOON_DAYS))
            ),
            late=Count("pk", filter=running & Q(due_on__lt=today)),
        )
        .order_by("-late", "-soon", "unit", "holder_id")
    )
    return [
        Load(unit, holder, f"{given} {family}", count, soon, late)
        for unit, holder, given, family, count, soon, late in rows
    ]
