"""Floor plans on the screen: upload, the drawing with its marks, moved by mouse, arrow keys or typed."""

from decimal import Decimal

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.files import api as files
from starostwo.infrastructure.access import SEERS
from starostwo.infrastructure.models import FloorPlan
from starostwo.infrastructure.queries import plans as queries
from starostwo.infrastructure.services import plans
from starostwo.infrastructure.services.writing import Refused
from starostwo.infrastructure.web.sections import acted, drawn, refused_with
from starostwo.office.api import ActorRequest, Right, places, staff
from starostwo.screens.api import ScreenForm

PER_PERCENT = 100


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


@staff(*SEERS)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """All plans."""
    return drawn(request, "plans", "plans", {"rows": queries.plans(request.actor)})


@staff(*SEERS)
@require_safe
def plan(request: ActorRequest, plan_id: int) -> HttpResponse:
    """One plan with its marks and a table of them."""
    found = _found(request, plan_id)
    spots = [
        (one, _percent(one.x), _percent(one.y), *_pixels(found, one.x, one.y)) for one in queries.spots(found)
    ]
    size = max(found.width, found.height) // 100
    context = {
        "plan": found, "spots": spots, "unmarked": queries.unmarked(found, actor=request.actor),
        "radius": size, "letters": size * 3 // 2, "below": size * 5 // 2,
    }  # fmt: skip
    return drawn(request, "plan", "plans", context)


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
    _found(request, plan_id)
    form = SpotForm(request.POST)
    wants_json = request.headers.get("Accept") == "application/json"
    words = "Podaj położenie od 0 do 100 procent."
    if form.is_valid():
        told = form.cleaned_data
        try:
            if "unmark" in request.POST:
                plans.unmark(told["device"], actor=request.actor, now=now())
            else:
                x, y = int(told["x"] * PER_PERCENT), int(told["y"] * PER_PERCENT)
                plans.mark(plan_id, told["device"], x, y, actor=request.actor, now=now())
        except Refused as error:
            words = error.words
        else:
            if not wants_json:
                messages.success(request, "Zapisano położenie.")
            return JsonResponse({}) if wants_json else redirect("infrastructure:plan", plan_id)
    if wants_json:
        return JsonResponse({"words": words}, status=422)
    refused_with(request, Refused("x", words))
    return redirect("infrastructure:plan", plan_id)


def _percent(value: int) -> str:
    return f"{Decimal(value) / PER_PERCENT:.1f}".replace(".", ",")


def _pixels(found: FloorPlan, x: int, y: int) -> tuple[int, int]:
    return found.width * x // 10_000, found.height * y // 10_000


def _found(request: ActorRequest, plan_id: int) -> FloorPlan:
    found = queries.plan(plan_id, actor=request.actor)
    if found is None:
        raise Http404
    return found
