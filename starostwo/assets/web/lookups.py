"""What forms offer from the third letter on: places by code, people by name, assets by words."""

from django.http import HttpResponse, JsonResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from starostwo.assets.access import SEES_ALL
from starostwo.assets.queries import assets
from starostwo.assets.web.fields import label_of_person, label_of_place
from starostwo.office import api as office
from starostwo.office.api import ActorRequest, places, staff

OFFERED, LEAST = 12, 3


@staff(*SEES_ALL)
@require_safe
def offered_places(request: ActorRequest) -> HttpResponse:
    """Open places whose code or name holds what is typed."""
    typed = _typed(request)
    rows = places.found(typed)[:OFFERED] if len(typed) >= LEAST else []
    return _hits([(label_of_place(one), one.label) for one in rows])


@staff(*SEES_ALL)
@require_safe
def offered_people(request: ActorRequest) -> HttpResponse:
    """Staff whose names begin with what is typed."""
    typed = _typed(request)
    rows = office.colleagues.find_people(typed, on=localdate())[:OFFERED] if len(typed) >= LEAST else []
    return _hits([(label_of_person(one), one.post) for one in rows])


@staff(*SEES_ALL)
@require_safe
def offered_assets(request: ActorRequest) -> HttpResponse:
    """Assets in use by number, name, model or serial number."""
    typed = _typed(request)
    rows = assets.listed(request.actor, assets.Wanted(words=typed)) if len(typed) >= LEAST else None
    found = list(rows.order_by(*assets.BY_NUMBER)[:OFFERED]) if rows is not None else []
    return _hits([(one.number, one.name) for one in found])


def _typed(request: ActorRequest) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()[:100]


def _hits(rows: list[tuple[str, str]]) -> JsonResponse:
    return JsonResponse({"hits": [{"value": label, "label": label, "note": note} for label, note in rows]})
