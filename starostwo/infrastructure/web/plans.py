"""Floor plans on the screen: upload, the drawing with its marks, moved by mouse, arrow keys or typed."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.files import api as files
from starostwo.infrastructure.access import SEERS
from starostwo.infrastructure.models import Device, FloorPlan
from starostwo.infrastructure.queries import plans as queries
from starostwo.infrastructure.services import plans
from starostwo.infrastructure.services.writing import Refused
from starostwo.infrastructure.web.sections import acted, drawn
from starostwo.office.api import ActorRequest, Right, places, staff
from starostwo.screens.api import ScreenForm

PER_PERCENT, MIDDLE, LONGEST_TYPED = 100, "50,0", 20


class PlanForm(ScreenForm):
    """An image of a floor."""

    place = forms.TypedChoiceField(label="Piętro albo pomieszczenie", coerce=int)
    image = forms.FileField(
        label="Obraz rzutu", help_text="JPEG, PNG albo WebP, do 15 MB. Nowy obraz zastępuje stary."
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        rows = places.opened().filter(level__in=(places.FLOOR, places.ROOM)).order_by("path")
        choices = [("", "wybierz"), *((one.pk, f"{one.path} · {one.label}") for one in rows)]
        self.fields["place"].choices = choices  # type: ignore[attr-defined]


class SpotForm(ScreenForm):
    """Where on the image, in percent from the left and from the top."""

    device = forms.IntegerField(min_value=1)
    x = forms.DecimalField(label="od lewej", min_value=0, max_value=100, localize=True)
    y = forms.DecimalField(label="od góry", min_value=0, max_value=100, localize=True)


class UnmarkForm(ScreenForm):
    """Whose mark goes."""

    device = forms.IntegerField(min_value=1)


@dataclass(frozen=True)
class Row:
    """A device of the floor with its position as it is kept, or as it was typed and refused."""

    device: Device
    x: str
    y: str
    left: int = 0
    top: int = 0
    words: str = ""


@dataclass(frozen=True)
class Typed:
    """A position that was refused, and why."""

    device: str
    x: str
    y: str
    words: str


@staff(*SEERS)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """All plans."""
    return drawn(request, "plans", "plans", {"rows": queries.plans(request.actor)})


@staff(*SEERS)
@require_safe
def plan(request: ActorRequest, plan_id: int) -> HttpResponse:
    """One plan with its marks and a table of them."""
    return _shown(request, _found(request, plan_id))


def _shown(request: ActorRequest, found: FloorPlan, refused: Typed | None = None) -> HttpResponse:
    marked = [
        Row(one.device, _percent(one.x), _percent(one.y), *_pixels(found, one.x, one.y))
        for one in queries.spots(found)
    ]
    unmarked = [Row(one, MIDDLE, MIDDLE) for one in queries.unmarked(found, actor=request.actor)]
    size = max(found.width, found.height) // 100
    context = {
        "plan": found, "spots": [_as_typed(one, refused) for one in marked],
        "unmarked": [_as_typed(one, refused) for one in unmarked], "refused": refused,
        "radius": size, "letters": size * 3 // 2, "below": size * 5 // 2,
    }  # fmt: skip
    return drawn(request, "plan", "plans", context, status=422 if refused else 200)


def _as_typed(row: Row, refused: Typed | None) -> Row:
    if refused is None or str(row.device.pk) != refused.device:
        return row
    return replace(row, x=refused.x, y=refused.y, words=refused.words)


@staff(*SEERS)
@require_safe
def image(request: ActorRequest, plan_id: int) -> FileResponse:
    """The image of a plan."""
    return files.download_response(_found(request, plan_id).image, "rzut.jpg", inline=True)


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def drawing(request: ActorRequest) -> HttpResponse:
    """A new image of a floor."""
    form = PlanForm(
        request.POST or None, request.FILES or None, initial={"place": request.GET.get("miejsce")}
    )

    def act() -> str:
        told = form.cleaned_data
        made = plans.draw_plan(told["place"], told["image"].read(), actor=request.actor, now=now())
        return reverse("infrastructure:plan", args=[made.pk])

    return acted(
        request, form, act, section="plans", title="Rzut piętra", action="Wczytaj rzut",
        done="Wczytano rzut.", back=reverse("infrastructure:plans"),
    )  # fmt: skip


@staff(Right.MANAGE_NETWORK)
@require_POST
def marking(request: ActorRequest, plan_id: int) -> HttpResponse:
    """Mark a device, move its mark, or take it off; scripts get JSON, people the page again."""
    found = _found(request, plan_id)
    form = UnmarkForm(request.POST) if "unmark" in request.POST else SpotForm(request.POST)
    wants_json = request.headers.get("Accept") == "application/json"
    words = "Podaj położenie od 0 do 100 procent."
    if form.is_valid():
        try:
            _mark(request, plan_id, form.cleaned_data)
        except Refused as error:
            words = error.words
        else:
            if not wants_json:
                messages.success(request, "Zapisano położenie.")
            return JsonResponse({}) if wants_json else redirect("infrastructure:plan", plan_id)
    if wants_json:
        return JsonResponse({"words": words}, status=422)
    device, x, y = (request.POST.get(name, "")[:LONGEST_TYPED] for name in ("device", "x", "y"))
    return _shown(request, found, Typed(device, x, y, words))


def _mark(request: ActorRequest, plan_id: int, told: dict[str, Any]) -> None:
    if "x" in told:
        x, y = int(told["x"] * PER_PERCENT), int(told["y"] * PER_PERCENT)
        plans.mark(plan_id, told["device"], x, y, actor=request.actor, now=now())
    else:
        plans.unmark(told["device"], actor=request.actor, now=now())


def _percent(value: int) -> str:
    return f"{Decimal(value) / PER_PERCENT:.1f}".replace(".", ",")


def _pixels(found: FloorPlan, x: int, y: int) -> tuple[int, int]:
    return found.width * x // 10_000, found.height * y // 10_000


def _found(request: ActorRequest, plan_id: int) -> FloorPlan:
    found = queries.plan(plan_id, actor=request.actor)
    if found is None:
        raise Http404
    return found
