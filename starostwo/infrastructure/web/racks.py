"""Racks on the screen: the list, the drawing of both sides beside a table."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.infrastructure.access import SEERS
from starostwo.infrastructure.queries import devices as queries
from starostwo.infrastructure.rules.drawing import Standing, side
from starostwo.infrastructure.services import hardware
from starostwo.infrastructure.web.device_forms import RackForm
from starostwo.infrastructure.web.sections import acted, drawn
from starostwo.office.api import ActorRequest, Right, places, staff


@staff(*SEERS)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """All racks with how full they are."""
    return drawn(request, "racks", "racks", {"rows": queries.rack_rows(request.actor)})


@staff(*SEERS)
@require_safe
def rack(request: ActorRequest, rack_id: int) -> HttpResponse:
    """One rack, drawn and as a table."""
    found = queries.rack(rack_id, actor=request.actor)
    if found is None:
        raise Http404
    rows = queries.in_rack(found)
    standing = [
        Standing(one.pk, one.name, one.device_type.category, one.unit or 1, one.height, one.face)
        for one in rows
    ]
    sides = [side(found.units, standing, "FRONT", "Przód"), side(found.units, standing, "REAR", "Tył")]
    return drawn(request, "rack", "racks", {"rack": found, "rows": rows, "sides": sides})


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def adding(request: ActorRequest) -> HttpResponse:
    """A place becomes a rack with its height."""
    form = RackForm(request.POST or None, places=_free_places(request))

    def act() -> str:
        told = form.cleaned_data
        made = hardware.add_rack(
            told["place"],
            told["units"],
            width=told["width"],
            depth=told["depth"],
            actor=request.actor,
            now=now(),
        )
        return reverse("infrastructure:rack", args=[made.pk])

    return acted(
        request, form, act, section="racks", title="Nowa szafa", action="Dodaj szafę", done="Dodano szafę.",
        back=reverse("infrastructure:racks"),
    )  # fmt: skip


def _free_places(request: ActorRequest) -> list[tuple[int, str]]:
    taken = {one.place_id for one in queries.racks(request.actor)}
    rows = places.opened().filter(level=places.RACK).exclude(pk__in=taken).order_by("path")
    return [(one.pk, f"{one.path} · {one.label}") for one in rows]
