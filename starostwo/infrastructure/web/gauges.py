"""The history of a gauge as a chart with its table, and the thresholds of its alarms."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.infrastructure.access import SEERS
from starostwo.infrastructure.models import Gauge
from starostwo.infrastructure.queries import monitoring as queries
from starostwo.infrastructure.queries.monitoring import SPANS, Point
from starostwo.infrastructure.rules.readings import UNITS, Kind
from starostwo.infrastructure.services.watching import set_thresholds
from starostwo.infrastructure.templatetags.monitoring import in_units
from starostwo.infrastructure.web.sections import acted, drawn
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.screens.api import ScreenForm, Tab

WIDTH, HEIGHT, EDGE = 720, 240, 44
LIMIT = 2_000_000


class ThresholdForm(ScreenForm):
    """From which values on it rings."""

    low = forms.DecimalField(label="Alarm poniżej", required=False, min_value=-LIMIT, max_value=LIMIT)
    high = forms.DecimalField(label="Alarm powyżej", required=False, min_value=-LIMIT, max_value=LIMIT)

    def __init__(self, *args: Any, unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("low", "high"):
            self.fields[name].localize = True
            self.fields[name].widget = forms.TextInput(attrs={"class": "govuk-input--width-5"})
            self.fields[name].help_text = f"W jednostce {unit}; puste: bez alarmu."


@dataclass(frozen=True)
class Mark:
    """A line across the chart with its value."""

    y: int
    words: str
    is_threshold: bool = False


@dataclass(frozen=True)
class Chart:
    """Pieces of the line of means, the band from lowest to highest, lines across."""

    lines: list[str]
    bands: list[str]
    marks: list[Mark]
    width: int = WIDTH
    height: int = HEIGHT
    edge: int = EDGE


@staff(*SEERS)
@require_safe
def gauge(request: ActorRequest, gauge_id: int) -> HttpResponse:
    """One gauge over a span."""
    found = _found(request, gauge_id)
    asked = request.GET.get("okres", "")
    span = asked if asked in SPANS else "doba"
    base = reverse("infrastructure:gauge", args=[found.pk])
    tabs = [Tab(words, f"{base}?okres={name}", name == span) for name, words in SPANS.items()]
    points = queries.history(found, span, now=now())
    context = {
        "gauge": found, "unit": UNITS[Kind(found.kind)], "tabs": tabs, "points": points[::-1],
        "chart": chart(points, found), "span": span, "words": SPANS[span],
    }  # fmt: skip
    return drawn(request, "gauge", "state", context)


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def thresholds(request: ActorRequest, gauge_id: int) -> HttpResponse:
    """Change the thresholds."""
    found = _found(request, gauge_id)
    initial = {name: _whole_units(getattr(found, name)) for name in ("low", "high")}
    form = ThresholdForm(request.POST or None, initial=initial, unit=UNITS[Kind(found.kind)])

    def act() -> str:
        low, high = (_thousandths(form.cleaned_data[name]) for name in ("low", "high"))
        set_thresholds(found.pk, low, high, actor=request.actor, now=now())
        return reverse("infrastructure:gauge", args=[found.pk])

    return acted(
        request, form, act, section="state", title=f"Progi: {found.label}, {found.watch.device.name}",
        action="Zapisz progi", done="Zapisano progi i oceniono według nich ostatni odczyt.",
        back=reverse("infrastructure:gauge", args=[found.pk]),
    )  # fmt: skip


def _found(request: ActorRequest, gauge_id: int) -> Gauge:
    found = queries.gauge(gauge_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


def _whole_units(value: int | None) -> str:
    return "" if value is None else f"{value / 1000:g}".replace(".", ",")


def _thousandths(value: Decimal | None) -> int | None:
    return None if value is None else int(value * 1000)


def chart(points: list[Point], gauge: Gauge) -> Chart | None:
    """Where everything stands on the drawing; None where there is nothing to draw."""
    heard = [one for one in points if one.mean is not None]
    if len(heard) < 2:
        return None
    lows = [one.low for one in heard if one.low is not None]
    highs = [one.high for one in heard if one.high is not None]
    least, most = min(lows), max(highs)
    for limit in (gauge.low, gauge.high):
        if limit is not None and least - (most - least) <= limit <= most + (most - least):
            least, most = min(least, limit), max(most, limit)
    span = max(most - least, 1)

    def y(value: int) -> int:
        return round(HEIGHT - 20 - (HEIGHT - 40) * (value - least) / span)

    def x(number: int) -> int:
        return round(EDGE + (WIDTH - EDGE - 10) * number / max(len(points) - 1, 1))

    lines, bands = [], []
    for piece in _pieces(points):
        lines.append(" ".join(f"{x(n)},{y(one.mean or 0)}" for n, one in piece))
        edge = [f"{x(n)},{y(one.high or 0)}" for n, one in piece]
        edge += [f"{x(n)},{y(one.low or 0)}" for n, one in reversed(piece)]
        bands.append(" ".join(edge))
    marks = [Mark(y(value), in_units(value)) for value in (least, most)]
    limits = [one for one in (gauge.low, gauge.high) if one is not None and least <= one <= most]
    return Chart(lines, bands, marks + [Mark(y(one), f"próg {_whole_units(one)}", True) for one in limits])


def _pieces(points: list[Point]) -> list[list[tuple[int, Point]]]:
    """Runs of points without a gap: where nothing was heard the line is broken."""
    pieces: list[list[tuple[int, Point]]] = [[]]
    for number, one in enumerate(points):
        if one.mean is None:
            pieces.append([])
        else:
            pieces[-1].append((number, one))
    return [piece for piece in pieces if piece]
