"""How measured values are shown."""

from django import template

from starostwo.infrastructure.models import Gauge
from starostwo.infrastructure.rules.readings import UNITS, Kind

register = template.Library()


@register.filter
def measured(gauge: Gauge) -> str:
    """The last value with its unit."""
    return "–" if gauge.value is None else f"{in_units(gauge.value)} {UNITS[Kind(gauge.kind)]}"


@register.filter
def in_units(value: int | None) -> str:
    """21500 is 21,5."""
    if value is None:
        return "–"
    return f"{round(value / 1000, 1 if abs(value) >= 10_000 else 2):g}".replace(".", ",")


@register.filter
def milliseconds(microseconds: int) -> str:
    """1500 is 1,5 ms."""
    return f"{in_units(microseconds)} ms"
