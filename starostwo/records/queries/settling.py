"""The state and the order of settling cases, unit by unit: counts alone, no personal data.

Law: act on access to public information art. 6 par. 1 pt 3 (stan przyjmowanych spraw, kolejność ich
załatwiania); the lettering of the point rests on memory.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q

from starostwo.office import api as office
from starostwo.records.models import Case


@dataclass(frozen=True)
class Settling:
    """One unit: cases open, late among them, settled this year, and the day of the oldest open one."""

    unit: str
    name: str
    open: int
    late: int
    settled: int
    oldest_on: date | None


def settling_by_unit(*, on: date) -> list[Settling]:
    """Return the counts of every unit that has cases, in the order of symbols; two queries."""
    names = {unit.symbol: unit.name for unit in office.units(on)}
    is_open = Q(state=Case.State.OPEN)
    counted = Case.objects.values("unit").annotate(
        open=Count("id", filter=is_open),
        late=Count("id", filter=is_open & Q(due_on__lt=on)),
        settled=Count("id", filter=Q(state=Case.State.CLOSED, closed_on__year=on.year)),
        oldest_on=Min("opened_on", filter=is_open),
    )
    return [Settling(name=names.get(row["unit"], ""), **row) for row in counted.order_by("unit")]
