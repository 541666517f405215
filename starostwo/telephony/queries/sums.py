"""Sums over the calls of a month: costs of units and lines, how units answer, when phones ring."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, ExtractHour
from django.utils.timezone import get_current_timezone

from starostwo.office.api import Actor
from starostwo.telephony import access
from starostwo.telephony.models import Call
from starostwo.telephony.queries.calls import first_moment

HOURS = range(24)


@dataclass(frozen=True)
class Cost:
    """What a unit, a line or all spent and saved; amounts in 1/100 grosza."""

    name: str
    paid_calls: int
    paid_seconds: int
    cost: int
    unpriced: int
    saved_calls: int
    saved: int


@dataclass(frozen=True)
class Answering:
    """How a unit answers the calls that came to it; means in seconds, none without answered calls."""

    unit: str
    name: str
    answered: int
    missed: int
    busy: int
    cancelled: int
    voicemail: int
    waited: float | None
    talked: float | None

    @property
    def total(self) -> int:
        """All calls that came."""
        return self.answered + self.missed + self.busy + self.cancelled

    @property
    def share(self) -> int | None:
        """Answered of a hundred."""
        return round(100 * self.answered / self.total) if self.total else None


def month_after(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _of_month(month: date) -> QuerySet[Call]:
    return Call.objects.filter(
        begun_at__gte=first_moment(month), begun_at__lt=first_moment(month_after(month))
    )


def _seen(actor: Actor, rows: QuerySet[Call], field: str, unit: str = "") -> QuerySet[Call]:
    seen = access.units_seen_by(actor)
    if seen is not None:
        rows = rows.filter(**{f"{field}__in": seen})
    return rows.filter(**{field: unit}) if unit else rows


PAID = Q(trunk__isnull=False, tariff__isnull=False) | Q(cost=None)
SUMS: dict[str, Any] = {
    "paid_calls": Count("pk", filter=PAID),
    "paid_seconds": Coalesce(Sum("talked_seconds", filter=PAID), 0),
    "spent": Coalesce(Sum("cost"), 0),
    "unpriced": Count("pk", filter=Q(cost=None)),
    "saved_calls": Count("pk", filter=Q(saved__gt=0)),
    "kept": Coalesce(Sum("saved"), 0),
}


def costs_by_unit(actor: Actor, month: date, names: Mapping[str, str]) -> list[Cost]:
    """Units with their costs, the dearest first. A call forwarded outside is paid by whoever was called."""
    return sorted(_payers(actor, month, names), key=lambda row: (-row.cost, -row.saved, row.name))


def _payers(actor: Actor, month: date, names: Mapping[str, str]) -> Iterable[Cost]:
    seen = access.units_seen_by(actor)
    made = _grouped(_of_month(month).exclude(direction=Call.Direction.IN), "caller_unit")
    forwarded = _grouped(_of_month(month).filter(PAID, direction=Call.Direction.IN), "callee_unit")
    sums: dict[str, list[int]] = {}
    for unit, values in (*made, *forwarded):
        if seen is None or unit in seen:
            known = sums.get(unit, [0] * len(values))
            sums[unit] = [one + other for one, other in zip(known, values, strict=True)]
    return [Cost(names.get(unit, unit), *values) for unit, values in sums.items()]


def costs_by_line(month: date) -> list[Cost]:
    """Lines with what went over them."""
    return sorted(
        (Cost(name, *values) for name, values in _grouped(_of_month(month).filter(PAID), "trunk__name")),
        key=lambda row: row.name,
    )


def _grouped(rows: QuerySet[Call], field: str) -> list[tuple[str, list[int]]]:
    found: Any = rows.order_by().values(field).annotate(**SUMS)
    return [(row[field] or "", [row[name] for name in SUMS]) for row in found]


def answering(actor: Actor, month: date, names: Mapping[str, str]) -> list[Answering]:
    """How the units answer, by their symbols; calls that the exchange refused came to nobody."""
    came = _seen(actor, _of_month(month).exclude(callee_unit="").exclude(result="REFUSED"), "callee_unit")
    rows: Any = came.order_by("callee_unit").values("callee_unit").annotate(
        answered=Count("pk", filter=Q(result="ANSWERED")),
        missed=Count("pk", filter=Q(result="MISSED")),
        busy=Count("pk", filter=Q(result="BUSY")),
        cancelled=Count("pk", filter=Q(result="CANCELLED")),
        voicemail=Count("pk", filter=Q(is_voicemail=True)),
        waited=Avg("waited_seconds", filter=Q(result="ANSWERED")),
        talked=Avg("talked_seconds", filter=Q(result="ANSWERED")),
    )  # fmt: skip
    counted = ("answered", "missed", "busy", "cancelled", "voicemail", "waited", "talked")
    return [
        Answering(unit, names.get(unit, unit), *(row[name] for name in counted))
        for row in rows
        for unit in (row["callee_unit"],)
    ]


def by_hour(actor: Actor, month: date, unit: str = "") -> list[tuple[int, int, int]]:
    """For each hour of the day: calls that came, and how many of them nobody answered."""
    came = _seen(
        actor, _of_month(month).exclude(callee_unit="").exclude(result="REFUSED"), "callee_unit", unit
    )
    hour = ExtractHour("begun_at", tzinfo=get_current_timezone())
    rows = came.annotate(hour=hour).order_by("hour").values("hour").annotate(
        came=Count("pk"), lost=Count("pk", filter=~Q(result="ANSWERED"))
    )  # fmt: skip
    found = {row["hour"]: (row["came"], row["lost"]) for row in rows}
    return [(one, *found.get(one, (0, 0))) for one in HOURS]
